"""Our own lexicons have no dead phrase and no clash; and each fault is found where it is."""

import pytest

from claimwire.catalog.lexicons import load_lexicons
from claimwire.detect.library import Library
from claimwire.detect.lint import find_untested, lint_lexicon

from .lexica import a_finder


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.mark.parametrize("language", load_lexicons())
def test_a_lexicon_has_no_fault(library: Library, language: str) -> None:
    finder = library.finder(language)
    assert finder is not None
    assert [str(finding) for finding in lint_lexicon(finder)] == []


def test_one_word_may_tell_several_acts_but_only_one_measure() -> None:
    finder = a_finder("concepts: {impose: halt*, suspend: halt*, embargo: stop, tariff: stop}")
    assert [(finding.fault, finding.concept) for finding in lint_lexicon(finder)] == [("clash", "tariff")]


def test_a_phrase_that_its_own_notation_defeats_is_dead() -> None:
    finder = a_finder("concepts: {ban: 'ban * x'}")
    assert [finding.fault for finding in lint_lexicon(finder)] == ["dead"]


def test_untested_phrases_are_those_no_text_holds() -> None:
    finder = a_finder("concepts: {embargo: 'embargo*, boycott'}\nstates: {US: America}")
    untested = find_untested(finder, ["The embargoes hit America."])
    assert [str(finding) for finding in untested] == ["xx.yml: embargo: 'boycott' is in no golden sentence"]
