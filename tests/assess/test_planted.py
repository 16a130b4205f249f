"""Errors planted in sentences of our own, read and assessed as any article is."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimwire.assess.article import assess_article
from claimwire.assess.known import Known
from claimwire.catalog.registers import load_registers
from claimwire.detect.engine import load_detector
from claimwire.model import Article

from .support import TODAY

TOLD = yaml.safe_load((Path(__file__).parents[1] / "golden" / "planted.yml").read_text(encoding="utf-8"))
PLANTED = [each for each in TOLD if each["finds"]]
RIGHT = [each for each in TOLD if not each["finds"]]
MAY_MISS = 2  # a check cannot say more of a sentence than detection reads in it


def found_in(told: dict[str, Any]) -> set[str]:
    day = datetime(told["day"].year, told["day"].month, told["day"].day, 12, tzinfo=UTC)
    article = Article("1", told["title"], told["text"], told["language"], day, feed_key="wire", publisher="The Wire")
    claims = load_detector().detect(article)
    assessed = assess_article(article, claims, load_registers(), Known(), TODAY)
    return {finding.check for one in assessed for finding in one.findings}


def test_planted_errors_are_found() -> None:
    missed = [told["text"] for told in PLANTED if told["finds"] not in found_in(told)]
    assert len(missed) <= MAY_MISS, missed


@pytest.mark.parametrize("told", RIGHT, ids=lambda told: told["text"][:40])
def test_right_sentences_are_left_alone(told: dict[str, Any]) -> None:
    assert found_in(told) == set()
