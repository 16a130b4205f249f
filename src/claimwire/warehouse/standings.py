"""Where a request or a draft stands: what the steps of its thread after it say, and which ones wait for an answer.

A thread may be years old and in force; a new request within it is open all the same until somebody answers it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from claimwire.catalog.subscriptions import Subscription
from claimwire.model import Act
from claimwire.warehouse.briefing import DEAD, QUESTIONS, Rows, matching
from claimwire.warehouse.tables import flagged_items, thread_steps
from claimwire.warehouse.writing import in_batches

OPENERS = {act: "asked" if act == Act.REQUEST else "drafted" for act in QUESTIONS}
"""By which stage an act opens a question; items of other acts wait for nothing."""

_ANSWERS = {"held": "on_hold", "refused": "blocked", "adopted": "adopted", "ended": "lifted"}


@dataclass(frozen=True, slots=True)
class Standing:
    """Since when a question is open, and what became of it: open, on_hold, blocked, adopted or lifted."""

    since_on: date
    status: str

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered yet."""
        return self.status in {"open", "on_hold"}


Standings = Mapping[tuple[int, str], Standing]
"""By thread and opening stage."""


def read_standings(connection: Connection, thread_ids: Iterable[int]) -> dict[tuple[int, str], Standing]:
    """The last asking and the last draft of each of these threads, with what followed."""
    steps: dict[int, list[tuple[date, str]]] = {}
    columns = thread_steps.c
    for batch in in_batches(thread_ids):
        query = select(columns.thread_id, columns.first_on, columns.stage).where(columns.thread_id.in_(batch))
        for thread_id, first_on, stage in connection.execute(query.order_by(columns.first_on, columns.id)):
            steps.setdefault(thread_id, []).append((first_on, stage))
    found = {}
    for thread_id, of_thread in steps.items():
        for opener in ("asked", "drafted"):
            if standing := _standing(of_thread, opener):
                found[thread_id, opener] = standing
    return found


def _standing(steps: list[tuple[date, str]], opener: str) -> Standing | None:
    opened = [on for on, stage in steps if stage == opener]
    if not opened:
        return None
    # News of a refusal tells the request again, as of the same day; a measure told that day is what it is about.
    answers = [
        _ANSWERS[stage]
        for on, stage in steps
        if on > opened[-1] or (on == opened[-1] and stage in {"held", "refused"})
        if stage in _ANSWERS
    ]
    return Standing(opened[-1], answers[-1] if answers else "open")


def status_of(row: Any, standings: Standings) -> str:
    """What became of the question that an item tells; empty where it tells none."""
    opener = OPENERS.get(row.act)
    standing = standings.get((row.thread_id, opener)) if opener and row.thread_id is not None else None
    return standing.status if standing else ""


def open_requests(connection: Connection, subscription: Subscription, since: date, limit: int) -> Rows:
    """(standing, item id) of requests made since then that wait for an answer and that the subscriber wants.

    Oldest first; the item is the first that asks.
    """
    columns = flagged_items.c
    asked = select(thread_steps.c.thread_id).where(thread_steps.c.stage == "asked", thread_steps.c.first_on >= since)
    query = (
        select(columns.thread_id, func.min(columns.id))
        .where(columns.act == Act.REQUEST, columns.review_status.not_in(DEAD), columns.thread_id.in_(asked))
        .where(*matching(subscription.filter))
        .group_by(columns.thread_id)
    )
    items: dict[int, int] = dict(tuple(row) for row in connection.execute(query))
    standings = read_standings(connection, items)
    waiting = [
        (standing, items[thread_id])
        for (thread_id, opener), standing in standings.items()
        if opener == "asked" and standing.is_waiting
    ]
    return sorted(waiting, key=lambda each: (each[0].since_on, each[1]))[:limit]
