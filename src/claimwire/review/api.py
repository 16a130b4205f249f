"""The desk as JSON: the same operations for scripts and for the page's own script."""

from collections.abc import Callable
from typing import Annotated, Any, Literal, TypeVar
from uuid import uuid4

from fastapi import APIRouter, Header, Query, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import Connection

from claimwire.errors import RefusedDecision
from claimwire.review.access import Decider, Reader
from claimwire.review.answers import Tag, not_modified
from claimwire.review.desk import AtDesk, Desk
from claimwire.review.fields import Correction, Words
from claimwire.review.item_pages import ItemId
from claimwire.review.queue_pages import QueueAddress, Wanted
from claimwire.warehouse.decisions import Verdict, decide, decide_many, undo, undo_batch
from claimwire.warehouse.desk import note_presence
from claimwire.warehouse.desk_item import find_decisions, find_item
from claimwire.warehouse.desk_queue import COUNT_LIMIT, count_items, find_page
from claimwire.warehouse.writing import write

router = APIRouter(prefix="/api", tags=["items"])

T = TypeVar("T")
Version = Annotated[int, Field(ge=0, lt=2**31)]
RowId = Annotated[int, Field(ge=1, lt=2**63)]


class Judgement(BaseModel):
    """What is decided, apart from on which item."""

    model_config = ConfigDict(extra="forbid")

    action: Literal["confirm", "reject", "correct", "duplicate", "escalate", "note", "assign"]
    reason: str | None = Field(None, description="with reject: a code of `rejection_reasons`")
    note: Words = ""
    changes: Correction | None = Field(None, description="with correct: the fields to set")
    duplicate_of: RowId | None = Field(None, description="with duplicate: the item that it repeats")
    assignee: Annotated[str, Field(max_length=120)] | None = Field(None, description="with assign; null frees it")

    @model_validator(mode="after")
    def _whole(self) -> "Judgement":
        wanted = {"reject": self.reason, "correct": self.changes, "duplicate": self.duplicate_of, "note": self.note}
        if self.action in wanted and not wanted[self.action]:
            missing = {"reject": "reason", "correct": "changes", "duplicate": "duplicate_of", "note": "note"}
            raise ValueError(f"{self.action} needs {missing[self.action]}")
        if self.assignee and "\0" in self.assignee:
            raise ValueError("no null characters")
        return self

    def on(self, item_id: int, version: int, reviewer: str, batch_key: str | None = None) -> Verdict:
        """The verdict on one item."""
        changes = self.changes.to_columns() if self.changes else {}
        return Verdict(
            item_id=item_id,
            version=version,
            action=self.action,
            reviewer=reviewer,
            reason=self.reason if self.action == "reject" else None,
            note=self.note,
            changes=changes,
            duplicate_of=self.duplicate_of,
            assignee=self.assignee,
            batch_key=batch_key,
        )


class NewDecision(Judgement):
    """One decision; `version` is the item's `review_version` as the reviewer saw it."""

    version: Version


class Chosen(BaseModel):
    """One item of a selection."""

    model_config = ConfigDict(extra="forbid")
    id: RowId
    version: Version


class Bulk(BaseModel):
    """One decision on a selection."""

    model_config = ConfigDict(extra="forbid")
    items: Annotated[list[Chosen], Field(min_length=1, max_length=500)]
    decision: Judgement


class PageAddress(QueueAddress):
    """A filter, the cursor of a page, and how many items it holds."""

    limit: Annotated[int, Field(ge=1, le=500)] = 50


@router.get("/items")
def list_items(desk: AtDesk, reviewer: Reader, wanted: Annotated[PageAddress, Query()]) -> dict[str, Any]:
    """Flagged items, best first; `next` is the cursor of the next page, null on the last."""
    del reviewer
    with desk.reading() as connection:
        found = find_page(connection, wanted, wanted.after, wanted.limit)
    return {"items": found.rows, "next": found.cursor or None}


