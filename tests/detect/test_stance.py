"""Stance: asserted, alleged, planned, possible, denied; and who vouches."""

import pytest

from claimwire.detect.frames import find_claims
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.model import Article, Claim, Modality


def first(text: str, language: str = "en") -> Claim:
    claims = find_claims(read_article(Article("a", "", text, language=language), Library()))
    assert claims, text
    return claims[0]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("The European Union imposed sanctions on Belarus on Monday.", Modality.ASSERTED),
        ("The European Union will impose sanctions on Belarus next month.", Modality.PLANNED),
        ("Norway may lift its sanctions on Gambia.", Modality.POSSIBLE),
    ],
)
def test_tense_and_mood_tell_the_stance(text: str, modality: Modality) -> None:
    assert first(text).modality is modality


def test_hearsay_names_who_speaks_and_not_the_actor() -> None:
    claim = first("The United States accused China of violating the sanctions on North Korea.")
    assert claim.attribution in (None, "US")


def test_the_writers_own_word_has_no_attribution() -> None:
    assert first("The European Union imposed sanctions on Belarus.").attribution is None
