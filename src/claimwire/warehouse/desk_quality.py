"""How good the machine is, counted from what reviewers decided."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, String, cast, func, select

from claimwire.model import ReviewStatus
from claimwire.warehouse.tables import decisions, flagged_items, readings

Dimension = Literal["category", "language", "publisher", "rule", "week"]

_SETTLED = (ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED, ReviewStatus.REJECTED)


_COLUMNS: dict[Dimension, Any] = {
    "category": flagged_items.c.category,
    "language": flagged_items.c.language,
    "publisher": flagged_items.c.publisher,
    "rule": cast(flagged_items.c.rules, String),
    "week": func.date(flagged_items.c.reviewed_at),
}


@dataclass(slots=True)
class Settled:
    """What reviewers settled: right as it was, right but for a field, wrong."""

    confirmed: int = 0
    corrected: int = 0
    rejected: int = 0

    @property
    def of(self) -> int:
        """How many in all."""
        return self.confirmed + self.corrected + self.rejected

    @property
    def right(self) -> int:
        """Claims that are in the text, a field of them wrong or not."""
        return self.confirmed + self.corrected

    def add(self, status: str, count: int) -> None:
        """Counts in `count` items of a status."""
        setattr(self, status, getattr(self, status) + count)


@dataclass(frozen=True, slots=True)
class BlindCount:
    """What blind readings found; counts are of readings, weighted ones of articles that they stand for."""

    read_unflagged: int
    missed: int
    unflagged_weight: float
    missed_weight: float
    read_flagged: int
    right: int
    right_weight: float


def count_settled(connection: Connection, by: Dimension, since: datetime | None = None) -> dict[Any, Settled]:
    """Settled items by one dimension; an item that several rules flagged counts for each of them."""
    column: Any = _COLUMNS[by]
    status = flagged_items.c.review_status
    statement = select(column, status, func.count()).where(status.in_(map(str, _SETTLED))).group_by(column, status)
    if since:
        statement = statement.where(flagged_items.c.reviewed_at >= since)
    found: dict[Any, Settled] = {}
    for value, state, count in connection.execute(statement):
        for key in _keys(by, value):
            found.setdefault(key, Settled()).add(state, count)
    return found


def _keys(by: Dimension, value: Any) -> list[Any]:
    if by == "week":
        return [_monday(date.fromisoformat(str(value)[:10]))] if value else []
    if by == "rule":
        return list(json.loads(value))
    return [value or "und"]


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def count_reasons(connection: Connection) -> Counter[str]:
    """Why items were rejected, undone rejections left out."""
    undone = select(decisions.c.undoes_id).where(decisions.c.undoes_id.is_not(None))
    statement = (
        select(decisions.c.reason, func.count().label("times"))
        .where(decisions.c.action == "reject", decisions.c.reason.is_not(None), decisions.c.id.not_in(undone))
        .group_by(decisions.c.reason)
    )
    return Counter({row.reason: row.times for row in connection.execute(statement)})


def count_blind(connection: Connection) -> BlindCount:
    """What all blind readings found so far."""
    statement = select(readings.c.is_flagged, readings.c.weight, readings.c.claims).where(
        readings.c.read_at.is_not(None)
    )
    rows = [(is_flagged, weight, bool(claims)) for is_flagged, weight, claims in connection.execute(statement)]
    unflagged = [(weight, has_claim) for is_flagged, weight, has_claim in rows if not is_flagged]
    flagged = [(weight, has_claim) for is_flagged, weight, has_claim in rows if is_flagged]
    return BlindCount(
        read_unflagged=len(unflagged),
        missed=sum(has_claim for _, has_claim in unflagged),
        unflagged_weight=sum(weight for weight, _ in unflagged),
        missed_weight=sum(weight for weight, has_claim in unflagged if has_claim),
        read_flagged=len(flagged),
        right=sum(has_claim for _, has_claim in flagged),
        right_weight=sum(weight for weight, has_claim in flagged if has_claim),
    )
