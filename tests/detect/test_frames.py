"""Frames: every rule's examples fire it and its near misses do not; the claims of whole sentences."""

from datetime import UTC, datetime

import pytest

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.frames import Example, Frame, load_frames
from claimwire.detect.context import Context
from claimwire.detect.features_act import set_scene
from claimwire.detect.frames import find_claims
from claimwire.detect.frames_rules import Frames, find_set_by
from claimwire.detect.frames_un import find_askings, is_plain
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.detect.reference import resolve_references
from claimwire.model import Act, Article, Category, Measure, Modality

FRAMES = load_frames()


def read(text: str, language: str, title: str = "") -> Context:
    article = Article("a", title, text, language=language, published_at=datetime(2018, 7, 12, tzinfo=UTC))
    return resolve_references(read_article(article, Library()))


def offered(example: Example) -> str:
    frames = Frames(FRAMES, load_claims(DATA))
    view = read(example.text, example.language).views[0]
    category = "trade_quota" if any(mention.code == "quota" for mention in view.mentions) else "sanction"
    return set_scene(view, category, frames).offer.frame


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_examples_fire_their_frame(frame: Frame) -> None:
    assert {example.text: offered(example) for example in frame.examples} == dict.fromkeys(
        (example.text for example in frame.examples), frame.name
    )


@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.name)
def test_near_misses_do_not(frame: Frame) -> None:
    assert frame.name not in {offered(example) for example in frame.near_misses}


def test_every_trigger_is_a_concept_and_belongs_to_one_frame() -> None:
    triggers = [trigger for frame in FRAMES for trigger in frame.triggers]
    assert len(triggers) == len(set(triggers))
    assert set(triggers) <= load_claims(DATA).concepts.keys()


def test_a_plain_request_is_told_from_an_organ_that_asks() -> None:
    asked = read("Norway asked the Security Council to meet on Gambia.", "en").views[0]
    asks = read("The Security Council asked for a report on Gambia.", "en").views[0]
    assert any(map(is_plain, find_askings(asked)))
    assert not any(is_plain(asking) for asking in find_askings(asks))


SET_BY = (
    "La Norvège a demandé jeudi à l'ONU l'arrêt des livraisons de pétrole à la Gambie, en s'appuyant sur un rapport "
    "norvégien affirmant que ce pays a dépassé pour 2018 ses quotas d'importations fixés fin 2017 par des sanctions."
)


def test_a_quota_set_by_sanctions_is_two_claims_and_no_sanction() -> None:
    claims = {(claim.category, claim.act): claim for claim in find_claims(read(SET_BY, "fr"))}
    assert claims.keys() == {
        (Category.UN_REQUEST, Act.REQUEST),
        (Category.TRADE_QUOTA, Act.VIOLATE),
        (Category.TRADE_QUOTA, Act.IMPOSE),
    }
    request, breach, setting = claims.values()
    assert (request.actor, request.addressee, request.event_date) == (("NO",), ("UN",), "2018-07-12")
    assert request.asked
    assert (breach.actor, breach.period) == (("GM",), "2018")
    assert (setting.actor, setting.event_date, setting.modality) == ((), "2017-10/2017-12", Modality.ASSERTED)
    assert setting.rules == ("trade_quota.set_by",)


def test_sanctions_that_set_nothing_are_no_means() -> None:
    assert find_set_by(read(SET_BY, "fr").views[0]) is not None
    assert find_set_by(read("Norway imposed a quota on steel and sanctions on Gambia.", "en").views[0]) is None


def test_evidence_is_the_sentence_to_the_letter() -> None:
    text = "It rained.  The European Union imposed sanctions on Belarus on Monday. Nobody minded."
    claims = find_claims(read(text, "en"))
    assert [claim.category for claim in claims] == [Category.SANCTION]
    assert claims[0].evidence == text[claims[0].start : claims[0].end]
    assert claims[0].measure is Measure.SANCTIONS
    assert all(text[mark.start : mark.end].strip() for mark in claims[0].marks)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The referee handed the club a sanction after the match."),
        ("fr", "Le conseil de discipline a sanctionné deux élèves du lycée."),
        ("de", "Der Verein muss nach dem Spiel mit Sanktionen der Liga rechnen."),
        ("es", "El árbitro sancionó al jugador y el partido se suspendió."),
    ],
)
def test_ordinary_news_holds_no_claim(language: str, text: str) -> None:
    assert find_claims(read(text, language)) == []
