"""Assessing anew, in the order in which it was told: what rules and registers say today, however it came in."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, delete, func, select

from claimwire.assess.article import assess_article
from claimwire.assess.known import Known
from claimwire.assess.order import place_of
from claimwire.catalog.registers import Registers
from claimwire.warehouse.articles import article_of
from claimwire.warehouse.assessing import read_known_before, read_voices
from claimwire.warehouse.items import Flagged, update_items
from claimwire.warehouse.rows import assessed_columns, claim_of
from claimwire.warehouse.tables import articles, flagged_items, thread_steps, threads
from claimwire.warehouse.threads import join_threads, recount_steps
from claimwire.warehouse.writing import Row, in_batches, write


def reassess_items(
    engine: Engine,
    registers: Registers,
    now: datetime,
    since: datetime | None = None,
    tell: Callable[[int], None] = lambda _done: None,
) -> tuple[int, int]:
    """Assesses flagged items again, all or those of articles published since then; claims and decisions stay.

    Goes through the articles in the order of publication, so that the outcome does not depend on that of arrival.

    Returns:
        How many items were assessed, and how many changed.
    """
    with engine.connect().execution_options(readonly=True) as connection:
        known = read_known_before(connection, since, registers) if since else Known(voices=read_voices(connection))
        ids = _article_ids(connection, since)
    items = changed = 0
    for batch in in_batches(ids):
        work = partial(_reassess, article_ids=batch, registers=registers, known=known, now=now)
        seen, new = write(engine, work)
        items, changed = items + seen, changed + new
        tell(len(batch))
    write(engine, _drop_untold)
    return items, changed


def _article_ids(connection: Connection, since: datetime | None) -> list[int]:
    c = flagged_items.c
    told_at = func.min(c.published_at)
    query = select(c.article_id).group_by(c.article_id).order_by(told_at.is_(None), told_at, c.article_id)
    return list(connection.scalars(query if since is None else query.where(c.published_at >= since)))


def _reassess(
    connection: Connection, article_ids: Sequence[int], registers: Registers, known: Known, now: datetime
) -> tuple[int, int]:
    read = {row["id"]: row for row in _rows(connection, article_ids)}
    stored: dict[int, list[Row]] = defaultdict(list)
    query = select(flagged_items).where(flagged_items.c.article_id.in_(article_ids)).order_by(flagged_items.c.id)
    for row in connection.execute(query).mappings():
        stored[row["article_id"]].append(dict(row))
    told = [(each, article_of(read[each]), tuple(map(claim_of, stored[each]))) for each in article_ids]
    flagged = [
        Flagged(article_id, article, claims, tuple(assess_article(article, claims, registers, known, now.date())))
        for article_id, article, claims in sorted(told, key=lambda one: place_of(one[1], one[2], registers, now))
    ]
    thread_ids = join_threads(connection, flagged, now)
    changes = {
        row["id"]: change
        for one in flagged
        for row, assessment in zip(stored[one.article_id], one.assessments, strict=True)
        if (change := _changed(row, assessed_columns(assessment, thread_ids), now))
    }
    update_items(connection, changes)
    recount_steps(connection, {a.step_key for one in flagged for a in one.assessments if a.step_key})
    return sum(map(len, stored.values())), len(changes)


def _rows(connection: Connection, article_ids: Sequence[int]) -> Sequence[Row]:
    return [dict(row) for row in connection.execute(select(articles).where(articles.c.id.in_(article_ids))).mappings()]


def _changed(row: Row, assessed: Row, now: datetime) -> Row:
    change = {name: value for name, value in assessed.items() if row[name] != value}
    return change | {"changed_at": now} if change else {}


def _drop_untold(connection: Connection) -> None:
    """Steps and threads that no item tells any longer."""
    item, steps = flagged_items.c, thread_steps.c
    connection.execute(delete(thread_steps).where(~select(item.id).where(item.step_key == steps.step_key).exists()))
    is_told = select(item.id).where(item.thread_id == threads.c.id).exists()
    has_step = select(steps.id).where(steps.thread_id == threads.c.id).exists()
    child = threads.alias("child")
    is_wider = select(child.c.id).where(child.c.parent_id == threads.c.id).exists()
    for _ in range(2):  # children first, then the wider threads that they leave behind
        connection.execute(delete(threads).where(~is_told, ~has_step, ~is_wider))
