"""No input breaks the engine, and what it finds is to the letter."""

import time
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimwire.catalog.lexicons import load_lexicons
from claimwire.detect.engine import Detector, load_detector
from claimwire.model import Article

WORDS = (
    *(
        "sanctions",
        "embargo",
        "quota",
        "EU",
        "Iran",
        "the UN",
        "asked",
        "lifted",
        "not",
        "if",
        "50%",
        "制裁",
        "санкции",
    ),
    *("العقوبات", "500,000 barrels", "Thursday", "said", "(", "]", "«", "\n", "\u200f", "\ud800", "l'", "."),
)
SOUP = st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=40).map(" ".join)


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


def _article(text: str, title: str = "", language: str = "") -> Article:
    return Article("1", title, text, language=language, published_at=datetime(2018, 7, 12, tzinfo=UTC))


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(title=SOUP, text=SOUP, language=st.sampled_from(["", "xx", "en-GB", *load_lexicons()]))
def test_any_text_is_read_and_evidence_is_to_the_letter(
    detector: Detector, title: str, text: str, language: str
) -> None:
    article = _article(text, title, language)
    for claim in detector.detect(article):
        assert getattr(article, claim.field)[claim.start : claim.end] == claim.evidence
        assert 0 <= claim.score <= 1
        assert claim.rules


@settings(max_examples=120, deadline=None)
@given(text=SOUP)
def test_what_is_closed_has_no_claim(detector: Detector, text: str) -> None:
    if detector.is_closed(f"\n{text}"):
        assert detector.detect(_article(text)) == []


def test_detection_is_the_same_each_time(detector: Detector) -> None:
    article = _article("The EU extended its sanctions on Iran. Russia called them illegal.", language="en")
    assert detector.detect(article) == detector.detect(article) != []


@pytest.mark.parametrize(
    "text",
    [
        "sanctions " + "(" * 100_000,
        "sanctions" * 10_000,
        "The EU imposed sanctions on Iran, " * 100,
        "制裁俄罗斯" * 600,
        "عقوبات " * 1_500,
        "a\n" * 20_000 + "embargo",
    ],
    ids=["brackets", "one word", "one sentence", "no spaces", "arabic", "lines"],
)
def test_ten_times_the_text_costs_some_ten_times(detector: Detector, text: str) -> None:
    detector.detect(_article(text[:1000]))
    # The least of three of each: what else the machine does only ever adds.
    once, tenfold = (min(_seconds(detector, long) for _ in range(3)) for long in (text, text * 10))
    assert tenfold < 20 * once + 0.2  # a square would be a hundred times


def _seconds(detector: Detector, text: str) -> float:
    start = time.process_time()
    detector.detect(_article(text))
    return time.process_time() - start


def test_versions_name_engine_and_lexicons(detector: Detector) -> None:
    assert detector.engine_version
    assert len(detector.lexicon_version) == 12
    assert load_detector() is detector
