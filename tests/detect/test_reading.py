"""An article sentence by sentence: whose language it is in, what is in it, who is meant."""

from datetime import UTC, datetime

import pytest

from claimwire.detect.context import Context, Kind
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.detect.reference import resolve_references
from claimwire.model import Article


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def _read(library: Library, text: str, title: str = "", language: str = "", day: str = "") -> Context:
    published_at = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
    return resolve_references(
        read_article(Article("1", title, text, language=language, published_at=published_at), library)
    )


def _actors(context: Context) -> list[list[str]]:
    return [[mention.code for mention in view.of_kind(Kind.ACTOR)] for view in context.views]


def test_mentions_are_told_by_sentence_with_offsets_into_it(library: Library) -> None:
    context = _read(library, "Iran spoke first. The EU then lifted its sanctions.", "Russia and the EU", "en")
    assert [view.sentence.field for view in context.views] == ["title", "text", "text"]
    last = context.views[2]
    words = [last.sentence.text[mention.start : mention.end] for mention in last.mentions]
    assert {"EU", "lifted", "sanctions"} <= set(words)


def test_the_language_is_identified_where_nobody_says(library: Library) -> None:
    assert _read(library, "Die Europäische Union hat die Sanktionen gegen den Iran verlängert.").language == "de"


def test_a_wrong_word_for_a_language_without_lexicon_is_overruled(library: Library) -> None:
    text = "The European Union has extended its sanctions against Belarus for another year."
    assert _read(library, text, language="sv").language == "en"


def test_a_sentence_in_another_language_is_read_in_it(library: Library) -> None:
    text = (
        "Le ministre a lu le communiqué. "
        "Die Bundesregierung verlängert die Sanktionen gegen den Iran um ein weiteres Jahr."
    )
    views = _read(library, text, language="fr").views
    assert [view.language for view in views][-1] == "de"
    assert "sanctions" in {mention.concept for mention in views[-1].mentions}


def test_a_language_without_lexicon_fails_nothing(library: Library) -> None:
    context = _read(library, "Hallitus keskusteli asiasta pitkään eilen illalla Helsingissä.", language="fi")
    assert all(not view.mentions for view in context.views)


def test_dates_and_amounts_are_read_against_the_day_of_publication(library: Library) -> None:
    view = _read(library, "On Thursday it sold 500,000 barrels.", language="en", day="2018-07-13").views[0]
    assert [date.value for date in view.dates] == ["2018-07-12"]
    assert [quantity.unit for quantity in view.quantities] == ["bbl"]


def test_the_country_is_the_one_named_last(library: Library) -> None:
    text = (
        "Washington a demandé à l'ONU l'arrêt des ventes à la Corée du Nord, affirmant que ce pays a dépassé son quota."
    )
    assert _actors(_read(library, text, language="fr"))[0] == ["US", "KP", "KP"]


def test_the_country_of_a_sentence_with_two_is_left_open(library: Library) -> None:
    text = "Iran and Iraq met in the morning. The country denied it."
    assert _actors(_read(library, text, language="en")) == [["IR", "IQ"], []]


def test_the_bloc_and_the_north_need_a_full_name_first(library: Library) -> None:
    assert _actors(_read(library, "The bloc and the North agreed.", language="en")) == [[]]
    text = "The European Union wrote to North Korea. The bloc warned the North."
    assert _actors(_read(library, text, language="en")) == [["EU", "KP"], ["EU", "KP"]]


def test_a_capital_is_no_actor_where_something_happens_in_it(library: Library) -> None:
    assert _actors(_read(library, "Ministers met in Moscow. Moscow refused.", language="en")) == [[], ["RU"]]


def test_a_dateline_is_no_actor(library: Library) -> None:
    assert _actors(_read(library, "Moscow, 12 July - Iran refused.", language="en")) == [["IR"]]
