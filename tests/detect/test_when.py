"""When a claim's act was, in articles that tell the date once and then go back to it."""

from datetime import UTC, datetime

import pytest

from claimwire.detect.context import Context
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.model import Article


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def _read(library: Library, text: str, title: str = "", day: str = "2018-07-12", language: str = "en") -> Context:
    published_at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return read_article(Article("1", title, text, language=language, published_at=published_at), library)


def _last(context: Context) -> list[str]:
    return [date.value for date in context.views[-1].dates]


def test_that_year_is_of_the_sentence_before(library: Library) -> None:
    text = "The embargo dates from 3 May 2006. Nobody minded. That same year the bloc banned timber too."
    assert _last(_read(library, text)) == ["2006"]


def test_the_newest_sentence_goes_first(library: Library) -> None:
    text = "The embargo dates from 3 May 2006. It ended on 5 June 2009. The next day ships sailed."
    assert _last(_read(library, text)) == ["2009-06-06"]


def test_going_back_may_go_on_from_sentence_to_sentence(library: Library) -> None:
    text = "The embargo dates from 3 May 2006. The next day ships turned. Two days later ports closed."
    assert _last(_read(library, text)) == ["2006-05-06"]


def test_the_title_tells_too(library: Library) -> None:
    assert _last(_read(library, "The same day the bloc spoke.", "Embargo ends on 5 June 2018")) == ["2018-06-05"]


def test_a_later_date_is_not_meant(library: Library) -> None:
    context = _read(library, "That year nobody minded. The embargo began on 3 May 2006.")
    assert [[date.value for date in view.dates] for view in context.views] == [[], ["2006-05-03"]]


def test_a_sentence_goes_back_in_another_language(library: Library) -> None:
    text = (
        "The European Union has lifted its sanctions on 5 June 2018. "
        "Am selben Tag hat die Bundesregierung die Sanktionen gegen den Iran um ein Jahr verlängert."
    )
    assert "2018-06-05" in _last(_read(library, text))


def test_thousands_of_sentences_that_go_back_are_no_matter(library: Library) -> None:
    text = "It began on 3 May 2006. " + "The next day nothing came of it at all. " * 5000
    assert _last(_read(library, text)) == ["2020-01-10"]
