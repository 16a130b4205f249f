"""The matter of seven years once more, as it comes in: in no order, and joined anew at night."""

import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from claimwire.catalog.registers import load_registers
from claimwire.detect.engine import load_detector
from claimwire.model import Article, Claim
from claimwire.warehouse.articles import Versions, load_articles, read_unread
from claimwire.warehouse.assessing import Detected, assess_articles
from claimwire.warehouse.items import load_items
from claimwire.warehouse.reassessing import reassess_items
from claimwire.warehouse.tables import articles, feeds, flagged_items
from claimwire.warehouse.writing import in_batches

ARC = Path(__file__).parents[3] / "shared" / "gold" / "arc.jsonl"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEAST = 0.85
A_RUN = 5  # articles that one collection brings

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not ARC.exists(), reason="../shared/gold is not here"),
]

Read = list[tuple[Article, tuple[Claim, ...]]]


@pytest.fixture(scope="module")
def rows() -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in map(json.loads, ARC.read_text(encoding="utf-8").splitlines())}


@pytest.fixture(scope="module")
def read(rows: dict[str, dict[str, Any]]) -> Read:
    told = [
        Article("", row["title"], row["text"], row["lang"], day_of(row), guid=key, feed_key="wire", publisher=key)
        for key, row in sorted(rows.items())
    ]
    return [(article, tuple(load_detector().detect(article))) for article in told]


def day_of(row: dict[str, Any]) -> datetime:
    year, month, day = ([int(part) for part in row["published_at"].split("-")] + [1])[:3]
    return datetime(year, month, day, 12, tzinfo=UTC)


def collect(engine: Engine, arrived: Read) -> None:
    """One run: loads, assesses against what is there, stores."""
    claims = {article.guid: found for article, found in arrived}
    with engine.begin() as connection:
        load_articles(connection, [article for article, _ in arrived], NOW)
        detected = [
            Detected(row, article, claims[article.guid])
            for row, article in read_unread(connection, NOW)
            if article.guid in claims
        ]
        load_items(connection, assess_articles(connection, detected, load_registers(), NOW), Versions("1", "1"), NOW)


def steps_of(engine: Engine) -> dict[str, str | None]:
    """The step that each article's main claim tells, by the article's name."""
    query = select(articles.c.guid, flagged_items.c.step_key).join(flagged_items).where(flagged_items.c.is_main)
    with engine.connect() as connection:
        return dict(tuple(row) for row in connection.execute(query))


def pairwise_f1(rows: dict[str, dict[str, Any]], steps: dict[str, str | None]) -> float:
    """Of pairs of articles that tell one step."""
    right = told = gold = 0
    for one, other in combinations(rows, 2):
        is_one = rows[one]["step"] == rows[other]["step"]
        is_joined = steps.get(one) is not None and steps.get(one) == steps.get(other)
        right, told, gold = right + (is_one and is_joined), told + is_joined, gold + is_one
    return 2 * right / (told + gold)


def shuffled(read: Read, seed: int) -> Iterator[Read]:
    order = list(read)
    random.Random(seed).shuffle(order)
    return in_batches(order, A_RUN)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_steps_are_joined_whatever_the_order_of_arrival(
    warehouse: Engine, rows: dict[str, dict[str, Any]], read: Read, seed: int
) -> None:
    with warehouse.begin() as connection:
        connection.execute(feeds.insert().values(feed_key="wire", publisher="The Wire", url="https://wire.example/rss"))
    for arrived in shuffled(read, seed):
        collect(warehouse, arrived)
    reassess_items(warehouse, load_registers(), NOW, since=min(map(day_of, rows.values())))
    assert pairwise_f1(rows, steps_of(warehouse)) >= LEAST
