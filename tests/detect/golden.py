"""What share of the golden sentences is right, and the floors below which it must not fall."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from claimwire.catalog.golden import Expected, Golden
from claimwire.detect.engine import Detector
from claimwire.model import Article, Claim

GOLDEN = Path(__file__).parent.parent / "golden"
GOLD = Path(__file__).parents[3] / "shared" / "gold"


def read_floors() -> dict[str, dict[str, Any]]:
    """`floors.yml`: what each figure reached when it was last raised."""
    floors: dict[str, dict[str, Any]] = yaml.safe_load((GOLDEN / "floors.yml").read_text(encoding="utf-8"))
    return floors


def detect_in(detector: Detector, language: str, text: str, title: str = "", date: str | None = None) -> list[Claim]:
    published_at = datetime.fromisoformat(date).replace(tzinfo=UTC) if date else None
    return detector.detect(Article("golden", title, text, language=language, published_at=published_at))


def measure(detector: Detector, language: str, golden: Golden) -> tuple[dict[str, float], list[str]]:
    """The shares that have floors, and a line for each failure.

    open         sentences with a claim at which the gate is open
    found        stated claims of which category and act are found
    told         stated claims of which all that is stated is found
    passed_over  sentences rightly passed over
    """
    failures, opened, found, told, stated, passed = [], 0, 0, 0, 0, 0
    for case in golden.found:
        claims = detect_in(detector, language, case.text, case.title, case.date)
        opened += not detector.is_closed(f"{case.title}\n{case.text}")
        for expected in case.claims:
            best = max((_likeness(expected, claim) for claim in claims), default=0.0)
            stated, found, told = stated + 1, found + (best > 0), told + (best == 1)
            failures += [] if best == 1 else [f"{expected.stated()} in {case.text!r}; found {_told(claims)}"]
    for over in golden.passed_over:
        claims = detect_in(detector, language, over.text, over.title)
        passed += not claims
        failures += [f"found, though {over.because}: {_told(claims)} in {over.text!r}"] if claims else []
    shares = {
        "open": opened / max(1, len(golden.found)),
        "found": found / max(1, stated),
        "told": told / max(1, stated),
        "passed_over": passed / max(1, len(golden.passed_over)),
    }
    return shares, failures


def _likeness(expected: Expected, claim: Claim) -> float:
    """Share of what is stated that the claim has; 0 where category or act differ."""
    stated = expected.stated()
    if (claim.category, claim.act) != (stated["category"], stated["act"]):
        return 0.0
    return sum(getattr(claim, name) == value for name, value in stated.items()) / len(stated)


def _told(claims: list[Claim]) -> list[tuple[str, ...]]:
    return [(c.category, c.act, c.measure, "+".join(c.actor), "+".join(c.target), c.modality) for c in claims]
