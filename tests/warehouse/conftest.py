"""Articles and claims of our own wording."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Engine

from claimwire.model import Act, Article, Category, Claim, Measure
from claimwire.warehouse.tables import feeds

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)

TEXT = "Freedonia asked the Security Council to stop fuel exports to Sylvania. A cap was broken, it said."


def an_article(guid: str = "a1", **changes: Any) -> Article:
    fields: dict[str, Any] = {
        "id": "",
        "title": "Freedonia turns to the Council",
        "text": TEXT,
        "language": "en",
        "published_at": NOON,
        "guid": guid,
        "url": f"https://wire.example/{guid}",
        "feed_key": "wire",
        "publisher": "The Wire",
    }
    return Article(**fields | changes)


def a_claim(evidence: str = "A cap was broken, it said.", **changes: Any) -> Claim:
    start = TEXT.find(evidence)
    fields: dict[str, Any] = {
        "category": Category.TRADE_QUOTA,
        "act": Act.VIOLATE,
        "measure": Measure.QUOTA,
        "evidence": evidence,
        "field": "text",
        "start": max(start, 0),
        "end": max(start, 0) + len(evidence),
        "target": ("KP",),
        "commodity": ("refined_petroleum",),
        "score": 0.9,
    }
    return Claim(**fields | changes)


@pytest.fixture
def wired(warehouse: Engine) -> Engine:
    """A warehouse that knows the feeds of the tests."""
    with warehouse.begin() as connection:
        rows = [
            {"feed_key": key, "publisher": key.title(), "url": f"https://{key}.example/rss"}
            for key in ("wire", "daily")
        ]
        connection.execute(feeds.insert(), rows)
    return warehouse


Make = Callable[..., Any]
