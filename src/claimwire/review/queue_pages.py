"""The queue as pages, and the counts that its filter panel fetches."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import StringConstraints

from claimwire.review.access import Reader
from claimwire.review.address import chips, to_query
from claimwire.review.choices import load_choices
from claimwire.review.desk import AtDesk
from claimwire.review.render import page
from claimwire.warehouse.desk import find_saved
from claimwire.warehouse.desk_filter import ItemFilter
from claimwire.warehouse.desk_queue import COUNT_LIMIT, find_page, find_siblings, place_of

router = APIRouter(include_in_schema=False)

Wanted = Annotated[ItemFilter, Query()]


class QueueAddress(ItemFilter):
    """A filter and the cursor of a page."""

    after: Annotated[str, StringConstraints(max_length=200)] = ""


@router.get("/")
def show_queue(
    request: Request, desk: AtDesk, reviewer: Reader, wanted: Annotated[QueueAddress, Query()]
) -> HTMLResponse:
    """Flagged items by priority, with why."""
    with desk.reading() as connection:
        found = find_page(connection, wanted, wanted.after)
        siblings = find_siblings(connection, wanted, found.rows)
        saved = find_saved(connection)
    values: dict[str, Any] = {
        "rows": found.rows,
        "siblings": siblings,
        "opened": {row["id"]: to_query(wanted, at=place_of(row, wanted).to_cursor()) for row in found.rows},
        "saved": saved,
        "wanted": wanted,
        "query": to_query(wanted),
        "chips": chips(wanted),
        "next_query": to_query(wanted, after=found.cursor) if found.cursor else "",
        "is_first": not wanted.after,
        "choices": load_choices(desk.data_dir),
        "rules": desk.rules,
        "now": desk.clock(),
        "count_limit": COUNT_LIMIT,
    }
    return page(request, "queue.html", reviewer, to_query=to_query, **values)
