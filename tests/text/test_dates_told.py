"""Dates that go back to one told before, in every language that has a calendar; seen from Thursday 12 July 2018."""

from datetime import UTC, datetime

import pytest

from claimwire.catalog.calendar import load_calendars
from claimwire.text.dates import find_dates
from claimwire.text.dates_told import NOTHING, Told

CALENDARS = load_calendars()
THURSDAY = datetime(2018, 7, 12, 14, 0, tzinfo=UTC)
TOLD = Told(day="2016-05-03", month="2016-05", year="2016-05-03")  # 3 May 2016, a Tuesday


def values(text: str, language: str, told: Told = NOTHING, day: datetime | None = THURSDAY) -> list[str]:
    return [mention.value for mention in find_dates(text, language, day, CALENDARS, lambda: told)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "That same year the bloc lifted the ban.", "2016"),
        ("en", "The same day, envoys met again.", "2016-05-03"),
        ("en", "It followed suit the following Thursday.", "2016-05-05"),
        ("en", "It gave in two weeks later.", "2016-05-17"),
        ("en", "In October of that year it voted.", "2016-10"),
        ("en", "Shipments stopped the following month.", "2016-06"),
        ("fr", "La même année, l'embargo a été levé.", "2016"),
        ("fr", "Le lendemain, il a démenti.", "2016-05-04"),
        ("fr", "en octobre de la même année", "2016-10"),
        ("fr", "Le vote a eu lieu le jeudi suivant.", "2016-05-05"),
        ("de", "Noch am selben Tag trat das Verbot in Kraft.", "2016-05-03"),
        ("de", "im selben Jahr", "2016"),
        ("de", "am 9. Oktober desselben Jahres", "2016-10-09"),
        ("de", "am darauffolgenden Freitag", "2016-05-06"),
        ("es", "Ese mismo año se levantó el embargo.", "2016"),
        ("es", "Al día siguiente lo negó.", "2016-05-04"),
        ("es", "tres meses después", "2016-08"),
        ("it", "lo stesso anno", "2016"),
        ("it", "il giorno dopo", "2016-05-04"),
        ("pt", "no mesmo ano", "2016"),
        ("pt", "na quinta-feira seguinte", "2016-05-05"),
        ("nl", "diezelfde dag", "2016-05-03"),
        ("nl", "drie jaar later", "2019"),
        ("nl", "in datzelfde jaar", "2016"),
        ("pl", "tego samego dnia", "2016-05-03"),
        ("pl", "w tym samym roku", "2016"),
        ("ru", "в том же году", "2016"),
        ("ru", "в тот же день", "2016-05-03"),
        ("ru", "в октябре того же года", "2016-10"),
        ("uk", "того ж року", "2016"),
        ("uk", "наступного дня", "2016-05-04"),
        ("tr", "aynı yıl ambargo kalktı", "2016"),
        ("tr", "ertesi gün", "2016-05-04"),
        ("ar", "وفي اليوم نفسه", "2016-05-03"),
        ("ar", "في العام نفسه", "2016"),
        ("ar", "في أكتوبر من العام نفسه", "2016-10"),
        ("fa", "در همان سال", "2016"),
        ("fa", "همان روز", "2016-05-03"),
        ("zh", "同年解除禁令", "2016"),
        ("zh", "當天表示", "2016-05-03"),
        ("zh", "同月15日", "2016-05-15"),
        ("zh", "同年10月", "2016-10"),
        ("ja", "同日、発表した", "2016-05-03"),
        ("ja", "翌年に", "2017"),
        ("ko", "이날 밝혔다", "2016-05-03"),
        ("ko", "이듬해", "2017"),
    ],
)
def test_counts_from_the_date_told_before(language: str, text: str, expected: str) -> None:
    assert values(text, language, TOLD) == [expected]
    assert values(text, language, TOLD, day=None) == [expected]


@pytest.mark.parametrize("language", sorted({*CALENDARS} - {"und"}))
def test_every_language_says_the_same_day_and_year_and_the_next(language: str) -> None:
    said = {(phrase.is_, phrase.shift) for phrase in CALENDARS[language].phrases if phrase.is_same}
    assert said >= {("day", 0), ("day", 1), ("month", 0), ("year", 0), ("year", 1)}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It followed suit the following Thursday."),
        ("en", "That same year it gave in; the next day it rained."),
        ("fr", "La même année, le lundi suivant"),
        ("ru", "в октябре того же года"),
        ("ja", "翌年に"),
    ],
)
def test_nothing_is_guessed_where_nothing_was_told(language: str, text: str) -> None:
    assert values(text, language) == []


def test_the_same_day_of_nothing_told_is_that_of_publication() -> None:
    assert values("The ban was lifted the same day.", "en") == ["2018-07-12"]
    assert values("The ban was lifted the same day.", "en", day=None) == []


def test_a_month_tells_no_day_and_a_year_no_month() -> None:
    year = Told().after("2016")
    assert values("That month it gave in.", "en", year) == []
    assert values("The next day it gave in.", "en", year.after("2017-03")) == []
    assert values("In May of that year it gave in.", "en", year.after("2017-03")) == ["2017-05"]


def test_the_sentence_goes_before_what_was_told_earlier() -> None:
    assert values("In March 2014 it spoke and on 5 March; that month it voted.", "en", TOLD) == [
        "2014-03",
        "2018-03-05",
        "2018-03",
    ]


def test_a_span_tells_what_its_ends_share() -> None:
    assert Told().after("2017-10/2017-12") == Told(year="2017")
    assert Told().after("2017-10-02/2017-10-09") == Told(month="2017-10", year="2017-10")
    assert TOLD.after("2017/2018") == TOLD
    assert TOLD.after("2002/..") == TOLD


def test_this_same_year_is_that_of_publication() -> None:
    assert values("Este mismo año cayó.", "es", TOLD) == ["2018"]
    assert values("Neste mesmo ano caiu.", "pt", TOLD) == ["2018"]


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh", "中国同日本举行会谈"), ("zh", "共同年会"), ("zh", "首次年会"), ("ko", "같은 해법을 같은 달러로")],
)
def test_words_that_only_look_like_dates(language: str, text: str) -> None:
    assert values(text, language, TOLD) == []


def test_without_publication_a_month_is_in_the_year_that_the_sentence_told() -> None:
    assert values("In 2016 it rose; it fell in December.", "en", day=None) == ["2016", "2016-12"]
    assert values("It rose on 20 December 2016 and fell on 2 January.", "en", day=None) == ["2016-12-20", "2017-01-02"]


def test_without_publication_only_the_same_month_goes_back_to_sentences_before() -> None:
    told = Told().after("2016-12-20")
    assert values("It fell on 22 December.", "en", told, day=None) == ["2016-12-22"]
    assert values("It fell in December.", "en", told) == ["2017-12"]
    assert values("It fell on 2 January.", "en", told, day=None) == []
    assert values("It fell in December.", "en", Told().after("2016"), day=None) == []
