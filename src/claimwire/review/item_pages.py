"""The item as a page: evidence first, then everything around it."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import HTMLResponse
from pydantic import StringConstraints

from claimwire.review.access import Reader
from claimwire.review.address import to_query
from claimwire.review.choices import load_choices
from claimwire.review.desk import AtDesk
from claimwire.review.fields import claim_fields
from claimwire.review.marks import ROLES, cut_body
from claimwire.review.render import page
from claimwire.warehouse.decisions import find_standing
from claimwire.warehouse.desk import find_ledger, find_present
from claimwire.warehouse.desk_filter import ItemFilter
from claimwire.warehouse.desk_item import load_item_page
from claimwire.warehouse.desk_queue import Place, find_next, place_of, read_cursor

router = APIRouter(include_in_schema=False)

ItemId = Annotated[int, Path(ge=1, lt=2**63)]


class ItemAddress(ItemFilter):
    """A filter, and the place in the queue from which an item was opened."""

    at: Annotated[str, StringConstraints(max_length=200)] = ""


def _address(found: tuple[int, Place] | None, wanted: ItemFilter) -> str:
    """Where an item is opened, under the desk's root; "" for none."""
    return f"/items/{found[0]}?{to_query(wanted, at=found[1].to_cursor())}" if found else ""


@router.get("/items/{item_id}")
def show_item(
    request: Request, desk: AtDesk, reviewer: Reader, item_id: ItemId, wanted: Annotated[ItemAddress, Query()]
) -> HTMLResponse:
    """One flagged item, ready to be decided; the filter says which one comes next."""
    now = desk.clock()
    with desk.reading() as connection:
        found = load_item_page(connection, item_id)
        item = found.item
        at = read_cursor(wanted.at) if wanted.at else place_of(item, wanted)
        coming = find_next(connection, wanted, item, at)
        reprint_ids = {row["id"] for row in found.reprints}
        after_all = find_next(connection, wanted, item, at, reprint_ids) if reprint_ids else coming
        ledger = find_ledger(connection, item)
        present = find_present(connection, item_id, reviewer.name, now)
    choices = load_choices(desk.data_dir)
    body = cut_body(found.article.get(item["evidence_field"], ""), item, choices.glosses)
    used = {stretch.role for stretch in body.sentence if stretch.role}
    return page(
        request,
        "item.html",
        reviewer,
        found=found,
        item=item,
        fields=claim_fields(item),
        body=body,
        legend={role: name for role, name in ROLES.items() if role in used},
        ledger=ledger,
        present=present,
        standing=find_standing(found.decisions),
        coming=_address(coming, wanted),
        after_all=_address(after_all, wanted),
        query=to_query(wanted),
        choices=choices,
        rules=desk.rules,
        now=now,
    )
