"""What is wrong with which feed, and the figures that tell."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, case, func, select, update

from claimwire.warehouse.tables import articles, feed_health, feeds, fetches
from claimwire.warehouse.writing import Row, upsert

RECENT = timedelta(days=7)
AHEAD = timedelta(hours=1)
"""How far ahead of its fetch a date must be to count as from the future: clocks differ by minutes."""


@dataclass(frozen=True, slots=True)
class FeedFigures:
    """A feed's last week in numbers; see `fetch.health.Vitals`."""

    first_fetched_at: datetime
    recent: int = 0
    in_language: int = 0
    in_future: int = 0


def read_figures(connection: Connection, now: datetime) -> dict[str, FeedFigures]:
    """The figures of every feed that was ever fetched, by its key."""
    f, a = fetches.c, articles.c
    first = connection.execute(select(f.feed_key, func.min(f.fetched_at).label("at")).group_by(f.feed_key)).all()
    is_recent = (a.fetched_at > now - RECENT) & (a.version_number == 1)
    in_language = func.sum(case((a.language == feeds.c.language, 1), else_=0)).label("in_language")
    counts = connection.execute(
        select(a.feed_key, func.count().label("recent"), in_language)
        .join(feeds, feeds.c.feed_key == a.feed_key)
        .where(is_recent)
        .group_by(a.feed_key)
    )
    counted = {row.feed_key: (row.recent, row.in_language) for row in counts}
    dated = connection.execute(
        select(a.feed_key, a.published_at, a.fetched_at).where(is_recent, a.published_at > a.fetched_at)
    )
    ahead = Counter(row.feed_key for row in dated if row.published_at - row.fetched_at > AHEAD)
    return {row.feed_key: FeedFigures(row.at, *counted.get(row.feed_key, (0, 0)), ahead[row.feed_key]) for row in first}


def save_findings(connection: Connection, found: Sequence[Row], checked: Iterable[str], now: datetime) -> list[Row]:
    """Opens what is new, keeps what goes on, ends what went away.

    `found` has feed_key, finding, level and message; findings of feeds that were not `checked` stay as they are.

    Returns:
        The rows that were not open before.
    """
    since = _open_since(connection)
    fresh = [row for row in found if _key(row) not in since]
    going_on = [row | {"since_at": since[_key(row)]} for row in found if _key(row) in since]
    opened = [row | {"since_at": now, "alerted_at": None} for row in fresh]
    for rows in filter(None, (going_on, opened)):
        upsert(connection, feed_health, [row | {"checked_at": now, "ended_at": None} for row in rows])
    _end(connection, since.keys() - {_key(row) for row in found}, set(checked), now)
    return fresh


def _key(row: Row) -> tuple[str, str]:
    return row["feed_key"], row["finding"]


def _open_since(connection: Connection) -> dict[tuple[str, str], datetime]:
    h = feed_health.c
    rows = connection.execute(select(h.feed_key, h.finding, h.since_at).where(h.ended_at.is_(None)))
    return {(row.feed_key, row.finding): row.since_at for row in rows}


def _end(connection: Connection, keys: Collection[tuple[str, str]], checked: Collection[str], now: datetime) -> None:
    h = feed_health.c
    for feed_key, finding in keys:
        if feed_key in checked:
            ended = update(feed_health).where(h.feed_key == feed_key, h.finding == finding)
            connection.execute(ended.values(ended_at=now, checked_at=now))
