"""Blind readings: an article without any mark of the machine; the reader says what claims it holds."""

from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from pydantic import BaseModel, ConfigDict, Field

from claimwire.model import Act, Category, Measure, Modality
from claimwire.review.access import Decider, Reader
from claimwire.review.choices import load_choices
from claimwire.review.desk import AtDesk
from claimwire.review.fields import Days, Names, Words
from claimwire.review.item_pages import ItemId
from claimwire.review.render import page
from claimwire.text.sentences import split_sentences
from claimwire.warehouse.desk_readings import count_waiting, find_reading, save_reading
from claimwire.warehouse.writing import write

router = APIRouter()

_LONGEST = 60_000  # code points of an article that a person reads


class FoundClaim(BaseModel):
    """One claim that a reader found, as a gold label has it; `quote` is the sentence, to the letter."""

    model_config = ConfigDict(extra="forbid")

    quote: Annotated[str, Field(min_length=1, max_length=4000)]
    category: Category
    act: Act
    measure: Measure = Measure.SANCTIONS
    modality: Modality = Modality.ASSERTED
    actor: Names = []
    addressee: Names = []
    target: Names = []
    commodity: Names = []
    quantity: Words | None = None
    period: Days = None
    event_date: Days = None
    attribution: Words | None = None


class ReadingResult(BaseModel):
    """What a reader found; an empty list says that there is no claim."""

    model_config = ConfigDict(extra="forbid")
    claims: Annotated[list[FoundClaim], Field(max_length=60)]


@router.get("/readings", include_in_schema=False)
def show_next(request: Request, desk: AtDesk, reviewer: Reader) -> HTMLResponse:
    """The next article that waits for a reader."""
    with desk.reading() as connection:
        reading, waiting = find_reading(connection), count_waiting(connection)
    sentences: list[Any] = []
    if reading:
        for name in ("title", "text"):
            sentences += split_sentences(reading[name][:_LONGEST], name, reading["language"])
    return page(
        request,
        "reading.html",
        reviewer,
        reading=reading,
        waiting=waiting,
        sentences=sentences,
        choices=load_choices(desk.data_dir),
    )


@router.post("/api/readings/{reading_id}", status_code=201, tags=["readings"])
def add_reading(desk: AtDesk, reviewer: Decider, reading_id: ItemId, body: ReadingResult) -> dict[str, Any]:
    """Keeps what a reader found in a drawn article; 409 where somebody was faster."""
    claims = body.model_dump(mode="json")["claims"]
    write(desk.engine, lambda c: save_reading(c, reading_id, reviewer.name, claims, desk.clock()))
    return {"reading": reading_id, "claims": len(claims)}
