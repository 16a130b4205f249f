"""Our figures are those of the scorer that comes with the labelled articles."""

import importlib.util
import json
import random
from typing import Any

import pytest

from claimwire.detect.evaluation import evaluate

from .golden import GOLD

ARTICLE = {"id": "a", "title": "EU lifts sanctions", "text": "The EU lifted its sanctions. Iran cheered."}
LABEL = {
    "quote": "lifted its sanctions",
    "category": "sanction",
    "act": "lift",
    "measure": "sanctions",
    "actor": ["EU"],
}
FOUND = {"evidence": "The EU lifted its sanctions.", "category": "sanction", "act": "lift", "measure": "sanctions"}


def _figures(labels: list[dict[str, Any]], found: list[dict[str, Any]]) -> dict[str, dict[str, float]]:
    return evaluate([ARTICLE | {"claims": labels}], {"a": found})


def test_a_claim_counts_where_category_act_and_place_agree() -> None:
    assert _figures([LABEL], [FOUND])["claim"]["f1"] == 1
    assert _figures([LABEL], [FOUND | {"act": "ease"}])["claim"]["f1"] == 0
    assert _figures([LABEL], [FOUND | {"act": "ease"}])["loose"]["f1"] == 1
    assert _figures([LABEL], [FOUND | {"evidence": "Iran cheered."}])["loose"]["f1"] == 0


def test_one_claim_is_not_counted_for_two_labels() -> None:
    figures = _figures([LABEL, LABEL | {"quote": "its sanctions"}], [FOUND])
    assert (figures["claim"]["p"], figures["claim"]["r"]) == (1, 0.5)


def test_nothing_to_find_and_nothing_found_is_no_error() -> None:
    assert _figures([], [])["flag"] == {"p": 0, "r": 0, "f1": 0, "n": 0}


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="labelled articles are not at hand: ../shared/gold is absent")
def test_figures_equal_those_of_the_scorer() -> None:
    spec = importlib.util.spec_from_file_location("score", GOLD / "score.py")
    assert spec
    assert spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = scorer.load(GOLD / "dev.jsonl")
    found = {key: _disturbed(article, random.Random(key)) for key, article in gold.items()}
    theirs = scorer.score(gold, {key: {"claims": claims} for key, claims in found.items()})
    assert evaluate(gold.values(), found) == theirs


def _disturbed(article: dict[str, Any], chance: random.Random) -> list[dict[str, Any]]:
    """The labels, some lost, some with another act, measure or place: predictions that are partly right."""
    claims = []
    for label in article["claims"]:
        act = chance.choice([label["act"], label["act"], "in_force"])
        measure = chance.choice([label["measure"], "other"])
        evidence = chance.choice([label["quote"], label["quote"][3:], article["text"][:80]])
        claims += [label | {"act": act, "measure": measure, "evidence": evidence}] * chance.randint(0, 2)
    return json.loads(json.dumps(claims))
