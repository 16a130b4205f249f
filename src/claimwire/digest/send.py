"""A digest to each of its recipients, once: the ledger is asked before, told during, and told after."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Engine

from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.compose import Digest
from claimwire.digest.sinks import SINKS, Outlets, Receipt, Sink
from claimwire.errors import NotFound, SettingsError
from claimwire.model import Tally
from claimwire.warehouse import digests as ledger
from claimwire.warehouse.writing import write

Clock = Callable[[], datetime]

TRIED_FOR = timedelta(days=1)
"""How long a failed delivery is tried again; a digest of the day before yesterday is no news."""


def check_sinks(subscriptions: Iterable[Subscription]) -> None:
    """Raises NotFound for the first sink that does not exist."""
    for subscription in subscriptions:
        for name in subscription.deliver:
            if name not in SINKS:
                known = ", ".join(sorted(SINKS))
                raise NotFound(f"subscription {subscription.key}: no sink is called {name}; there are {known}")


def send_digest(engine: Engine, subscription: Subscription, digest: Digest, outlets: Outlets, clock: Clock) -> Tally:
    """What became of each open delivery: sent, refused, failed, unknown, or busy in another worker.

    Safe to repeat: what was sent stays sent, and what failed within the last day is tried again, earlier digests first.
    A quiet day that its subscriber wants no word of is kept, and goes nowhere; an alert without news is not even kept.
    """
    check_sinks([subscription])
    is_unwanted = digest.is_quiet and (subscription.kind == "alert" or subscription.when_quiet == "nothing")
    if not (is_unwanted and subscription.kind == "alert"):
        recipients = [] if is_unwanted else _recipients(subscription)
        write(engine, lambda connection: ledger.store_digest(connection, digest.stored, digest.told, recipients))
    with engine.connect().execution_options(readonly=True) as connection:
        since = min(clock() - TRIED_FOR, digest.stored.composed_at - timedelta(microseconds=1))
        waiting = ledger.open_digests(connection, subscription.key, since)
    tallies = [_send_stored(engine, stored, outlets, clock) for stored in waiting]
    return sum(tallies, Tally())


def _recipients(subscription: Subscription) -> list[tuple[str, str]]:
    return [(sink, recipient) for sink, recipients in subscription.deliver.items() for recipient in recipients]


def _send_stored(engine: Engine, stored: ledger.Stored, outlets: Outlets, clock: Clock) -> Tally:
    """One digest to whoever has not got it."""
    with engine.connect().execution_options(readonly=True) as connection:
        waiting = ledger.open_deliveries(connection, stored.id or 0)
    dispositions: list[str] = []
    notes: list[str] = []
    for name, rows in groupby(waiting, key=lambda row: row.sink):
        with ExitStack() as stack:
            for row, receipt in _deliver_all(engine, stored, list(rows), _open_sink(name, outlets, stack), clock):
                dispositions.append(receipt.state if receipt else "busy")
                if receipt and receipt.state != "sent":
                    told = f"{receipt.state}, {receipt.message}"
                    notes.append(f"{stored.subscription_key} to {row.recipient} by {name}: {told}")
    return Tally.of(dispositions, notes)


def _open_sink(name: str, outlets: Outlets, stack: ExitStack) -> Sink:
    """The sink, or where this installation has not set it up, one that says so."""
    try:
        return stack.enter_context(SINKS[name](outlets))
    except SettingsError as error:
        problem = str(error)
        return lambda _stored, _recipient, _hand_over: Receipt("failed", problem)


def _deliver_all(
    engine: Engine, stored: ledger.Stored, rows: list[Any], sink: Sink, clock: Clock
) -> Iterable[tuple[Any, Receipt | None]]:
    for row in rows:
        attempt = _Attempt(engine, row)
        if attempt.take(clock()):
            receipt = sink(stored, row.recipient, attempt.hand_over)
            attempt.close(receipt, clock())
            yield row, receipt
        else:
            yield row, None


class _Attempt:
    """One try of one delivery; each step is a transaction of its own, so that a killed worker leaves the truth."""

    def __init__(self, engine: Engine, delivery: Any) -> None:
        self._engine, self._delivery, self._has_left = engine, delivery, False

    def take(self, now: datetime) -> bool:
        """Whether it is ours."""
        return write(self._engine, lambda connection: ledger.take_delivery(connection, self._delivery, now))

    def hand_over(self) -> None:
        """From here on a copy may have arrived."""
        write(self._engine, lambda connection: ledger.hand_over(connection, self._delivery.id))
        self._has_left = True

    def close(self, receipt: Receipt, now: datetime) -> None:
        """Writes down how it ended; a copy that the other side refused does not count."""
        is_void = self._has_left and receipt.state in {"failed", "refused"}
        ending = ledger.Ending(receipt.state, receipt.message, now, is_void)
        write(self._engine, lambda connection: ledger.close_delivery(connection, self._delivery.id, ending))
