"""Threads and their steps: one matter over time, whoever tells it and in whatever language."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Select, bindparam, distinct, func, select, true, update

from claimwire.assess.assessment import Assessment
from claimwire.assess.stages import CLOSED, in_order, open_since, status_after
from claimwire.warehouse.bulk import update_pairs, update_rows
from claimwire.warehouse.members import is_one_of
from claimwire.warehouse.tables import flagged_items, stories, thread_steps, threads
from claimwire.warehouse.writing import Row, add_new, in_batches

if TYPE_CHECKING:
    from claimwire.warehouse.items import Flagged


@dataclass(frozen=True, slots=True)
class _Telling:
    """One assessment that names a thread, who told it and when."""

    assessment: Assessment
    publisher: str
    told_at: datetime

    @property
    def on(self) -> date:
        happened = self.assessment.happened
        return happened.first if happened else self.told_at.date()


def join_threads(connection: Connection, part: "Sequence[Flagged]", now: datetime) -> dict[str, int]:
    """Makes the threads and steps that these assessments name; gives the id of each thread by its key."""
    told = [
        _Telling(assessment, flagged.article.publisher, flagged.article.published_at or now)
        for flagged in part
        for assessment in flagged.assessments
        if assessment.thread_key
    ]
    if not told:
        return {}
    ids = _make_threads(connection, told)
    changed = _make_steps(connection, [one for one in told if one.assessment.step_key], ids)
    _settle(connection, changed)
    return ids


def _make_threads(connection: Connection, told: Sequence[_Telling]) -> dict[str, int]:
    rows: dict[str, Row] = {}
    for one in sorted(told, key=lambda one: one.told_at):
        assessment = one.assessment
        row: Row = {
            "thread_key": assessment.thread_key,
            "title": assessment.thread_title,
            "quota_id": assessment.quota_id,
        }
        row |= {"status": "open", "opened_at": one.told_at, "changed_at": one.told_at}
        rows.setdefault(str(assessment.thread_key), row)
        if assessment.parent_key:
            wider = row | {"thread_key": assessment.parent_key, "title": assessment.parent_title, "quota_id": None}
            rows.setdefault(assessment.parent_key, wider)
    ids = _read_ids(connection, rows)
    if missing := [row for key, row in rows.items() if key not in ids]:
        add_new(connection, threads, missing)
        ids = _read_ids(connection, rows)
        parents = {one.assessment.thread_key: one.assessment.parent_key for one in told if one.assessment.parent_key}
        linked = [{"row": ids[str(key)], "parent": ids[parent]} for key, parent in parents.items()]
        if linked:
            statement = update(threads).where(threads.c.id == bindparam("row"), threads.c.parent_id.is_(None))
            connection.execute(statement.values(parent_id=bindparam("parent")), linked)
    return ids


def _read_ids(connection: Connection, keys: Collection[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for batch in in_batches(keys):
        is_asked = is_one_of(threads.c.thread_key, batch, connection)
        query = select(threads.c.thread_key, threads.c.id).where(is_asked)
        found |= {row.thread_key: row.id for row in connection.execute(query)}
    return found


def _make_steps(connection: Connection, told: Sequence[_Telling], ids: dict[str, int]) -> set[int]:
    """Adds the steps that are new and widens the others; gives the threads that got one or the other."""
    rows: dict[str, Row] = {}
    for one in sorted(told, key=lambda one: one.told_at):
        key, on = str(one.assessment.step_key), one.on
        row = rows.setdefault(
            key,
            {
                "step_key": key,
                "thread_id": ids[str(one.assessment.thread_key)],
                "stage": one.assessment.stage,
                "first_on": on,
                "last_on": on,
                "first_publisher": one.publisher,
                "first_told_at": one.told_at,
                "origins": 1,
                "actors": [],
            },
        )
        row["actors"] = sorted({*row["actors"], *one.assessment.actors})
        row["first_on"], row["last_on"] = min(row["first_on"], on), max(row["last_on"], on)
    stored = _read_steps(connection, rows)
    add_new(connection, thread_steps, [row for key, row in rows.items() if key not in stored])
    wider = [change for key, step in stored.items() if (change := _widened(step, rows[key]))]
    update_rows(connection, thread_steps.c.step_key, wider)
    touched = {*(rows.keys() - stored.keys()), *(change["step_key"] for change in wider)}
    return {rows[key]["thread_id"] for key in touched}


def _read_steps(connection: Connection, keys: Collection[str]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for batch in in_batches(keys):
        query = select(thread_steps).where(is_one_of(thread_steps.c.step_key, batch, connection))
        found |= {row["step_key"]: dict(row) for row in connection.execute(query).mappings()}
    return found


def _widened(step: Row, row: Row) -> Row | None:
    """What of a stored step a new telling changes: its days, and who told it first."""
    first = min(step, row, key=lambda told: told["first_told_at"])
    new = {
        "step_key": step["step_key"],
        "first_on": min(step["first_on"], row["first_on"]),
        "last_on": max(step["last_on"], row["last_on"]),
        "first_publisher": first["first_publisher"],
        "first_told_at": first["first_told_at"],
        "actors": sorted({*step["actors"], *row["actors"]}),
    }
    return None if all(step[name] == value for name, value in new.items()) else new


def _settle(connection: Connection, thread_ids: Collection[int]) -> None:
    """Sets the status and times of threads from their last steps, in whatever order these came in."""
    for batch in in_batches(thread_ids):
        steps: dict[int, list[Any]] = {}
        for row in connection.execute(_last_steps(batch, connection)):
            steps.setdefault(row.thread_id, []).append(row)
        settled = [{"id": thread_id} | _standing(of_thread) for thread_id, of_thread in steps.items()]
        update_rows(connection, threads.c.id, settled)


_LAST_STEPS = 40  # where a thread stands does not depend on what was long ago, and some have thousands


def _last_steps(thread_ids: Collection[int], connection: Connection) -> Select[Any]:
    """The last steps of each thread, in order, with its first day; each sought in the index, none read for nothing."""
    c, of_thread = thread_steps.c, thread_steps.alias("of_thread")
    opened_on = select(func.min(of_thread.c.first_on)).where(of_thread.c.thread_id == threads.c.id)
    wanted = (
        select(threads.c.id.label("thread_id"), threads.c.expired_on, opened_on.scalar_subquery().label("opened_on"))
        .where(is_one_of(threads.c.id, thread_ids, connection))
        .offset(0)  # else PostgreSQL asks for the first day with each step again
        .subquery("wanted")
    )
    newest = (of_thread.c.first_on.desc(), of_thread.c.id.desc())
    last = select(of_thread).where(of_thread.c.thread_id == wanted.c.thread_id).order_by(*newest).limit(_LAST_STEPS)
    if connection.dialect.name == "postgresql":
        step = last.lateral("step")
        query = select(wanted, step.c.stage, step.c.first_on, step.c.last_on).select_from(wanted.join(step, true()))
        return query.order_by(wanted.c.thread_id, step.c.first_on, step.c.id)
    is_last = c.id.in_(last.with_only_columns(of_thread.c.id).correlate(wanted))
    query = select(wanted, c.stage, c.first_on, c.last_on).select_from(wanted.join(thread_steps, is_last))
    return query.order_by(wanted.c.thread_id, c.first_on, c.id)


def _standing(steps: list[Any]) -> Row:
    expired_on = steps[0].expired_on
    told = in_order([(step.first_on, step.stage) for step in steps] + ([(expired_on, "lapsed")] if expired_on else []))
    status = status_after(stage for _, stage in told)
    changed_at = _at(max(step.last_on for step in steps))
    return {
        "status": status,
        "opened_at": _at(steps[0].opened_on),
        "changed_at": changed_at,
        "closed_at": changed_at if status in CLOSED else None,
        "open_since_on": open_since(told),
    }


def _at(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def recount_steps(connection: Connection, step_keys: Collection[str]) -> None:
    """Counts the independent origins of steps anew, on the steps and on all their items."""
    if not step_keys:
        return
    c = flagged_items.c
    origin = func.coalesce(func.nullif(stories.c.origin, ""), c.publisher)
    query = (
        select(c.step_key, func.count(distinct(origin)).label("origins"))
        .select_from(flagged_items.outerjoin(stories))
        .where(is_one_of(c.step_key, step_keys, connection))
        .group_by(c.step_key)
    )
    counted = [(row.step_key, row.origins) for row in connection.execute(query)]
    for table in (thread_steps, flagged_items):
        update_pairs(connection, table.c.step_key, table.c.origins, counted)
