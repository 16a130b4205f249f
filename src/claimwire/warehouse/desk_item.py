"""All that the item page shows, each part one query by an index."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, select

from claimwire.errors import NotFound
from claimwire.warehouse.desk_filter import OPEN
from claimwire.warehouse.tables import articles, decisions, flagged_items, item_names, list_names, stories, threads

Row = dict[str, Any]

_STEPS = 60  # of a thread's time-line; more cannot be taken in
_CARRIERS = 40


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One flagged item with everything around it."""

    item: Row
    article: Row
    in_article: list[Row]  # the article's other claims, in reading order
    reprints: list[Row]  # open items of the story that make the same claim
    carriers: list[Row]  # articles of the same story, first published first
    thread: Row | None
    steps: list[Row]  # the thread's items over time
    decisions: list[Row]  # newest first
    versions: list[Row]  # the article's versions, newest first
    names: list[Row]  # names that stand on a loaded sanctions list


def find_item(connection: Connection, item_id: int) -> Row:
    """One row of `flagged_items`; NotFound where there is none."""
    row = connection.execute(select(flagged_items).where(flagged_items.c.id == item_id)).mappings().first()
    if row is None:
        raise NotFound(f"there is no item {item_id}")
    return dict(row)


def load_item_page(connection: Connection, item_id: int) -> ItemPage:
    """The item and everything around it; NotFound where there is no such item."""
    item = find_item(connection, item_id)
    article = _one(connection, select(articles).where(articles.c.id == item["article_id"])) or {}
    return ItemPage(
        item=item,
        article=article,
        in_article=_in_article(connection, item),
        reprints=_reprints(connection, item),
        carriers=_carriers(connection, item),
        thread=_one(connection, select(threads).where(threads.c.id == item["thread_id"])),
        steps=_steps(connection, item),
        decisions=find_decisions(connection, item_id),
        versions=_versions(connection, article),
        names=_names(connection, item_id),
    )


def find_decisions(connection: Connection, item_id: int) -> list[Row]:
    """Every decision on an item, newest first."""
    statement = select(decisions).where(decisions.c.item_id == item_id).order_by(decisions.c.item_version.desc())
    return _all(connection, statement)


def _in_article(connection: Connection, item: Row) -> list[Row]:
    columns = flagged_items.c
    statement = (
        select(columns.id, columns.category, columns.act, columns.measure, columns.evidence, columns.evidence_field)
        .add_columns(columns.evidence_start, columns.evidence_end, columns.review_status, columns.language)
        .where(columns.article_id == item["article_id"])
        .order_by(columns.evidence_field.desc(), columns.evidence_start, columns.id)
        .limit(100)
    )
    return _all(connection, statement)


def _reprints(connection: Connection, item: Row) -> list[Row]:
    if item["story_id"] is None:
        return []
    columns = flagged_items.c
    same = (columns[name] == item[name] for name in ("story_id", "category", "act", "measure", "modality"))
    statement = (
        select(columns.id, columns.review_version, columns.publisher, columns.actor, columns.target)
        .where(*same, columns.id != item["id"], columns.review_status.in_(map(str, OPEN)))
        .order_by(columns.id)
        .limit(200)
    )
    rows = _all(connection, statement)
    return [row for row in rows if (row["actor"], row["target"]) == (item["actor"], item["target"])]


def _carriers(connection: Connection, item: Row) -> list[Row]:
    if item["story_id"] is None:
        return []
    columns = articles.c
    statement = (
        select(columns.id, columns.publisher, columns.title, columns.url, columns.language, columns.published_at)
        .add_columns(columns.credit, columns.feed_key, stories.c.origin, stories.c.carriers)
        .join(stories, stories.c.id == columns.story_id)
        .where(columns.story_id == item["story_id"], columns.is_current)
        .order_by(columns.published_at, columns.id)
        .limit(_CARRIERS)
    )
    return _all(connection, statement)


def _steps(connection: Connection, item: Row) -> list[Row]:
    if item["thread_id"] is None:
        return []
    columns = flagged_items.c
    statement = (
        select(columns.id, columns.act, columns.category, columns.measure, columns.evidence, columns.language)
        .add_columns(columns.publisher, columns.published_at, columns.event_from, columns.event_to, columns.step_key)
        .add_columns(columns.review_status, columns.modality, columns.headline, columns.origins, columns.flagged_at)
        .where(columns.thread_id == item["thread_id"])
        .order_by(columns.published_at.desc(), columns.id.desc())
        .limit(_STEPS)
    )
    return sorted(_all(connection, statement), key=_happened)


def _happened(step: Row) -> tuple[date, datetime]:
    """When a step happened, as far as it says, and when it was told."""
    told_at: datetime = step["published_at"] or step["flagged_at"]
    return step["event_from"] or told_at.date(), told_at


def _versions(connection: Connection, article: Row) -> list[Row]:
    if not article:
        return []
    columns = articles.c
    statement = (
        select(columns.id, columns.version_number, columns.version, columns.status, columns.fetched_at, columns.diff)
        .add_columns(columns.note, columns.updated_at, columns.is_current)
        .where(columns.feed_key == article["feed_key"], columns.guid == article["guid"])
        .order_by(columns.version_number.desc())
        .limit(20)
    )
    return _all(connection, statement)


def _names(connection: Connection, item_id: int) -> list[Row]:
    statement = (
        select(item_names.c.text, item_names.c.match_score, item_names.c.explanation)
        .add_columns(list_names.c.list_key, list_names.c.name, list_names.c.kind, list_names.c.programme)
        .join(list_names, list_names.c.id == item_names.c.list_name_id)
        .where(item_names.c.item_id == item_id)
        .order_by(item_names.c.match_score.desc())
        .limit(20)
    )
    return _all(connection, statement)


def _one(connection: Connection, statement: Any) -> Row | None:
    row = connection.execute(statement).mappings().first()
    return dict(row) if row else None


def _all(connection: Connection, statement: Any) -> list[Row]:
    return [dict(row) for row in connection.execute(statement).mappings()]
