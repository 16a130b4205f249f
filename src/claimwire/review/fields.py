"""The fields of a claim on the desk: how each is shown, chosen and read back."""

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from claimwire.assess.spans import span_of
from claimwire.model import Act, Category, Measure, Modality
from claimwire.review.shown import span

_ROLES = ("actor", "addressee", "target", "commodity")
_SPANS = {"period": ("period_from", "period_to"), "event_date": ("event_from", "event_to")}

LABELS = {
    "category": "category",
    "act": "act",
    "measure": "measure",
    "actor": "who",
    "addressee": "asks whom",
    "target": "against whom",
    "asked": "asked for",
    "commodity": "goods",
    "quantity": "how much",
    "period": "for when",
    "event_date": "when",
    "modality": "modality",
    "attribution": "says who",
}


def _is_span(text: str | None) -> str | None:
    if text and span_of(text) is None:
        raise ValueError("write a date as 2018, 2018-07, 2018-07-12 or 2017-10/2017-12")
    return text or None


def _no_nulls(text: str) -> str:
    if "\0" in text:
        raise ValueError("no null characters")
    return text


Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_no_nulls)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=500), AfterValidator(_no_nulls)]
Names = Annotated[list[Name], Field(max_length=40)]
Days = Annotated[str | None, Field(max_length=21), AfterValidator(_is_span)]


class Correction(BaseModel):
    """The fields that a reviewer sets; those left out stay as they are. Null empties a field that may be empty."""

    model_config = ConfigDict(extra="forbid")

    category: Category = Category.SANCTION
    act: Act = Act.IN_FORCE
    measure: Measure = Measure.SANCTIONS
    actor: Names = []
    addressee: Names = []
    target: Names = []
    commodity: Names = []
    asked: Words | None = None
    quantity: Words | None = None
    period: Days = None
    event_date: Days = None
    modality: Modality = Modality.ASSERTED
    attribution: Words | None = None

    def to_columns(self) -> dict[str, Any]:
        """Columns of `flagged_items` and their new values, only those that were set."""
        columns: dict[str, Any] = {}
        for name, value in self.model_dump(mode="json", exclude_unset=True).items():
            if name in _SPANS:
                days = span_of(value)
                columns |= dict(zip(_SPANS[name], (days and days.first, days and days.last), strict=True))
            else:
                columns[name] = value if name in _ROLES else value or None
        return columns


@dataclass(frozen=True, slots=True)
class ClaimField:
    """One field as the page shows it; `machine` is what the machine had said where a human corrected it."""

    name: str
    value: Any  # a text, or a list of codes
    machine: Any
    is_corrected: bool

    @property
    def label(self) -> str:
        """The field's name in words."""
        return LABELS[self.name]


def claim_fields(item: dict[str, Any]) -> list[ClaimField]:
    """All fields of the claim, in the order of LABELS."""
    machine = item["machine"] or {}
    found = []
    for name in LABELS:
        columns = _SPANS.get(name, (name,))
        is_corrected = any(column in machine for column in columns)
        was = {column: machine.get(column, item[column]) for column in columns}
        found.append(ClaimField(name, _value(name, item), _value(name, was) if is_corrected else None, is_corrected))
    return found


def _value(name: str, row: dict[str, Any]) -> Any:
    if name not in _SPANS:
        return row[name] if row[name] is not None else ""
    first, last = (row[column] for column in _SPANS[name])
    return span(_day(first), _day(last))


def _day(value: Any) -> Any:
    days = span_of(value) if isinstance(value, str) else None
    return days.first if days else value
