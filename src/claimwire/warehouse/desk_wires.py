"""The state of the feeds as operators look at it."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, case, func, select, update

from claimwire.errors import NotFound
from claimwire.model import Outcome
from claimwire.warehouse.tables import feed_health, feeds, fetches

Row = dict[str, Any]

DAYS = 14
"""How far the sparkline of a feed goes back."""

_SHOWN = (
    *("feed_key", "publisher", "url", "language", "country", "kind", "tier", "is_enabled", "state", "next_poll_at"),
    *("last_fetch_at", "last_good_at", "last_new_at", "last_outcome", "message", "failures", "entries_per_day"),
)


def find_wires(connection: Connection, now: datetime) -> list[Row]:
    """Every feed with its open findings and new articles a day for DAYS days; the worst first."""
    health = _open_findings(connection)
    days = [(now - timedelta(days=back)).date().isoformat() for back in range(DAYS - 1, -1, -1)]
    loaded = _loaded_by_day(connection, now)
    trouble = case((feeds.c.state != "active", 0), (feeds.c.failures > 0, 1), else_=2)
    statement = select(*(feeds.c[name] for name in _SHOWN)).order_by(
        feeds.c.is_enabled.desc(), trouble, feeds.c.failures.desc(), feeds.c.feed_key
    )
    return [
        dict(row)
        | {
            "findings": health.get(row["feed_key"], []),
            "days": [loaded.get((row["feed_key"], day), 0) for day in days],
        }
        for row in connection.execute(statement).mappings()
    ]


def find_fetches(connection: Connection, feed_key: str, limit: int = 50) -> list[Row]:
    """The last fetches of a feed, newest first; NotFound where there is no such feed."""
    if connection.scalar(select(feeds.c.feed_key).where(feeds.c.feed_key == feed_key)) is None:
        raise NotFound(f"there is no feed {feed_key}")
    statement = select(fetches).where(fetches.c.feed_key == feed_key).order_by(fetches.c.fetched_at.desc()).limit(limit)
    return [dict(row) for row in connection.execute(statement).mappings()]


def poll_now(connection: Connection, feed_key: str, now: datetime) -> None:
    """Makes a feed due, so that the next collection fetches it; NotFound where there is no such feed."""
    due = update(feeds).where(feeds.c.feed_key == feed_key).values(next_poll_at=now)
    if connection.execute(due).rowcount != 1:
        raise NotFound(f"there is no feed {feed_key}")


def _open_findings(connection: Connection) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    statement = select(feed_health).where(feed_health.c.ended_at.is_(None)).order_by(feed_health.c.since_at)
    for row in connection.execute(statement).mappings():
        found.setdefault(row["feed_key"], []).append(dict(row))
    return found


def _loaded_by_day(connection: Connection, now: datetime) -> dict[tuple[str, str], int]:
    day = func.date(fetches.c.fetched_at)
    loaded = func.coalesce(func.sum(fetches.c.dispositions["loaded"].as_integer()), 0)
    statement = (
        select(fetches.c.feed_key, day, loaded)
        .where(fetches.c.fetched_at > now - timedelta(days=DAYS), fetches.c.outcome == str(Outcome.NEW))
        .group_by(fetches.c.feed_key, day)
    )
    return {(key, str(on)): int(count) for key, on, count in connection.execute(statement)}
