"""When a claim's act was and how long its measure holds, also where the article told the date before."""

from datetime import UTC, datetime

import pytest

from claimwire.detect.context import Context
from claimwire.detect.frames import find_claims
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


@pytest.mark.parametrize(
    ("text", "event_date", "period"),
    [
        (
            "The European Union has extended its sanctions against Belarus until 28 February 2019.",
            None,
            "2018-07/2019-02-28",
        ),
        ("The arms embargo on Eritrea remains in force until 16 November 2018.", None, "2018-07/2018-11-16"),
        ("The arms embargo on Eritrea has been in force since December 2009.", "2009-12/2018-07", None),
        ("The United States imposed sanctions on Belarus on 3 July 2018.", "2018-07-03", None),
        ("Ghana has evaded the sanctions on Eritrea since March, a panel said this week.", "2018-03/2018-07", None),
        ("Iraq exceeded its OPEC quota in 2017.", None, "2017"),
    ],
)
def test_how_long_is_told_from_when(library: Library, text: str, event_date: str | None, period: str | None) -> None:
    claim = find_claims(_read(library, text))[0]
    assert (claim.event_date, claim.period) == (event_date, period)


def test_since_is_a_beginning_where_the_day_of_publication_is_unknown(library: Library) -> None:
    text = "The arms embargo on Eritrea has been in force since 2009."
    claim = find_claims(read_article(Article("1", "", text, language="en"), library))[0]
    assert claim.event_date == "2009"


@pytest.mark.parametrize(
    ("language", "text", "event_date"),
    [
        (
            "en",
            "The Council imposed an arms embargo on Eritrea on 23 December 2009. "
            "The following year the European Union imposed sanctions on Eritrea.",
            "2010",
        ),
        (
            "fr",
            "Le Conseil a imposé un embargo sur les armes à l'Érythrée le 23 décembre 2009. "
            "La même année, l'Union européenne a imposé des sanctions contre l'Érythrée.",
            "2009",
        ),
        (
            "zh",
            "联合国安理会2009年12月23日对厄立特里亚实施武器禁运。次日，美国宣布对厄立特里亚实施制裁。",
            "2009-12-24",
        ),
    ],
)
def test_a_claim_is_dated_by_the_sentence_before(library: Library, language: str, text: str, event_date: str) -> None:
    assert [claim.event_date for claim in find_claims(_read(library, text, language=language))][-1] == event_date
