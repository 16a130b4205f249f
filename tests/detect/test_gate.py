"""The gate loses nothing, and keeps ordinary news out."""

import json
import time

import pytest

from claimwire.detect.engine import Detector, load_detector
from claimwire.detect.gate import Gate, search_by_automaton

from .golden import GOLD

ORDINARY = [
    "The striker scored twice in the last ten minutes and his side went top of the table.",
    "Der Film lief am Abend im Kino, das Publikum klatschte lange.",
    "Le musée ouvre une exposition de peintres du siècle dernier.",
    "El cantante presentó su nuevo disco ante miles de personas.",
    "Учёные нашли в озере новый вид рыб.",
    "فاز الفريق بالمباراة بهدفين دون مقابل.",
    "这部电影昨晚在电影节上首映。",
]


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.fixture(scope="module")
def automaton(detector: Detector) -> Gate:
    """The gate as it is where hyperscan has no wheel."""
    return Gate(detector.library, search_by_automaton)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_news_is_closed(detector: Detector, text: str) -> None:
    assert detector.is_closed(text)
    assert detector.is_closed(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "SANCTIONS ON IRAN",
        "(quotas)",
        "l’embargo",
        "SANKTIONEN",
        "САНКЦИИ",
        "الجزاءات المفروضة",
        "banned all Russian wheat exports",
        "UN",
        "ONU.",
        "trade\nbarriers",
        "الرسوم الجمركية",
        "فوق حصته في أوبك",
    ],
)
def test_spellings_of_wires_open(detector: Detector, automaton: Gate, text: str) -> None:
    assert not detector.is_closed(text)
    assert not automaton.is_closed(text)


@pytest.mark.parametrize("text", ["un chien", "fun", "the ban was dropped", ""])
def test_near_spellings_stay_closed(detector: Detector, text: str) -> None:
    assert detector.is_closed(text)


def test_broken_text_is_no_error(detector: Detector) -> None:
    assert detector.is_closed("\ud800 lone surrogate")
    assert detector.is_closed(b"\xff\xfe not UTF-8 \x00")


@pytest.mark.gold
@pytest.mark.skipif(not GOLD.exists(), reason="labelled articles are not at hand: ../shared/gold is absent")
@pytest.mark.parametrize("name", ["train", "dev", "arc"])
def test_no_labelled_article_with_a_claim_is_closed(detector: Detector, automaton: Gate, name: str) -> None:
    lost = []
    for line in (GOLD / f"{name}.jsonl").read_bytes().splitlines():
        article = json.loads(line)
        raw = f"{article['title']}\n{article['text']}"
        if (article.get("claims") or article.get("expect")) and (detector.is_closed(raw) or automaton.is_closed(raw)):
            lost.append(article["id"])
    assert not lost


def test_a_closed_article_costs_microseconds(detector: Detector) -> None:
    text = (" ".join(ORDINARY[:4]) * 4)[:1300]
    start = time.perf_counter()
    for _ in range(1000):
        assert detector.is_closed(text)
    assert (time.perf_counter() - start) / 1000 < 200e-6  # some 10 µs where nothing else runs
