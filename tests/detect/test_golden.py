"""The golden sentences of each language, and the labelled articles where they are at hand, against their floors."""

import pytest

from claimwire.catalog.golden import load_golden
from claimwire.commands.evaluate import evaluate_file
from claimwire.detect.engine import Detector, load_detector

from .golden import GOLD, GOLDEN, measure, read_floors

LANGUAGES = load_golden(GOLDEN / "claims")
SLACK = 0.0005  # what is written in the file is rounded


@pytest.fixture(scope="module")
def detector() -> Detector:
    return load_detector()


@pytest.mark.parametrize("language", LANGUAGES)
def test_golden_sentences_stay_above_their_floor(language: str, detector: Detector) -> None:
    figures, failures = measure(detector, language, LANGUAGES[language])
    floors = read_floors()["golden"][language]
    fallen = {name: (figures[name], floor) for name, floor in floors.items() if figures[name] < floor - SLACK}
    assert not fallen, "\n".join(failures)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_lexicon_sees_the_concepts_of_golden_sentences(language: str, detector: Detector) -> None:
    finder = detector.library.finder(language)
    assert finder is not None
    for case in LANGUAGES[language].found:
        seen = {mention.concept for mention in finder.find_all(case.text)}  # also what a longer phrase covers
        assert seen >= set(case.concepts), case.text


def test_every_lexicon_has_golden_sentences_and_a_floor(detector: Detector) -> None:
    assert set(detector.library.lexicons) == set(LANGUAGES) == set(read_floors()["golden"])


@pytest.mark.gold
@pytest.mark.slow
@pytest.mark.skipif(not GOLD.exists(), reason="labelled articles are not at hand: ../shared/gold is absent")
def test_figures_on_labelled_articles_stay_above_their_floor() -> None:
    figures = evaluate_file(GOLD / "dev.jsonl")
    floors = read_floors()["dev"]
    fallen = {
        name: (figures[name].get("f1", figures[name].get("accuracy")), floor)
        for name, floor in floors.items()
        if max(figures[name].get("f1", 0.0), figures[name].get("accuracy", 0.0)) < floor - SLACK
    }
    assert not fallen
