"""The item as a page: evidence first, then everything around it."""

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from claimwire.review.access import Reader
from claimwire.review.address import to_query
from claimwire.review.choices import load_choices
from claimwire.review.desk import AtDesk
from claimwire.review.fields import claim_fields
from claimwire.review.marks import ROLES, cut_body
from claimwire.review.queue_pages import Wanted
from claimwire.review.render import page
from claimwire.warehouse.decisions import find_standing
from claimwire.warehouse.desk import find_ledger, find_present
from claimwire.warehouse.desk_item import load_item_page
from claimwire.warehouse.desk_queue import find_next

router = APIRouter(include_in_schema=False)

ItemId = Annotated[int, Path(ge=1, lt=2**63)]


@router.get("/items/{item_id}")
def show_item(request: Request, desk: AtDesk, reviewer: Reader, item_id: ItemId, wanted: Wanted) -> HTMLResponse:
    """One flagged item, ready to be decided; the filter says which one comes next."""
    now = desk.clock()
    with desk.reading() as connection:
        found = load_item_page(connection, item_id)
        item = found.item
        next_id = find_next(connection, wanted, item)
        reprint_ids = {row["id"] for row in found.reprints}
        after_id = find_next(connection, wanted, item, reprint_ids) if reprint_ids else next_id
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
        next_id=next_id,
        after_id=after_id,
        query=to_query(wanted),
        choices=choices,
        rules=desk.rules,
        now=now,
    )
