"""What reviewers decide: appended to `decisions`, shown in `flagged_items`, and nothing overwritten unseen.

An item's `review_version` counts its decisions. A verdict names the version that its reviewer saw; where the item has
moved on since, nothing is written and `StaleDecision` says so.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select, update

from claimwire.errors import NotFound, RefusedDecision, StaleDecision, WarehouseError
from claimwire.model import Category, ReviewStatus
from claimwire.warehouse.desk_item import find_decisions, find_item
from claimwire.warehouse.items import write_codes
from claimwire.warehouse.rows import CODE_ROLES
from claimwire.warehouse.tables import decisions, flagged_items

Row = dict[str, Any]

ACTIONS = ("confirm", "reject", "correct", "duplicate", "escalate", "note", "assign")
_SETTLING = {"confirm": "confirmed", "reject": "rejected", "correct": "corrected"}
_AGREEING = {"confirm": "right", "correct": "right", "reject": "wrong"}
_TIMES = frozenset({"reviewed_at"})
_DAYS = frozenset({"period_from", "period_to", "event_from", "event_to"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one reviewer says of one item.

    Args:
        version: the `review_version` that the reviewer saw.
        action: one of ACTIONS.
        reason: why it is rejected, a code of `data/review.yml`.
        changes: with `correct`: columns of `flagged_items` and their new values.
        batch_key: shared by verdicts of one stroke on a selection.
    """

    item_id: int
    version: int
    action: str
    reviewer: str
    reason: str | None = None
    note: str = ""
    changes: Row = field(default_factory=dict)
    duplicate_of: int | None = None
    assignee: str | None = None
    batch_key: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why one verdict of a batch was not taken."""

    item_id: int
    problem: str
    is_stale: bool


def decide(connection: Connection, verdict: Verdict, four_eyes: Collection[Category], now: datetime) -> Row:
    """Takes a verdict; gives the row of `decisions`. The same verdict twice from one reviewer is one decision.

    Raises:
        NotFound: no such item, or nothing that it could be a duplicate of.
        StaleDecision: somebody decided since the reviewer looked.
        RefusedDecision: the rules do not allow it.
    """
    item = find_item(connection, verdict.item_id)
    if item["review_version"] != verdict.version:
        if repeated := _repeated(connection, verdict):
            return repeated
        raise StaleDecision(f"item {verdict.item_id} was decided by {item['reviewer'] or 'somebody'} meanwhile")
    after = _after(connection, item, verdict, four_eyes, now)
    row = {
        "item_id": verdict.item_id,
        "action": verdict.action,
        "reviewer": verdict.reviewer,
        "reason": verdict.reason,
        "note": verdict.note,
        "batch_key": verdict.batch_key,
    }
    return _append(connection, item, row, after, now)


def decide_many(
    connection: Connection, verdicts: Iterable[Verdict], four_eyes: Collection[Category], now: datetime
) -> tuple[list[Row], list[Refusal]]:
    """Takes each verdict that can be taken, in one transaction; gives the decisions and the refusals."""
    taken: list[Row] = []
    refused: list[Refusal] = []
    for verdict in verdicts:
        try:
            taken.append(decide(connection, verdict, four_eyes, now))
        except (NotFound, WarehouseError) as error:
            refused.append(Refusal(verdict.item_id, str(error), isinstance(error, StaleDecision)))
    return taken, refused


def undo(connection: Connection, decision_id: int, reviewer: str, now: datetime) -> Row:
    """Takes back the item's last decision that stands; gives the row that says so.

    Raises:
        NotFound: no such decision.
        StaleDecision: it is not the last one that stands, or is undone already.
    """
    found = connection.execute(select(decisions).where(decisions.c.id == decision_id)).mappings().first()
    if found is None:
        raise NotFound(f"there is no decision {decision_id}")
    standing = find_standing(find_decisions(connection, found["item_id"]))
    if not standing or standing[0]["id"] != decision_id:
        raise StaleDecision(f"decision {decision_id} is not the last one that stands on item {found['item_id']}")
    item = find_item(connection, found["item_id"])
    row = {"item_id": item["id"], "action": "undo", "reviewer": reviewer, "undoes_id": decision_id, "note": ""}
    return _append(connection, item, row, {name: _stored(name, was) for name, was in found["before"].items()}, now)


def undo_batch(connection: Connection, batch_key: str, reviewer: str, now: datetime) -> tuple[list[Row], list[Refusal]]:
    """Takes back every decision of a batch that still stands last on its item."""
    made = select(decisions.c.id, decisions.c.item_id).where(decisions.c.batch_key == batch_key)
    taken: list[Row] = []
    refused: list[Refusal] = []
    for decision_id, item_id in connection.execute(made).all():
        try:
            taken.append(undo(connection, decision_id, reviewer, now))
        except StaleDecision as error:
            refused.append(Refusal(item_id, str(error), is_stale=True))
    return taken, refused


def find_standing(history: Sequence[Row]) -> list[Row]:
    """The decisions of one item that nobody undid, in the order given."""
    undone = {row["undoes_id"] for row in history if row["undoes_id"]}
    return [row for row in history if row["action"] != "undo" and row["id"] not in undone]


def _after(connection: Connection, item: Row, verdict: Verdict, four_eyes: Collection[Category], now: datetime) -> Row:
    """The columns of the item that the verdict sets."""
    if verdict.action == "note":
        return {}
    if verdict.action == "assign":
        return {"assignee": verdict.assignee or None}
    signed = {"reviewer": verdict.reviewer, "reviewed_at": now}
    if verdict.action == "escalate":
        return signed | {"review_status": str(ReviewStatus.ESCALATED)}
    if verdict.action == "duplicate":
        return signed | _duplicate(connection, item, verdict)
    changes = _corrected(item, verdict.changes) if verdict.action == "correct" else {}
    if item["category"] in four_eyes:
        return signed | changes | _second_look(item, verdict)
    return signed | changes | {"review_status": _SETTLING[verdict.action]}


def _duplicate(connection: Connection, item: Row, verdict: Verdict) -> Row:
    if verdict.duplicate_of in {None, item["id"]}:
        raise RefusedDecision("a duplicate names the other item that it repeats")
    original = find_item(connection, verdict.duplicate_of or 0)
    if original["duplicate_of"] is not None:
        raise RefusedDecision(f"item {original['id']} is itself a duplicate of {original['duplicate_of']}: name that")
    return {"review_status": str(ReviewStatus.DUPLICATE), "duplicate_of": original["id"]}


def _corrected(item: Row, changes: Row) -> Row:
    """The changed columns, and `machine` with what the machine had said of them."""
    changed = {name: value for name, value in changes.items() if value != item[name]}
    if not changed:
        raise RefusedDecision("nothing was changed: confirm it, or correct a field")
    machine = dict(item["machine"] or {})
    for name in changed:
        machine.setdefault(name, _plain(item[name]))
    return changed | {"machine": machine}


def _second_look(item: Row, verdict: Verdict) -> Row:
    """Four eyes: the first reviewer only proposes; a second one who agrees settles it, else it is escalated."""
    first = item["first_reviewer"]
    if first is None:
        return {"first_reviewer": verdict.reviewer, "first_action": verdict.action}
    if first == verdict.reviewer:
        raise RefusedDecision("you decided this one first: it waits for another reviewer")
    agrees = _AGREEING[item["first_action"]] == _AGREEING[verdict.action]
    status = _SETTLING[verdict.action] if agrees else str(ReviewStatus.ESCALATED)
    return {"first_reviewer": None, "first_action": None, "review_status": status}


def _append(connection: Connection, item: Row, row: Row, after: Row, now: datetime) -> Row:
    """Writes the item's new state and the decision that made it."""
    version = item["review_version"] + 1
    changed = (
        update(flagged_items)
        .where(flagged_items.c.id == item["id"], flagged_items.c.review_version == item["review_version"])
        .values(after | {"review_version": version, "changed_at": now})
    )
    if connection.execute(changed).rowcount != 1:
        raise StaleDecision(f"item {item['id']} was decided meanwhile")
    if not after.keys().isdisjoint(CODE_ROLES):
        write_codes(connection, [item | after])
    row = row | {
        "decided_at": now,
        "before": {name: _plain(item[name]) for name in after},
        "after": {name: _plain(value) for name, value in after.items()},
        "item_version": version,
        "engine_version": item["engine_version"],
    }
    decision_id = connection.execute(decisions.insert().values(row).returning(decisions.c.id)).scalar_one()
    return row | {"id": decision_id}


def _repeated(connection: Connection, verdict: Verdict) -> Row | None:
    """The decision that this verdict made already: a doubled key press, or a retry after a lost answer."""
    statement = select(decisions).where(
        decisions.c.item_id == verdict.item_id,
        decisions.c.item_version == verdict.version + 1,
        decisions.c.reviewer == verdict.reviewer,
        decisions.c.action == verdict.action,
        decisions.c.note == verdict.note,
    )
    row = connection.execute(statement).mappings().first()
    return dict(row) if row and row["reason"] == verdict.reason and not verdict.changes else None


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _stored(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _TIMES:
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if name in _DAYS else value
