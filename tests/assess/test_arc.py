"""One matter over seven years, told in several languages: its steps, its cap, the errors of its tellers."""

import json
from datetime import UTC, datetime
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest

from claimwire.assess.article import assess_article
from claimwire.assess.assessment import Assessment
from claimwire.assess.known import Known
from claimwire.catalog.registers import load_registers
from claimwire.detect.engine import load_detector
from claimwire.model import Article

from .support import TODAY

ARC = Path(__file__).parents[3] / "shared" / "gold" / "arc.jsonl"
CAP = "UN-DPRK-2397-REF"

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not ARC.exists(), reason="../shared/gold is not here"),
]


def day_of(row: dict[str, Any]) -> datetime:
    year, month, day = ([int(part) for part in row["published_at"].split("-")] + [1])[:3]
    return datetime(year, month, day, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, Any]]:
    lines = ARC.read_text(encoding="utf-8").splitlines()
    return sorted(map(json.loads, lines), key=lambda row: (day_of(row), row["id"]))


@pytest.fixture(scope="module")
def assessed(rows: list[dict[str, Any]]) -> dict[str, list[Assessment]]:
    known, found = Known(), {}
    for row in rows:
        article = Article(row["id"], row["title"], row["text"], row["lang"], day_of(row), feed_key=row["id"])
        claims = load_detector().detect(article)
        found[row["id"]] = assess_article(article, claims, load_registers(), known, TODAY)
    return found


def test_the_same_step_is_known_across_languages(
    rows: list[dict[str, Any]], assessed: dict[str, list[Assessment]]
) -> None:
    steps = {key: next((one.step_key for one in found if one.is_main), None) for key, found in assessed.items()}
    pairs = [
        (one["step"] == other["step"], steps[one["id"]] is not None and steps[one["id"]] == steps[other["id"]])
        for one, other in combinations(rows, 2)
    ]
    right = sum(gold and told for gold, told in pairs)
    f1 = 2 * right / (sum(gold for gold, _ in pairs) + sum(told for _, told in pairs))
    assert f1 >= 0.85


def test_a_request_and_its_refusal_are_never_one_step(
    rows: list[dict[str, Any]], assessed: dict[str, list[Assessment]]
) -> None:
    steps = {
        step: {one.step_key for row in rows if row["step"] == step for one in assessed[row["id"]] if one.is_main}
        for step in ("E1", "E2")
    }
    assert steps["E1"] & steps["E2"] == set()


def test_the_whole_matter_is_a_few_linked_threads(assessed: dict[str, list[Assessment]]) -> None:
    mains = [one for found in assessed.values() for one in found if one.is_main]
    assert {one.parent_key or one.thread_key for one in mains} == {"KP/sanctions"}


def test_every_article_that_states_the_cap_is_linked_to_it(
    rows: list[dict[str, Any]], assessed: dict[str, list[Assessment]]
) -> None:
    stating = {
        row["id"]
        for row in rows
        if row["published_at"] >= "2018" and any(cap in row["text"] for cap in ("500", "50萬"))
    }
    linked = {key for key, found in assessed.items() if any(one.quota_id == CAP for one in found)}
    assert stating - linked == set()


def test_the_estimate_of_2018_is_152_per_cent(assessed: dict[str, list[Assessment]]) -> None:
    shares = {round(one.share, 2) for found in assessed.values() for one in found if one.share}
    assert 1.52 in shares


def test_errors_give_findings_and_right_articles_none(
    rows: list[dict[str, Any]], assessed: dict[str, list[Assessment]]
) -> None:
    wrong = {row["id"] for row in rows if any(each.startswith("source_error") for each in row["expect"])}
    assert {key for key, found in assessed.items() if any(one.findings for one in found)} == wrong
