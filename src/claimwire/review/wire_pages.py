"""The state of the wires: what each feed last said, and what is wrong with which."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from fastapi.responses import HTMLResponse

from claimwire.review.access import Operator, Reader
from claimwire.review.desk import AtDesk
from claimwire.review.render import page
from claimwire.warehouse.desk_wires import find_fetches, find_wires, poll_now
from claimwire.warehouse.writing import write

router = APIRouter()

FeedKey = Annotated[str, Path(max_length=120)]


@router.get("/wires", include_in_schema=False)
def show_wires(request: Request, desk: AtDesk, reviewer: Reader) -> HTMLResponse:
    """All feeds, the worst first."""
    with desk.reading() as connection:
        found = find_wires(connection, desk.clock())
    counts = {
        "feeds": len(found),
        "quarantined": sum(row["state"] != "active" for row in found),
        "failing": sum(row["failures"] > 0 for row in found),
        "off": sum(not row["is_enabled"] for row in found),
        "new": sum(sum(row["days"]) for row in found),
    }
    return page(request, "wires.html", reviewer, wires=found, counts=counts, now=desk.clock())


@router.get("/wires/{feed_key}", include_in_schema=False)
def show_wire(request: Request, desk: AtDesk, reviewer: Reader, feed_key: FeedKey) -> HTMLResponse:
    """The last fetches of one feed."""
    with desk.reading() as connection:
        found = find_fetches(connection, feed_key.replace("\0", ""))
    return page(request, "wire.html", reviewer, feed_key=feed_key, fetches=found, now=desk.clock())


@router.get("/api/wires", tags=["wires"])
def list_wires(desk: AtDesk, reviewer: Reader) -> dict[str, Any]:
    """Every feed with its state, open findings and new articles a day."""
    del reviewer
    with desk.reading() as connection:
        return {"wires": find_wires(connection, desk.clock())}


@router.post("/api/wires/{feed_key}/poll", tags=["wires"])
def poll(desk: AtDesk, reviewer: Operator, feed_key: FeedKey) -> dict[str, Any]:
    """Makes a feed due now; the next collection fetches it."""
    del reviewer
    now = desk.clock()
    write(desk.engine, lambda connection: poll_now(connection, feed_key.replace("\0", ""), now))
    return {"feed_key": feed_key, "next_poll_at": now}
