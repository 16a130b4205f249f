"""Digests and the ledger that makes each delivery happen once.

A delivery goes pending → sent | refused | failed | unknown. `failed` may be tried again, `refused` and `sent` never.
A copy is counted, and the row set to `unknown`, in a transaction of its own *before* the message is handed over:
a worker killed in the middle leaves a row that says a copy may have arrived. One more try is made then, never two.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, update

from claimwire.warehouse.tables import deliveries, digest_items, digests, opt_outs
from claimwire.warehouse.writing import insert_into, upsert

LEASE = timedelta(minutes=2)
"""How long a try may last before another worker may take the delivery over; longer than every time-out of a sink."""

MOST_COPIES = 2
"""The copy that may have been lost, and one more."""

_UNDER_WAY = "under way"


@dataclass(frozen=True, slots=True)
class Stored:
    """A digest as it is kept: bytes that every retry sends again, and what a web hook is sent."""

    subscription_key: str
    day: date
    kind: str
    sequence: int
    window_from: datetime
    window_to: datetime
    composed_at: datetime
    subject: str
    message_id: str
    item_ids: list[int]
    message: bytes = b""
    payload: dict[str, Any] = field(default_factory=dict)
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Ending:
    """How a try ended; `is_void` says that the copy handed over was refused and does not count."""

    state: str
    message: str
    at: datetime
    is_void: bool = False


def find_digest(connection: Connection, subscription_key: str, day: date, kind: str, sequence: int) -> Stored | None:
    """The digest stored under that name, if any."""
    query = select(digests).where(
        digests.c.subscription_key == subscription_key,
        digests.c.day == day,
        digests.c.kind == kind,
        digests.c.sequence == sequence,
    )
    row = connection.execute(query).one_or_none()
    return Stored(**row._mapping) if row else None


def last_digest(connection: Connection, subscription_key: str, before: date | None = None) -> Any:
    """(day, sequence, window_to, composed_at) of the newest digest, of a day before `before` if that is given."""
    query = (
        select(digests.c.day, digests.c.sequence, digests.c.window_to, digests.c.composed_at)
        .where(digests.c.subscription_key == subscription_key)
        .order_by(digests.c.day.desc(), digests.c.sequence.desc())
        .limit(1)
    )
    return connection.execute(query if before is None else query.where(digests.c.day < before)).one_or_none()


def store_digest(
    connection: Connection, digest: Stored, told: Iterable[tuple[int, str]], recipients: Iterable[tuple[str, str]]
) -> Stored:
    """The digest as it now stands in the ledger; where somebody was first, theirs.

    `told` is (item id, state) of all items that it tells or counts, `recipients` (sink, recipient); those who opted out
    are left out.
    """
    values = {name: getattr(digest, name) for name in Stored.__dataclass_fields__ if name != "id"}
    made = insert_into(connection, digests).values(values).on_conflict_do_nothing().returning(digests.c.id)
    is_ours = connection.scalar(made) is not None  # the row count of an insert is unknown on PostgreSQL
    stored = find_digest(connection, digest.subscription_key, digest.day, digest.kind, digest.sequence)
    if stored is None or not is_ours:
        return stored or digest
    out = set(
        connection.scalars(select(opt_outs.c.recipient).where(opt_outs.c.subscription_key == digest.subscription_key))
    )
    rows = [
        {"digest_id": stored.id, "sink": sink, "recipient": recipient, "state": "pending"}
        for sink, recipient in dict.fromkeys(recipients)
        if recipient not in out
    ]
    if rows:
        connection.execute(deliveries.insert(), rows)
    _remember(connection, stored, told)
    return stored


def open_deliveries(connection: Connection, digest_id: int) -> Sequence[Any]:
    """Deliveries that may still be tried, in the order in which recipients were named."""
    query = select(deliveries).where(deliveries.c.digest_id == digest_id, _is_open()).order_by(deliveries.c.id)
    return connection.execute(query).all()


def open_digests(connection: Connection, subscription_key: str, since: datetime) -> list[Stored]:
    """Digests composed after `since` with deliveries that may still be tried, oldest first."""
    is_waiting = digests.c.id.in_(select(deliveries.c.digest_id).where(_is_open()))
    query = (
        select(digests)
        .where(digests.c.subscription_key == subscription_key, digests.c.composed_at > since, is_waiting)
        .order_by(digests.c.id)
    )
    return [Stored(**row._mapping) for row in connection.execute(query)]


def recent_digests(connection: Connection, since: datetime) -> Sequence[Any]:
    """Digests composed after `since`, newest first: (subscription_key, day, kind, sequence, subject, composed_at)."""
    columns = digests.c
    query = select(
        columns.id,
        columns.subscription_key,
        columns.day,
        columns.kind,
        columns.sequence,
        columns.subject,
        columns.composed_at,
    )
    return connection.execute(query.where(columns.composed_at > since).order_by(columns.id.desc())).all()


def recent_deliveries(connection: Connection, since: datetime) -> Sequence[Any]:
    """Rows of the ledger for digests composed after `since`, with the digest's subscription and day; newest first."""
    query = (
        select(deliveries, digests.c.subscription_key, digests.c.day)
        .join(digests, digests.c.id == deliveries.c.digest_id)
        .where(digests.c.composed_at > since)
        .order_by(deliveries.c.id.desc())
    )
    return connection.execute(query).all()


