"""Articles in the warehouse: one row a version, loaded once however often they arrive."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, or_, select, update

from claimwire.extract.versions import Change, diff_words
from claimwire.model import Article, Disposition
from claimwire.warehouse.bulk import Values, insert_values
from claimwire.warehouse.members import is_one_of, pairs_as_rows
from claimwire.warehouse.tables import articles
from claimwire.warehouse.withdrawals import withdraw_items
from claimwire.warehouse.writing import BATCH, Row, in_batches, queue_loaders

_COPIED = (
    *("feed_key", "guid", "version", "status", "publisher", "url", "title", "text", "language", "published_at"),
    *("published_at_source", "updated_at", "dateline", "byline", "credit", "urgency", "note", "embargoed_until"),
)
_LISTED = ("subjects", "keywords")
_COLUMNS = (*_COPIED, *_LISTED, "content_sha256", "fetched_at", "version_number", "diff")
_copied = attrgetter(*_COPIED, *_LISTED)


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
    copied |= {name: tuple(row[name]) for name in _LISTED}
    return Article(id=str(row["id"]), **copied)


_IS_LIVE = and_(articles.c.is_current, articles.c.status != "canceled")


def _is_unread(now: datetime) -> ColumnElement[bool]:
    is_free = or_(articles.c.embargoed_until.is_(None), articles.c.embargoed_until <= now)
    return and_(_IS_LIVE, articles.c.detected_at.is_(None), is_free)


def content_sha256(article: Article) -> str:
    """What makes two versions the same: title and text."""
    return sha256(f"{article.title}\0{article.text}".encode()).hexdigest()


class _Stored(NamedTuple):
    """The current version of an article: in the warehouse, or earlier in this batch, which has no id yet."""

    id: int | None
    version: str
    version_number: int
    content_sha256: str
    status: str


@dataclass(slots=True)
class _Draft:
    """What a batch changes, kept until it is written at one go."""

    rows: list[Values] = field(default_factory=list)
    outdated: list[int] = field(default_factory=list)
    killed: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def write(self, connection: Connection, now: datetime) -> None:
        for ids in in_batches(self.outdated):
            connection.execute(update(articles).where(articles.c.id.in_(ids)).values(is_current=False))
        insert_values(connection, articles, _COLUMNS, self.rows)
        for feed_key, guids in self.killed.items():
            withdraw_items(connection, feed_key, guids, now)


def _load_batch(connection: Connection, batch: Sequence[Article], fetched_at: datetime) -> list[Disposition]:
    current = _read_current(connection, batch)
    draft = _Draft()
    dispositions: list[Disposition] = []
    for article in batch:
        key, digest = (article.feed_key, article.guid), content_sha256(article)
        before = current.get(key)
        if before and not _is_news(connection, article, digest, before):
            dispositions.append(Disposition.UNCHANGED)
            continue
        if before and before.id is None:  # twice in one batch: what is written must keep the order of arrival
            draft.write(connection, fetched_at)
            draft, before = _Draft(), _read_current(connection, [article])[key]
        number, diff = 1, None
        if before and before.id is not None:
            draft.outdated.append(before.id)
            number, diff = before.version_number + 1, _diff(connection, before.id, article)
        draft.rows.append((*_copied(article), digest, fetched_at, number, diff))
        if article.status == "canceled":
            draft.killed[article.feed_key].append(article.guid)
        current[key] = _Stored(None, article.version, number, digest, article.status)
        dispositions.append(_disposition(article, before, fetched_at))
    draft.write(connection, fetched_at)
    return dispositions


def _read_current(connection: Connection, batch: Sequence[Article]) -> dict[tuple[str, str], _Stored]:
    keys = {(article.feed_key, article.guid) for article in batch}
    c = articles.c
    wanted = pairs_as_rows(keys, (c.feed_key.type, c.guid.type), connection)
    query = (
        select(c.feed_key, c.guid, *(c[name] for name in _Stored._fields))
        .select_from(wanted.join(articles, (c.feed_key == wanted.c.a) & (c.guid == wanted.c.b)))
        .where(c.is_current)
    )
    return {(feed_key, guid): _Stored(*stored) for feed_key, guid, *stored in connection.execute(query)}


def _is_news(connection: Connection, article: Article, digest: str, before: _Stored) -> bool:
    """Whether an article differs from what is stored of it, and is not an older version that came late."""
    if digest == before.content_sha256 and _rank(article.status) == _rank(before.status):
        return False
    return not _is_older(article.version, before.version) and not _is_killed_copy(connection, article, digest, before)


def _diff(connection: Connection, before_id: int, article: Article) -> list[Change]:
    before = connection.execute(select(articles.c.title, articles.c.text).where(articles.c.id == before_id)).one()
    return diff_words(f"{before.title}\n{before.text}", f"{article.title}\n{article.text}")


def _rank(status: str) -> str:
    return status if status in {"canceled", "embargoed"} else "usable"  # a correction is told by its text


def _is_older(version: str, stored: str) -> bool:
    """Whether the publisher's own number says that this came late."""
    return version.isdigit() and stored.isdigit() and int(version) < int(stored)


def _is_killed_copy(connection: Connection, article: Article, digest: str, before: _Stored) -> bool:
    """Whether an old copy of a killed article came in again, as a feed's archive may send it for days."""
    if before.status != "canceled" or article.status == "canceled":
        return False
    c = articles.c
    query = select(c.id).where(c.feed_key == article.feed_key, c.guid == article.guid, c.content_sha256 == digest)
    return connection.execute(query.limit(1)).first() is not None


def _disposition(article: Article, before: _Stored | None, now: datetime) -> Disposition:
    if article.status == "canceled":
        return Disposition.WITHDRAWN
    if article.embargoed_until and article.embargoed_until > now:
        return Disposition.EMBARGOED
    return Disposition.NEW_VERSION if before else Disposition.LOADED
