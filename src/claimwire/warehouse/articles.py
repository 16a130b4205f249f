"""Articles in the warehouse: one row a version, loaded once however often they arrive."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from claimwire.extract.versions import Change, diff_words
from claimwire.model import Article, Disposition
from claimwire.warehouse.bulk import insert_rows
from claimwire.warehouse.members import is_one_of, pairs_as_rows
from claimwire.warehouse.tables import articles
from claimwire.warehouse.withdrawals import withdraw_items
from claimwire.warehouse.writing import BATCH, Row, in_batches, queue_loaders

_COPIED = (
    *("feed_key", "guid", "version", "status", "publisher", "url", "title", "text", "language", "published_at"),
    *("published_at_source", "updated_at", "dateline", "byline", "credit", "urgency", "note", "embargoed_until"),
)


@dataclass(frozen=True, slots=True)
class Versions:
    """What read an article: stamped on each row that came of it."""

    engine: str
    lexicon: str


def load_articles(connection: Connection, loaded: Sequence[Article], fetched_at: datetime) -> list[Disposition]:
    """Stores each article or its new version; what is there already stays untouched.

    A kill withdraws the article and its items. An embargoed one is stored and stays unread until its time.

    Their feeds must be in `feeds`, their `guid` may not be empty.

    Returns:
        One disposition an article, in order.
    """
    queue_loaders(connection)
    dispositions: list[Disposition] = []
    for batch in in_batches(loaded):
        dispositions += _load_batch(connection, batch, fetched_at)
    return dispositions


def read_unread(
    connection: Connection, now: datetime, limit: int = BATCH, ids: Iterable[int] | None = None
) -> list[tuple[int, Article]]:
    """Current articles that detection has not read and may read now, oldest row first.

    With `ids`, reads these instead, whether read before or not (a rescan).
    """
    asked = _is_unread(now) if ids is None else and_(_IS_LIVE, articles.c.id.in_(list(ids)))
    rows = connection.execute(select(articles).where(asked).order_by(articles.c.id).limit(limit)).mappings()
    return [(row["id"], article_of(row)) for row in rows]


def unread_ids(connection: Connection, now: datetime, limit: int) -> list[int]:
    """Rows that `read_unread` would give, the oldest first, without their texts."""
    query = select(articles.c.id).where(_is_unread(now)).order_by(articles.c.id).limit(limit)
    return list(connection.scalars(query))


def mark_detected(connection: Connection, ids: Iterable[int], versions: Versions, now: datetime) -> None:
    """Notes that detection has read these rows, flagged or not."""
    read = {"detected_at": now, "engine_version": versions.engine, "lexicon_version": versions.lexicon}
    for batch in in_batches(ids):
        connection.execute(update(articles).where(is_one_of(articles.c.id, batch, connection)).values(read))


def article_of(row: Any) -> Article:
    """The article that a row of `articles` holds."""
    copied: Row = {name: row[name] for name in _COPIED}
    copied |= {name: tuple(row[name]) for name in ("subjects", "keywords")}
    return Article(id=str(row["id"]), **copied)


_IS_LIVE = and_(articles.c.is_current, articles.c.status != "canceled")


def _is_unread(now: datetime) -> ColumnElement[bool]:
    is_free = or_(articles.c.embargoed_until.is_(None), articles.c.embargoed_until <= now)
    return and_(_IS_LIVE, articles.c.detected_at.is_(None), is_free)


def content_sha256(article: Article) -> str:
    """What makes two versions the same: title and text."""
    return sha256(f"{article.title}\0{article.text}".encode()).hexdigest()


def _load_batch(connection: Connection, batch: Sequence[Article], fetched_at: datetime) -> list[Disposition]:
    current = _read_current(connection, batch)
    outdated: list[int] = []
    fresh: list[Row] = []
    dispositions: list[Disposition] = []
    for article in batch:
        key = (article.feed_key, article.guid)
        row = _new_row(article, current.get(key), fetched_at)
        if row is None or _is_killed_copy(connection, row, current.get(key)):
            dispositions.append(Disposition.UNCHANGED)
            continue
        before = current.get(key)
        if before and before["id"] is None:  # twice in one batch: what is written must keep the order of arrival
            _write(connection, fresh, outdated)
            fresh, outdated, before = [], [], _read_current(connection, [article])[key]
        if before:
            outdated.append(before["id"])
            row |= {"version_number": before["version_number"] + 1, "diff": _diff(connection, before["id"], article)}
        fresh.append(row)
        current[key] = row | {"id": None}
        dispositions.append(_disposition(article, before, fetched_at))
    _write(connection, fresh, outdated)
    return dispositions


def _read_current(connection: Connection, batch: Sequence[Article]) -> dict[tuple[str, str], Row]:
    keys = {(article.feed_key, article.guid) for article in batch}
    c = articles.c
    wanted = pairs_as_rows(keys, (c.feed_key.type, c.guid.type), connection)
    query = (
        select(c.id, c.feed_key, c.guid, c.version, c.version_number, c.content_sha256, c.status, c.story_id)
        .select_from(wanted.join(articles, (c.feed_key == wanted.c.a) & (c.guid == wanted.c.b)))
        .where(c.is_current)
    )
    return {(row["feed_key"], row["guid"]): dict(row) for row in connection.execute(query).mappings()}


def _new_row(article: Article, before: Row | None, fetched_at: datetime) -> Row | None:
    """The row to add; None where it says nothing new."""
    row: Row = {name: getattr(article, name) for name in _COPIED}
    row |= {name: list(getattr(article, name)) for name in ("subjects", "keywords")}
    row |= {"content_sha256": content_sha256(article), "fetched_at": fetched_at, "version_number": 1, "diff": None}
    if before is None:
        return row
    is_same = row["content_sha256"] == before["content_sha256"] and _rank(article.status) == _rank(before["status"])
    return None if is_same or _is_older(article.version, before["version"]) else row


def _diff(connection: Connection, before_id: int, article: Article) -> list[Change]:
    before = connection.execute(select(articles.c.title, articles.c.text).where(articles.c.id == before_id)).one()
    return diff_words(f"{before.title}\n{before.text}", f"{article.title}\n{article.text}")


def _rank(status: str) -> str:
    return status if status in {"canceled", "embargoed"} else "usable"  # a correction is told by its text


def _is_older(version: str, stored: str) -> bool:
    """Whether the publisher's own number says that this came late."""
    return version.isdigit() and stored.isdigit() and int(version) < int(stored)


