"""The queue: pages of flagged items by key, not by number, so that the last page costs what the first does."""

import base64
import binascii
import json
import math
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, select, tuple_

from claimwire.errors import NotFound
from claimwire.warehouse.desk_filter import ItemFilter, conditions
from claimwire.warehouse.tables import flagged_items, stories

PAGE_ROWS = 50
COUNT_LIMIT = 10_000
"""Counting stops here: nobody needs to know whether 40,000 or 41,000 wait, and a full count reads all of them."""

Row = dict[str, Any]

_NO_PAGE = "this page of the queue does not exist: start from the first"

_SHOWN = (
    *("id", "headline", "evidence", "category", "act", "actor", "addressee", "target", "measure", "commodity"),
    *("quantity", "modality", "attribution", "language", "publisher", "published_at", "flagged_at", "score"),
    *("priority", "priority_reasons", "findings", "share_of_quota", "origins", "review_status", "review_version"),
    *("reviewer", "assignee", "first_reviewer", "story_id", "thread_id", "quota_id", "url", "article_id"),
)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """One page of the queue; `cursor` opens the next one, "" on the last."""

    rows: list[Row]
    cursor: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the queue an item stands: its sort value and its row."""

    value: float | datetime
    item_id: int

    def to_cursor(self) -> str:
        """Opaque text for an address."""
        value = self.value.isoformat() if isinstance(self.value, datetime) else self.value
        return base64.urlsafe_b64encode(json.dumps([value, self.item_id]).encode()).decode().rstrip("=")


def read_cursor(text: str) -> Place:
    """The place that a cursor names; NotFound where it is none of ours."""
    try:
        value, item_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        if not isinstance(item_id, int) or not 0 < item_id < 2**63:
            raise NotFound(_NO_PAGE)
        if isinstance(value, str):
            moment = datetime.fromisoformat(value)
            return Place(moment if moment.tzinfo else moment.replace(tzinfo=UTC), item_id)
        if not math.isfinite(value):
            raise NotFound(_NO_PAGE)
        return Place(float(value), item_id)
    except (ValueError, TypeError, binascii.Error, OverflowError) as error:
        raise NotFound(_NO_PAGE) from error


def find_page(connection: Connection, wanted: ItemFilter, cursor: str = "", rows: int = PAGE_ROWS) -> QueuePage:
    """One page, best first. Folded by story, a row is the story's best item that the filter lets through.

    Raises:
        NotFound: the cursor is none of ours.
    """
    after = read_cursor(cursor) if cursor else None
    found = _places(connection, wanted, after, rows + 1)
    page, is_more = found[:rows], len(found) > rows
    return QueuePage(_load(connection, [place.item_id for place in page]), page[-1].to_cursor() if is_more else "")


def find_next(
    connection: Connection, wanted: ItemFilter, item: Row, at: Place, skipped: Collection[int] = ()
) -> tuple[int, Place] | None:
    """The item to open after `item`, and the place of its row in the queue; None at the end.

    First comes the rest of the item's story, however low, then the row below the story's.

    Args:
        connection: of the warehouse.
        wanted: the filter.
        item: the one that is open; decided or not.
        at: the place of the row from which it was opened. The story's best item may be decided by now, so that
            nothing else tells where the reviewer stood.
        skipped: items of the story that are decided along with it.
    """
    if item["story_id"] is not None:
        unfolded = wanted.model_copy(update={"fold": "none", "story": item["story_id"]})
        siblings = _places(connection, unfolded, place_of(item, wanted), len(skipped) + 1)
        if open_ones := [sibling.item_id for sibling in siblings if sibling.item_id not in skipped]:
            return open_ones[0], at
    statement = _ordered(wanted, flagged_items, connection.dialect.name).where(
        _is_after(wanted, flagged_items.c, at), flagged_items.c.id != item["id"]
    )
    if item["story_id"] is not None:
        statement = statement.where(flagged_items.c.story_id.is_distinct_from(item["story_id"]))
    row = connection.execute(statement.limit(1)).first()
    return (row[0], Place(row[1], row[0])) if row else None


def place_of(item: Row, wanted: ItemFilter) -> Place:
    """Where an item stands in the order of the queue."""
    return Place(item[_sort_name(wanted)], item["id"])


def count_items(connection: Connection, wanted: ItemFilter) -> int:
    """How many items the filter lets through, folded or not; at most COUNT_LIMIT + 1."""
    inner = select(flagged_items.c.id).where(*conditions(wanted, flagged_items, connection.dialect.name))
    return connection.scalar(select(func.count()).select_from(inner.limit(COUNT_LIMIT + 1).subquery())) or 0


def find_siblings(connection: Connection, wanted: ItemFilter, page: list[Row]) -> dict[int, list[Row]]:
    """The other items of each story on a page that the filter lets through, best first, by story."""
    shown = {row["id"] for row in page}
    story_ids = {row["story_id"] for row in page if row["story_id"] is not None}
    found: dict[int, list[Row]] = {}
    if wanted.fold == "none" or not story_ids:
        return found
    items, dialect = flagged_items, connection.dialect.name
    statement = (
        select(*(items.c[name] for name in ("id", "story_id", "category", "act", "publisher", "language", "evidence")))
        .add_columns(items.c.review_status, items.c.review_version, items.c.measure, items.c.score)
        .where(items.c.story_id.in_(story_ids), *conditions(wanted, items, dialect))
        .order_by(items.c.priority.desc(), items.c.id.desc())
        .limit(500)  # a story of hundreds of items would drown the page
    )
    for row in connection.execute(statement).mappings():
        if row["id"] not in shown:
            found.setdefault(row["story_id"], []).append(dict(row))
    return found


def _places(connection: Connection, wanted: ItemFilter, after: Place | None, rows: int) -> list[Place]:
    dialect = connection.dialect.name
    statement = _ordered(wanted, flagged_items, dialect)
    if after:
        statement = statement.where(_is_after(wanted, flagged_items.c, after))
    if wanted.fold == "story":
        statement = statement.where(~_better_exists(wanted, dialect))
    return [Place(value, item_id) for item_id, value in connection.execute(statement.limit(rows))]


def _ordered(wanted: ItemFilter, items: Any, dialect: str) -> Select[Any]:
    key = items.c[_sort_name(wanted)]
    return select(items.c.id, key).where(*conditions(wanted, items, dialect)).order_by(key.desc(), items.c.id.desc())


def _sort_name(wanted: ItemFilter) -> str:
    return "flagged_at" if wanted.order == "newest" else "priority"


def _is_after(wanted: ItemFilter, columns: Any, place: Place) -> ColumnElement[bool]:
    key = columns[_sort_name(wanted)]
    if isinstance(place.value, datetime) != (wanted.order == "newest"):
        raise NotFound("this page belongs to another order of the queue: start from the first")
    return tuple_(key, columns.id) < tuple_(place.value, place.item_id)


def _better_exists(wanted: ItemFilter, dialect: str) -> ColumnElement[bool]:
    other = flagged_items.alias("other")
    key = _sort_name(wanted)
    is_better = tuple_(other.c[key], other.c.id) > tuple_(flagged_items.c[key], flagged_items.c.id)
    return exists().where(
        other.c.story_id == flagged_items.c.story_id, is_better, *conditions(wanted, other, dialect, is_narrow=True)
    )


def _load(connection: Connection, item_ids: list[int]) -> list[Row]:
    if not item_ids:
        return []
    statement = (
        select(*(flagged_items.c[name] for name in _SHOWN), stories.c.carriers)
        .outerjoin(stories, stories.c.id == flagged_items.c.story_id)
        .where(flagged_items.c.id.in_(item_ids))
    )
    rows = {row["id"]: dict(row) for row in connection.execute(statement).mappings()}
    return [rows[item_id] for item_id in item_ids if item_id in rows]