@router.get("/items/count")
def count(desk: AtDesk, reviewer: Reader, wanted: Wanted) -> dict[str, Any]:
    """How many items a filter lets through; counting stops at `limit`, and then `is_more`."""
    del reviewer
    with desk.reading() as connection:
        found = count_items(connection, wanted)
    return {"count": min(found, COUNT_LIMIT), "is_more": found > COUNT_LIMIT, "limit": COUNT_LIMIT}


@router.get("/items/{item_id}", responses={304: {"description": "not changed since"}})
def read_item(
    desk: AtDesk, reviewer: Reader, response: Response, item_id: ItemId, if_none_match: Annotated[str, Header()] = ""
) -> Any:
    """One item with every field; its ETag changes with every decision and every new reading."""
    del reviewer
    with desk.reading() as connection:
        item = find_item(connection, item_id)
    tag = Tag.of(item_id, item["review_version"], item["changed_at"])
    if tag.is_among(if_none_match):
        return not_modified(tag)
    response.headers["ETag"] = tag.text
    return item


@router.get("/items/{item_id}/decisions")
def list_decisions(desk: AtDesk, reviewer: Reader, item_id: ItemId) -> dict[str, Any]:
    """What reviewers said of an item, newest first."""
    del reviewer
    with desk.reading() as connection:
        find_item(connection, item_id)
        return {"decisions": find_decisions(connection, item_id)}


@router.post("/items/{item_id}/decisions", status_code=201, responses={409: {"description": "decided meanwhile"}})
def add_decision(desk: AtDesk, reviewer: Decider, item_id: ItemId, body: NewDecision) -> dict[str, Any]:
    """Decides one item. 409 where somebody decided since `version`: the answer holds the item as it is now."""
    _check_reason(desk, body)
    verdict = body.on(item_id, body.version, reviewer.name)
    decision = _write(desk, lambda connection: decide(connection, verdict, desk.rules.four_eyes, desk.clock()))
    return {"decision": decision}


@router.post("/decisions/bulk", status_code=201)
def add_decisions(desk: AtDesk, reviewer: Decider, body: Bulk) -> dict[str, Any]:
    """One decision on each item of a selection; those that moved on meanwhile are in `refused`, untouched."""
    _check_reason(desk, body.decision)
    batch_key = uuid4().hex
    verdicts = [body.decision.on(chosen.id, chosen.version, reviewer.name, batch_key) for chosen in body.items]
    taken, refused = _write(desk, lambda c: decide_many(c, verdicts, desk.rules.four_eyes, desk.clock()))
    return {"batch_key": batch_key, "decisions": taken, "refused": refused}


@router.post("/decisions/{decision_id}/undo", status_code=201, responses={409: {"description": "not the last one"}})
def undo_decision(desk: AtDesk, reviewer: Decider, decision_id: ItemId) -> dict[str, Any]:
    """Takes back a decision, which must be the last of its item that stands."""
    return {"decision": _write(desk, lambda c: undo(c, decision_id, reviewer.name, desk.clock()))}


@router.post("/batches/{batch_key}/undo", status_code=201)
def undo_decisions(desk: AtDesk, reviewer: Decider, batch_key: str) -> dict[str, Any]:
    """Takes back every decision of a batch that still stands last on its item."""
    taken, refused = _write(desk, lambda c: undo_batch(c, batch_key, reviewer.name, desk.clock()))
    return {"decisions": taken, "refused": refused}


@router.post("/items/{item_id}/presence")
def be_present(desk: AtDesk, reviewer: Decider, item_id: ItemId) -> dict[str, Any]:
    """Says that the reviewer has the item open; gives who else has, and the item's version."""
    others = _write(desk, lambda c: note_presence(c, item_id, reviewer.name, desk.clock()))
    with desk.reading() as connection:
        return {"others": others, "version": find_item(connection, item_id)["review_version"]}


def _check_reason(desk: Desk, judgement: Judgement) -> None:
    if judgement.action == "reject" and judgement.reason not in desk.rules.rejection_reasons:
        raise RefusedDecision(f"{judgement.reason!r} is no reason; see data/review.yml")


def _write(desk: Desk, work: Callable[[Connection], T]) -> T:
    return write(desk.engine, work)
