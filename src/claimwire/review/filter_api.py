"""Saved filters of the queue."""

from typing import Annotated, Any
from urllib.parse import parse_qs

from fastapi import APIRouter
from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from claimwire.review.access import Decider, Reader
from claimwire.review.address import to_query
from claimwire.review.desk import AtDesk
from claimwire.review.fields import Words
from claimwire.review.item_pages import ItemId as FilterId
from claimwire.warehouse.desk import drop_filter, find_saved, save_filter
from claimwire.warehouse.desk_filter import ItemFilter
from claimwire.warehouse.writing import write

router = APIRouter(prefix="/api/filters", tags=["filters"])


def _as_ours(query: str) -> str:
    """Only what a filter can say is kept, so that nothing else can hide in a link that a colleague clicks."""
    several = parse_qs(query.removeprefix("?"), max_num_fields=300)
    known = {name: values for name, values in several.items() if name in ItemFilter.model_fields}
    plain = {name: values if _takes_several(name) else values[-1] for name, values in known.items()}
    return to_query(ItemFilter.model_validate(plain))


def _takes_several(name: str) -> bool:
    return isinstance(ItemFilter.model_fields[name].default, tuple)


class NewFilter(BaseModel):
    """A filter as it stands in the queue's address, and its name."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[Words, StringConstraints(min_length=1, max_length=80)]
    query: Annotated[str, StringConstraints(max_length=4000), AfterValidator(_as_ours)]


@router.get("")
def list_filters(desk: AtDesk, reviewer: Reader) -> dict[str, Any]:
    """Everybody's saved filters."""
    del reviewer
    with desk.reading() as connection:
        return {"filters": find_saved(connection)}


@router.post("", status_code=201)
def add_filter(desk: AtDesk, reviewer: Decider, body: NewFilter) -> dict[str, Any]:
    """Saves a filter; the same name again replaces it."""
    write(desk.engine, lambda c: save_filter(c, reviewer.name, body.name, body.query, desk.clock()))
    return {"name": body.name, "query": body.query}


@router.delete("/{filter_id}", status_code=204)
def forget_filter(desk: AtDesk, reviewer: Decider, filter_id: FilterId) -> None:
    """Forgets one of the reviewer's own filters."""
    write(desk.engine, lambda c: drop_filter(c, filter_id, reviewer.name))
