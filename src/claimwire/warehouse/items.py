"""Flagged items: one row a claim, kept through corrections and rescans with what reviewers said of it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select, update

from claimwire.assess.assessment import Assessment
from claimwire.model import Article, Claim, ReviewStatus
from claimwire.warehouse.articles import Versions
from claimwire.warehouse.bulk import insert_rows, insert_values, next_ids
from claimwire.warehouse.lists import match_items
from claimwire.warehouse.members import is_one_of
from claimwire.warehouse.rows import ASSESSED, CLAIMED, CODE_ROLES, PLACED, item_row
from claimwire.warehouse.stories import assign_stories
from claimwire.warehouse.tables import articles, flagged_items, item_codes
from claimwire.warehouse.threads import join_threads, recount_steps
from claimwire.warehouse.writing import Row, in_batches, queue_loaders


@dataclass(frozen=True, slots=True)
class Flagged:
    """What detection and assessment made of one article; no claims is a result too.

    `assessments` are in the order of `claims`.
    """

    article_id: int
    article: Article
    claims: tuple[Claim, ...]
    assessments: tuple[Assessment, ...] = ()


def load_items(connection: Connection, batch: Sequence[Flagged], versions: Versions, now: datetime) -> Counter[str]:
    """Stores the claims of articles that detection has just read, those with no claims among them.

    An item that is there already keeps its decisions. One that the article no longer holds is never deleted:
    reviewed and taken out by a new version it is `source_changed`, unreviewed it is `withdrawn`.

    Returns:
        How many items were new, updated, unchanged, withdrawn, source_changed.
    """
    queue_loaders(connection)
    counts: Counter[str] = Counter()
    for part in in_batches(batch):
        counts += _load_part(connection, part, versions, now)
    return counts


def _load_part(connection: Connection, part: Sequence[Flagged], versions: Versions, now: datetime) -> Counter[str]:
    thread_ids = join_threads(connection, part, now)
    stories = assign_stories(connection, [(one.article_id, one.article) for one in part if one.claims], now)
    rows: dict[str, Row] = {}
    for flagged in part:
        for row in item_rows(flagged, versions, thread_ids):
            rows[row["item_key"]] = row | {"story_id": stories.get(flagged.article_id)}
    stored = _read_stored(connection, part)
    fresh = [row | {"flagged_at": now, "changed_at": now} for key, row in rows.items() if key not in stored]
    changes = {key: _changes(stored[key], row, now) for key, row in rows.items() if key in stored}
    gone = [item for key, item in stored.items() if key not in rows]
    for item_id, row in zip(next_ids(connection, flagged_items, len(fresh)), fresh, strict=True):
        row["id"] = item_id
    insert_rows(connection, flagged_items, fresh)
    update_items(connection, {stored[key]["id"]: change for key, change in changes.items() if change})
    changed = [rows[key] | {"id": stored[key]["id"]} for key, change in changes.items() if change]
    _forget_codes(connection, changed)
    _insert_codes(connection, written := [*fresh, *changed])
    match_items(connection, [row["id"] for row in written])
    recount_steps(connection, {row["step_key"] for row in (*rows.values(), *gone) if row["step_key"]})
    counts = Counter(new=len(fresh), updated=sum(map(bool, changes.values())))
    counts["unchanged"] = len(changes) - counts["updated"]
    return counts + _retire(connection, gone, now)


def item_rows(flagged: Flagged, versions: Versions, thread_ids: dict[str, int]) -> Iterable[Row]:
    """One row of `flagged_items` a claim; the same claim told twice in one sentence gets an ordinal."""
    seen: Counter[str] = Counter()
    for claim, assessment in zip(flagged.claims, flagged.assessments, strict=True):
        row = item_row(flagged.article, claim, assessment, seen)
        row |= {"article_id": flagged.article_id, "thread_id": thread_ids.get(assessment.thread_key or "")}
        yield row | {"engine_version": versions.engine, "lexicon_version": versions.lexicon}


def _read_stored(connection: Connection, part: Sequence[Flagged]) -> dict[str, Row]:
    """Items of any version of these articles, by key, with the version read now and how it differs."""
    now_read = articles.alias("now_read")
    query = (
        select(flagged_items, now_read.c.id.label("now_read_id"), now_read.c.diff)
        .join(articles, articles.c.id == flagged_items.c.article_id)
        .join(now_read, (now_read.c.feed_key == articles.c.feed_key) & (now_read.c.guid == articles.c.guid))
        .where(is_one_of(now_read.c.id, [flagged.article_id for flagged in part], connection))
    )
    return {row["item_key"]: dict(row) for row in connection.execute(query).mappings()}


def _changes(stored: Row, row: Row, now: datetime) -> Row:
    """What of a stored item is no longer so; a reviewed one keeps the claim that was reviewed."""
    names = (*PLACED, *ASSESSED) if stored["review_version"] else (*CLAIMED, *PLACED, *ASSESSED)
    changed = {name: row[name] for name in names if row[name] != stored[name]}
    if stored["review_status"] == ReviewStatus.WITHDRAWN:  # it is back
        changed["review_status"] = str(ReviewStatus.SOURCE_CHANGED if stored["review_version"] else ReviewStatus.NEW)
    return changed | {"changed_at": now} if changed else {}


def update_items(connection: Connection, changes: dict[int, Row]) -> None:
    """Sets columns of items by their id; one statement for all that change the same columns."""
    alike: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for item_id, change in changes.items():
        alike[tuple(sorted(change))].append({f"new_{name}": value for name, value in change.items()} | {"row": item_id})
    for names, rows in alike.items():
        values: Any = {name: bindparam(f"new_{name}", type_=flagged_items.c[name].type) for name in names}
        connection.execute(update(flagged_items).where(flagged_items.c.id == bindparam("row")).values(values), rows)


def write_codes(connection: Connection, items: Collection[Row]) -> None:
    """Makes `item_codes` say what the code lists of these items say; to be called after any change of them."""
    _forget_codes(connection, items)
    _insert_codes(connection, items)


def _forget_codes(connection: Connection, items: Collection[Row]) -> None:
    if items:
        ids = [item["id"] for item in items]
        connection.execute(delete(item_codes).where(is_one_of(item_codes.c.item_id, ids, connection)))


def _insert_codes(connection: Connection, items: Collection[Row]) -> None:
    told = {(role, code[:120], item["id"]) for item in items for role in CODE_ROLES for code in item[role]}
    insert_values(connection, item_codes, ("role", "code", "item_id"), sorted(told))


def _retire(connection: Connection, gone: list[Row], now: datetime) -> Counter[str]:
    """Marks items that their article no longer holds."""
    counts: Counter[str] = Counter()
    for item in gone:
        is_source_changed = item["article_id"] != item["now_read_id"]
        if item["review_status"] in {ReviewStatus.WITHDRAWN, ReviewStatus.SOURCE_CHANGED}:
            continue
        if item["review_version"] and not is_source_changed:
            continue  # only the detector changed its mind; the reviewer's word stands
        status = str(ReviewStatus.SOURCE_CHANGED if item["review_version"] else ReviewStatus.WITHDRAWN)
        change = update(flagged_items).where(flagged_items.c.id == item["id"])
        connection.execute(change.values(review_status=status, source_diff=item["diff"], changed_at=now))
        counts[status] += 1
    return counts
