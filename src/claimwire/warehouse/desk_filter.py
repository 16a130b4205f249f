"""Which flagged items a reviewer asks for: a filter that combines, and its conditions in SQL."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from sqlalchemy import ColumnElement, FromClause, Select, select

from claimwire.model import Act, Category, Measure, Modality, ReviewStatus
from claimwire.warehouse.desk_text import looked_up, text_conditions
from claimwire.warehouse.tables import item_codes

OPEN = (ReviewStatus.NEW, ReviewStatus.SOURCE_CHANGED, ReviewStatus.ESCALATED)
"""What waits for a reviewer."""

_MAX_VALUES = 50  # values a field; more is a script gone wrong
_PLAIN = ("category", "act", "measure", "modality", "language", "publisher")
_LISTS = ("target", "actor", "commodity")


def _drop_blank(value: object) -> object:
    if isinstance(value, list):
        return tuple(part for part in value if part != "")
    return None if value == "" else value


Code = Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)]


def _split(value: object) -> object:
    """Codes may come as one text, `KP, RU`, from a form."""
    if isinstance(value, list):
        return tuple(part.strip() for text in value for part in str(text).split(",") if part.strip())
    return value


Value = TypeVar("Value")
CodeList = Annotated[tuple[Code, ...], BeforeValidator(_split), Field(max_length=_MAX_VALUES)]
Several = Annotated[tuple[Value, ...], BeforeValidator(_drop_blank), Field(max_length=_MAX_VALUES)]
Share = Annotated[Annotated[float, Field(ge=0, le=1)] | None, BeforeValidator(_drop_blank)]
Day = Annotated[date | None, BeforeValidator(_drop_blank)]
Row = Annotated[Annotated[int, Field(ge=1, lt=2**63)] | None, BeforeValidator(_drop_blank)]


class ItemFilter(BaseModel):
    """What the queue shows. Values of one field are alternatives, fields combine; empty asks for nothing.

    `status` may also be `open` (what waits for a reviewer) or `any`; `assignee` may be `nobody`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    status: Several[ReviewStatus | Literal["open", "any"]] = ("open",)
    category: Several[Category] = ()
    act: Several[Act] = ()
    measure: Several[Measure] = ()
    modality: Several[Modality] = ()
    target: CodeList = ()
    actor: CodeList = ()
    commodity: CodeList = ()
    language: CodeList = ()
    publisher: Several[Code] = ()
    quota: Code = ""
    thread: Row = None
    story: Row = None
    assignee: Code = ""
    score_min: Share = None
    score_max: Share = None
    since: Day = None
    until: Day = None
    q: Annotated[str, StringConstraints(strip_whitespace=True, max_length=200)] = ""
    order: Literal["priority", "newest"] = "priority"
    fold: Literal["story", "none"] = "story"


def conditions(
    wanted: ItemFilter, items: FromClause, dialect: str, *, is_narrow: bool = False
) -> list[ColumnElement[bool]]:
    """WHERE clauses on `flagged_items` (or an alias of it); joined by AND.

    `is_narrow` says that few rows are asked about, so that looking each up is cheaper than listing all that match.
    """
    columns = items.c
    found: list[ColumnElement[bool]] = []
    if "any" not in wanted.status and wanted.status:
        found.append(columns.review_status.in_(_statuses(wanted)))
    found += [columns[name].in_(list(map(str, values))) for name in _PLAIN if (values := getattr(wanted, name))]
    for role in (role for role in _LISTS if getattr(wanted, role)):
        members = _members(role, getattr(wanted, role))
        is_one = members.where(item_codes.c.item_id == columns.id).exists()
        found.append(is_one if is_narrow else looked_up(columns.id, dialect).in_(members))
    found += _single_conditions(wanted, columns)
    if wanted.q:
        found += text_conditions(wanted.q, columns, dialect, is_narrow=is_narrow)
    return found


def _members(role: str, codes: tuple[str, ...]) -> Select[Any]:
    return select(item_codes.c.item_id).where(item_codes.c.role == role, item_codes.c.code.in_(codes))


def _statuses(wanted: ItemFilter) -> list[str]:
    asked = {str(status) for status in wanted.status}
    if "open" in asked:
        asked = asked - {"open"} | {str(status) for status in OPEN}
    return sorted(asked)


def _single_conditions(wanted: ItemFilter, columns: Any) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    for name, value in (("quota_id", wanted.quota), ("thread_id", wanted.thread), ("story_id", wanted.story)):
        if value:
            found.append(columns[name] == value)
    if wanted.assignee:
        is_free = wanted.assignee == "nobody"
        found.append(columns.assignee.is_(None) if is_free else columns.assignee == wanted.assignee)
    if wanted.score_min is not None:
        found.append(columns.score >= wanted.score_min)
    if wanted.score_max is not None:
        found.append(columns.score <= wanted.score_max)
    if wanted.since:
        found.append(columns.published_at >= _midnight(wanted.since))
    if wanted.until and wanted.until < date.max:
        found.append(columns.published_at < _midnight(wanted.until + timedelta(days=1)))
    return found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
