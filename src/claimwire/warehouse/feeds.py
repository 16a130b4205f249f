"""Feeds in the warehouse: what the catalogue says, where polling stands, what each fetch ended in."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select, update

from claimwire.catalog.feeds import Feed
from claimwire.model import Response
from claimwire.warehouse.tables import feeds, fetches
from claimwire.warehouse.writing import Row, upsert

CATALOGUE = (
    *("feed_key", "publisher", "family", "url", "host", "language", "country", "kind", "tier"),
    *("is_state_media", "is_enabled"),
)
"""Columns that the catalogue fills; all others are the state of polling."""

STATE = tuple(column.name for column in feeds.c if column.name not in CATALOGUE)


@dataclass(frozen=True, slots=True)
class Fetch:
    """What one fetch leaves behind besides its articles.

    `state` has the columns named by `STATE`; `weight` is what a failure added to the feed's failures.
    """

    response: Response
    state: Mapping[str, Any]
    entries: int = 0
    dispositions: Mapping[str, int] | None = None
    weight: float = 0.0


def load_catalogue(connection: Connection, catalogue: Iterable[Feed]) -> int:
    """Stores what the catalogue says of its feeds, state untouched; a feed that left it is switched off.

    Returns:
        How many feeds are switched on.
    """
    rows = [_catalogue_row(feed) for feed in catalogue]
    upsert(connection, feeds, rows, keep=("interval_seconds",))
    keys = [row["feed_key"] for row in rows]
    connection.execute(update(feeds).where(feeds.c.feed_key.not_in(keys)).values(is_enabled=False))
    return sum(row["is_enabled"] for row in rows)


def read_states(connection: Connection, keys: Collection[str] | None = None) -> dict[str, Row]:
    """The state columns of each feed in the warehouse (or only of these keys), by its key."""
    query = select(feeds.c.feed_key, *(feeds.c[name] for name in STATE))
    if keys is not None:
        query = query.where(feeds.c.feed_key.in_(keys))
    rows = (dict(row) for row in connection.execute(query).mappings())
    return {row.pop("feed_key"): row for row in rows}


def save_fetch(connection: Connection, fetch: Fetch) -> None:
    """Notes a fetch and the state that it led to; belongs into the transaction that loads its articles."""
    response = fetch.response
    connection.execute(update(feeds).where(feeds.c.feed_key == response.feed_key).values(**fetch.state))
    connection.execute(
        fetches.insert().values(
            feed_key=response.feed_key,
            fetched_at=response.fetched_at,
            outcome=str(response.outcome),
            status=response.status,
            message=fetch.state.get("message") or response.message,
            body_bytes=len(response.body or b""),
            elapsed_seconds=response.elapsed_seconds,
            weight=fetch.weight,
            entries=fetch.entries,
            dispositions=dict(fetch.dispositions or {}),
        )
    )


def _catalogue_row(feed: Feed) -> Row:
    return {
        "feed_key": feed.key,
        "publisher": feed.publisher,
        "family": feed.family,
        "url": feed.url or feed.folder,
        "host": feed.host,
        "language": feed.language,
        "country": feed.country,
        "kind": feed.kind,
        "tier": feed.tier,
        "is_state_media": feed.state_media,
        "is_enabled": feed.is_enabled,
        "interval_seconds": feed.interval_minutes * 60.0,
    }