def has_open_deliveries(connection: Connection, digest_id: int | None) -> bool:
    """Whether any delivery of the digest may still be tried."""
    query = select(deliveries.c.id).where(deliveries.c.digest_id == digest_id, _is_open()).limit(1)
    return connection.execute(query).first() is not None


def take_delivery(connection: Connection, delivery: Any, now: datetime) -> bool:
    """Whether the delivery is ours to try; false where another worker has it or had it since it was read."""
    is_free = or_(
        deliveries.c.message != _UNDER_WAY, deliveries.c.tried_at.is_(None), deliveries.c.tried_at <= now - LEASE
    )
    taken = connection.execute(
        update(deliveries)
        .where(deliveries.c.id == delivery.id, deliveries.c.attempts == delivery.attempts, _is_open(), is_free)
        .values(attempts=deliveries.c.attempts + 1, tried_at=now, message=_UNDER_WAY)
    )
    return taken.rowcount == 1


def hand_over(connection: Connection, delivery_id: int) -> None:
    """Notes that a copy is about to leave, so that its fate is unknown until `close_delivery`."""
    connection.execute(
        update(deliveries).where(deliveries.c.id == delivery_id).values(state="unknown", copies=deliveries.c.copies + 1)
    )


def close_delivery(connection: Connection, delivery_id: int, ending: Ending) -> None:
    """Writes how a try ended."""
    copies = connection.scalars(select(deliveries.c.copies).where(deliveries.c.id == delivery_id)).one()
    copies -= ending.is_void
    # An earlier copy may have arrived: that stays true when a later try did not get so far.
    state = "unknown" if copies > 0 and ending.state == "failed" else ending.state
    values: dict[str, Any] = {"state": state, "copies": copies, "message": ending.message, "tried_at": ending.at}
    if state == "sent":
        values["sent_at"] = ending.at
    connection.execute(update(deliveries).where(deliveries.c.id == delivery_id).values(values))


def note_bounce(connection: Connection, message_id: str, recipient: str, reason: str) -> bool:
    """Notes that a copy came back; whether the ledger knows of such a copy. Safe to repeat."""
    of_digest = select(digests.c.id).where(digests.c.message_id == message_id)
    bounced = connection.execute(
        update(deliveries)
        .where(deliveries.c.digest_id.in_(of_digest), func.lower(deliveries.c.recipient) == recipient.lower())
        .values(state="refused", message=f"bounced: {reason}")
    )
    return bool(bounced.rowcount)


def opt_out(connection: Connection, subscription_key: str, recipient: str, now: datetime) -> None:
    """Nothing of this subscription is sent to the recipient any more. Safe to repeat."""
    values = {"subscription_key": subscription_key, "recipient": recipient, "opted_out_at": now}
    connection.execute(insert_into(connection, opt_outs).values(values).on_conflict_do_nothing())
    connection.execute(
        update(deliveries)
        .where(deliveries.c.recipient == recipient, deliveries.c.state.in_(("pending", "failed")))
        .where(deliveries.c.digest_id.in_(select(digests.c.id).where(digests.c.subscription_key == subscription_key)))
        .values(state="refused", message="unsubscribed")
    )


def _is_open() -> ColumnElement[bool]:
    one_more = and_(deliveries.c.state == "unknown", deliveries.c.copies < MOST_COPIES)
    return or_(deliveries.c.state.in_(("pending", "failed")), one_more)


def _remember(connection: Connection, digest: Stored, told: Iterable[tuple[int, str]]) -> None:
    names = {"subscription_key": digest.subscription_key, "digest_id": digest.id}
    rows = [names | {"item_id": item_id, "item_state": state} for item_id, state in told]
    if rows:
        upsert(connection, digest_items, rows)
