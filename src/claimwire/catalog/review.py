"""`data/review.yml`: why an item is rejected, and which categories need two reviewers."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.model import Category


class Reason(Strict):
    """One reason to reject; `fault` says whether the claim, a field of it, or the text was wrong."""

    label: str
    hint: str
    fault: Literal["claim", "field", "text"]


class ReviewRules(Strict):
    """The whole of `review.yml`; the order of reasons is the order on the desk."""

    source: str
    rejection_reasons: dict[str, Reason] = Field(min_length=8)
    four_eyes: frozenset[Category] = frozenset()


@cache
def load_review(root: Path = DATA) -> ReviewRules:
    """Raises CatalogError where the file is wrong."""
    return load_strict(root / "review.yml", ReviewRules)