def _is_killed_copy(connection: Connection, row: Row, before: Row | None) -> bool:
    """Whether an old copy of a killed article came in again, as a feed's archive may send it for days."""
    if not before or before["status"] != "canceled" or row["status"] == "canceled":
        return False
    c = articles.c
    query = select(c.id).where(
        c.feed_key == row["feed_key"], c.guid == row["guid"], c.content_sha256 == row["content_sha256"]
    )
    return connection.execute(query.limit(1)).first() is not None


def _disposition(article: Article, before: Row | None, now: datetime) -> Disposition:
    if article.status == "canceled":
        return Disposition.WITHDRAWN
    if article.embargoed_until and article.embargoed_until > now:
        return Disposition.EMBARGOED
    return Disposition.NEW_VERSION if before else Disposition.LOADED


def _write(connection: Connection, fresh: list[Row], outdated: list[int]) -> None:
    for ids in in_batches(outdated):
        connection.execute(update(articles).where(articles.c.id.in_(ids)).values(is_current=False))
    if not fresh:
        return
    insert_rows(connection, articles, fresh)
    killed: dict[str, list[str]] = defaultdict(list)
    for row in fresh:
        if row["status"] == "canceled":
            killed[row["feed_key"]].append(row["guid"])
    for feed_key, guids in killed.items():
        withdraw_items(connection, feed_key, guids, fresh[0]["fetched_at"])
