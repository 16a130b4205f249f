"""Bad items kept aside with their error, so that a run never stops on one."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from claimwire.model import Article, Entry
from claimwire.warehouse.tables import quarantined_entries
from claimwire.warehouse.writing import insert_into


def quarantine(connection: Connection, feed_key: str, item: Entry | Article, problem: str, now: datetime) -> None:
    """Keeps an item that could not be processed; the same one again only renews its problem."""
    row = {"seen_at": now, "problem": problem[:2000], "entry": _plain(asdict(item))}
    insert = insert_into(connection, quarantined_entries).values(
        feed_key=feed_key, guid=(item.guid or item.url)[:2000], **row
    )
    connection.execute(insert.on_conflict_do_update(index_elements=["feed_key", "guid"], set_=row))


def _plain(value: Any) -> Any:
    """JSON's own types; a NUL, which PostgreSQL cannot store, becomes visible."""
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    return (
        value.replace("\0", "\ufffd")
        if isinstance(value, str)
        else str(value)
        if isinstance(value, datetime)
        else value
    )
