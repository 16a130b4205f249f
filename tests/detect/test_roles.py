"""Roles: who does it, who is asked, whom it hits."""

import pytest

from claimwire.detect.context import Context
from claimwire.detect.frames import find_claims
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.detect.reference import resolve_references
from claimwire.detect.roles import find_parties
from claimwire.model import Article, Claim


def read(text: str, language: str) -> Context:
    return resolve_references(read_article(Article("a", "", text, language=language), Library()))


def first(text: str, language: str) -> Claim:
    claims = find_claims(read(text, language))
    assert claims, text
    return claims[0]


@pytest.mark.parametrize(
    ("language", "text", "actor", "target"),
    [
        ("en", "The European Union imposed new sanctions on Belarus.", "EU", "BY"),
        ("fr", "L'Union européenne a imposé de nouvelles sanctions à la Biélorussie.", "EU", "BY"),
        ("de", "Die Europäische Union hat neue Sanktionen gegen Belarus verhängt.", "EU", "BY"),
        ("es", "La Unión Europea impuso nuevas sanciones a Bielorrusia.", "EU", "BY"),
        ("ru", "Евросоюз ввел новые санкции против Белоруссии.", "EU", "BY"),
        ("zh", "欧盟对白俄罗斯实施新的制裁。", "EU", "BY"),
    ],
)
def test_who_imposes_and_whom_it_hits(language: str, text: str, actor: str, target: str) -> None:
    claim = first(text, language)
    assert (actor in claim.actor, target in claim.target) == (True, True)


def test_who_is_asked() -> None:
    claim = first("Norway asked the Security Council to impose an arms embargo on Gambia.", "en")
    assert (claim.actor, claim.addressee) == (("NO",), ("UN",))


def test_a_party_of_the_sentence_before_may_still_play() -> None:
    context = read("Norway spoke. The sanctions stay.", "en")
    assert {party.code: party.where for party in find_parties(context, 1)} == {"NO": "before"}


def test_nobody_named_means_nobody() -> None:
    claims = find_claims(read("The sanctions were eased.", "en"))
    assert all(claim.actor == claim.target == () for claim in claims)
