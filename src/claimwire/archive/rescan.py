"""Today's engine over stored articles: first what would change, then, if wanted, the change itself."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, select

from claimwire.archive.verdict import write_verdict
from claimwire.catalog.registers import load_registers
from claimwire.detect.engine import load_detector
from claimwire.model import Article, ReviewStatus, Tally
from claimwire.pipeline import find_claims
from claimwire.settings import Settings
from claimwire.warehouse.articles import Versions, mark_detected, read_unread
from claimwire.warehouse.assessing import assess_articles
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.items import Flagged, item_rows, load_items
from claimwire.warehouse.rows import CLAIMED
from claimwire.warehouse.tables import articles, flagged_items, rescan_changes
from claimwire.warehouse.writing import Row, add_new, in_batches, write

PARTITION = 10_000
"""Articles of one mapped task: half a minute of work, beside which the seconds for loading the lexicons are little."""

BATCH = 200
STAMPS = frozenset({"engine_version", "lexicon_version", "score", "marks", "rules"})
"""Columns whose change alone is no change of the claim."""

Params = Mapping[str, Any]


def plan_rescan(settings: Settings, _now: datetime, params: Params) -> list[list[int]]:
    """First and last article id of each partition of the articles that the form asks for."""
    query = _chosen(params).with_only_columns(articles.c.id).order_by(articles.c.id)
    with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
        ids = connection.scalars(query.execution_options(yield_per=10_000))
        return [[part[0], part[-1]] for part in in_batches(ids, PARTITION)]


def rescan_partition(settings: Settings, now: datetime, partition: Sequence[int], params: Params) -> str:
    """Compares one partition, and applies it unless it is a dry run; gives the name of the rescan."""
    engine, detector = open_engine(settings.warehouse_url), load_detector(settings.data_dir)
    versions = Versions(detector.engine_version, detector.lexicon_version)
    registers, rescan_key = load_registers(settings.data_dir), f"{now:%Y-%m-%dT%H:%M:%S}"
    first, last = partition
    query = _chosen(params).with_only_columns(articles.c.id).where(articles.c.id.between(first, last))
    with engine.connect().execution_options(readonly=True) as connection:
        ids = list(connection.scalars(query.order_by(articles.c.id)))
    _forget(engine, rescan_key, first)
    for some in in_batches(ids, BATCH):
        with engine.connect().execution_options(readonly=True) as connection:
            found, _ = find_claims(detector, read_unread(connection, now, len(some), some))
            flagged = assess_articles(connection, found, registers, now)
            changes = [_stored(change, rescan_key, first) for change in _compare(connection, flagged, versions)]
        write(engine, partial(add_new, table=rescan_changes, rows=changes))
        if not params.get("dry_run", True):
            write(engine, partial(_apply, flagged=flagged, versions=versions, now=now))
    return rescan_key


def report_rescan(settings: Settings, _now: datetime, rescan_keys: Sequence[str]) -> Tally:
    """Writes the table of changes with precision and recall on reviewed items; counts the changes."""
    if not rescan_keys:
        return Tally()
    return write_verdict(open_engine(settings.warehouse_url), rescan_keys[0], settings.var_dir / "reports")


def _chosen(params: Params) -> Select[Any]:
    """Current articles that still have their text, within the form's window."""
    query = select(articles).where(articles.c.is_current, articles.c.status != "canceled", articles.c.text != "")
    if params.get("published_from"):
        query = query.where(articles.c.published_at >= _midnight(params["published_from"]))
    if params.get("published_to"):
        query = query.where(articles.c.published_at < _midnight(params["published_to"]) + timedelta(days=1))
    if params.get("languages"):
        query = query.where(articles.c.language.in_(params["languages"]))
    if params.get("feeds"):
        query = query.where(articles.c.feed_key.in_(params["feeds"]))
    return query


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), UTC)


def _compare(connection: Connection, flagged: Sequence[Flagged], versions: Versions) -> Iterator[Row]:
    """What today's claims of these articles gain, lose or change against the stored items."""
    ids = [one.article_id for one in flagged]
    is_live = flagged_items.c.review_status != str(ReviewStatus.WITHDRAWN)
    query = select(flagged_items).where(flagged_items.c.article_id.in_(ids), is_live)
    stored = {row["item_key"]: dict(row) for row in connection.execute(query).mappings()}
    for one in flagged:
        for row in item_rows(one, versions, {}):
            before = stored.pop(row["item_key"], None)
            if change := _change(before, row, one.article):
                yield change | {"article_id": one.article_id}
    for row in stored.values():
        yield _row("lost", row, row) | {"article_id": row["article_id"], "before": _plain(row, CLAIMED)}


def _change(before: Row | None, row: Row, article: Article) -> Row | None:
    """One change as a row; None for a claim that stays and was never reviewed."""
    row = row | {"language": article.language}
    if before is None:
        return _row("gained", row, {}) | {"after": _plain(row, CLAIMED)}
    differing = [name for name in CLAIMED if name not in STAMPS and before[name] != row.get(name)]
    if differing:
        return _row("changed", row, before) | {"before": _plain(before, differing), "after": _plain(row, differing)}
    return _row("same", row, before) if before["review_version"] else None


def _row(change: str, row: Row, before: Row) -> Row:
    told = {name: row[name] for name in ("item_key", "language", "category", "evidence")}
    status = before.get("review_status", "") if before.get("review_version") else ""
    return {"change": change, "review_status": status, "before": None, "after": None} | told


def _plain(row: Row, names: Sequence[str]) -> Row:
    return {name: str(row[name]) if isinstance(row.get(name), date) else row.get(name) for name in names}


def _stored(change: Row, rescan_key: str, first_id: int) -> Row:
    return change | {"rescan_key": rescan_key, "first_id": first_id}


def _forget(engine: Engine, rescan_key: str, first_id: int) -> None:
    """What an earlier try of the same task wrote."""
    is_ours = (rescan_changes.c.rescan_key == rescan_key) & (rescan_changes.c.first_id == first_id)
    write(engine, lambda connection: connection.execute(delete(rescan_changes).where(is_ours)))


def _apply(connection: Connection, flagged: Sequence[Flagged], versions: Versions, now: datetime) -> None:
    load_items(connection, flagged, versions, now)
    mark_detected(connection, [one.article_id for one in flagged], versions, now)
