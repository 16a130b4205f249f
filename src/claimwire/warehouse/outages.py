"""An outage of our own network, found after a round: no feed is blamed for it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, case, func, select, update

from claimwire.model import Outcome
from claimwire.warehouse.tables import feeds, fetches

HOSTS_AT_LEAST = 3
"""One or two hosts that are down at once prove nothing."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """What an outage would look like, and what follows from it.

    Args:
        since: when the round began.
        outcomes: those that our own network may have caused.
        next_poll_at: when to try again.
        quarantine_failures: weighted failures that put a feed into quarantine.
    """

    since: datetime
    outcomes: Collection[Outcome]
    next_poll_at: datetime
    quarantine_failures: float


def forgive_outage(connection: Connection, suspicion: Suspicion) -> int:
    """Takes failures back where every host of a round failed in a way that our own network may have caused.

    Works over all that wrote into the round, so that mapped tasks need not know of each other. Safe to repeat.

    Returns:
        How many fetches were forgiven; 0 where the network was up.
    """
    if not _is_outage(connection, suspicion):
        return 0
    outcomes = set(suspicion.outcomes) - {Outcome.NETWORK_DOWN}  # those nobody was blamed for
    blamed = (fetches.c.fetched_at >= suspicion.since) & fetches.c.outcome.in_(outcomes)
    rows = connection.execute(
        select(fetches.c.feed_key, func.sum(fetches.c.weight), func.count()).where(blamed).group_by(fetches.c.feed_key)
    ).all()
    for feed_key, weight, count in rows:
        _forgive_feed(connection, suspicion, feed_key, weight, count)
    connection.execute(update(fetches).where(blamed).values(outcome=str(Outcome.NETWORK_DOWN), weight=0.0))
    return sum(count for _, _, count in rows)


def _is_outage(connection: Connection, suspicion: Suspicion) -> bool:
    is_sound = case((fetches.c.outcome.in_([*suspicion.outcomes, Outcome.NETWORK_DOWN]), 0), else_=1)
    query = (
        select(feeds.c.host, func.max(is_sound).label("is_sound"))
        .join(fetches, fetches.c.feed_key == feeds.c.feed_key)
        .where(fetches.c.fetched_at >= suspicion.since, feeds.c.host != "")
        .group_by(feeds.c.host)
    )
    verdicts = [bool(row.is_sound) for row in connection.execute(query)]
    return len(verdicts) >= HOSTS_AT_LEAST and not any(verdicts)


def _forgive_feed(connection: Connection, suspicion: Suspicion, feed_key: str, weight: float, count: int) -> None:
    c = feeds.c
    limit = suspicion.quarantine_failures
    is_put_away_by_it = (c.failures >= limit) & (c.failures - weight < limit)
    connection.execute(
        update(feeds)
        .where(c.feed_key == feed_key)
        .values(
            failures=case((c.failures > weight, c.failures - weight), else_=0.0),
            failed_runs=case((c.failed_runs > count, c.failed_runs - count), else_=0),
            state=case((is_put_away_by_it, "active"), else_=c.state),
            next_poll_at=suspicion.next_poll_at,
            last_outcome=str(Outcome.NETWORK_DOWN),
            message=f"feed {feed_key}: our network was down; next try {suspicion.next_poll_at:%H:%MZ}",
        )
    )
