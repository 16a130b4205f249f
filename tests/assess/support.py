"""Claims of our own wording, about caps that are on record."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from claimwire.assess.article import assess_article
from claimwire.assess.assessment import Assessment
from claimwire.assess.known import Known
from claimwire.catalog.registers import load_registers
from claimwire.model import Act, Amount, Article, Category, Claim, Measure, Quantity

TODAY = date(2026, 11, 24)
REF, CRUDE = "UN-DPRK-2397-REF", "UN-DPRK-2397-CRUDE"


def barrels(value: float, comparator: str = "=") -> Quantity:
    """So many barrels."""
    return Quantity(value, "bbl", f"{value:,.0f} barrels", 0, 1, comparator, None, Amount(value, "bbl"))


def a_year(value: float) -> Quantity:
    """So many barrels each year."""
    return Quantity(value, "bbl/year", f"{value:,.0f} barrels a year", 0, 1, "=", None, Amount(value, "bbl/year"))


def tonnes(value: float) -> Quantity:
    """So many tonnes."""
    return Quantity(value, "t", f"{value:,.0f} tonnes", 0, 1, "=", None, Amount(value, "t"))


def breach(**changes: Any) -> Claim:
    """The target has gone over its quota, says a state."""
    fields: dict[str, Any] = {
        "category": Category.TRADE_QUOTA,
        "act": Act.VIOLATE,
        "measure": Measure.QUOTA,
        "evidence": "It has taken in more than it may.",
        "field": "text",
        "start": 50,
        "end": 83,
        "actor": ("KP",),
        "target": ("KP",),
        "commodity": ("refined_petroleum",),
        "attribution": "US",
    }
    return Claim(**fields | changes)


def request(**changes: Any) -> Claim:
    """A state asks the UN to stop the deliveries."""
    fields: dict[str, Any] = {
        "category": Category.UN_REQUEST,
        "act": Act.REQUEST,
        "measure": Measure.EXPORT_BAN,
        "evidence": "It wants the Council to stop them.",
        "field": "text",
        "start": 0,
        "end": 34,
        "actor": ("US",),
        "addressee": ("UN",),
        "target": ("KP",),
        "commodity": ("oil",),
    }
    return Claim(**fields | changes)


def assess(
    *claims: Claim, on: str = "2018-07-13", known: Known | None = None, text: str = "", language: str = "en"
) -> list[Assessment]:
    """The claims of one article of that day."""
    day = datetime.fromisoformat(on).replace(tzinfo=UTC)
    article = Article("1", "", text, language, day, guid="1", feed_key="wire", publisher="The Wire")
    return assess_article(article, claims, load_registers(), known or Known(), TODAY)


def findings(*claims: Claim, on: str = "2018-07-13") -> list[str]:
    """The names of the checks that found something."""
    return [finding.check for one in assess(*claims, on=on) for finding in one.findings]


def keys(assessments: Sequence[Assessment]) -> list[str | None]:
    """The steps."""
    return [one.step_key for one in assessments]
