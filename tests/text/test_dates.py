"""Dates as sixteen languages write them, seen from Thursday 12 July 2018."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.catalog.calendar import load_calendars
from claimwire.text.dates import find_anchor, find_dates

CALENDARS = load_calendars()
THURSDAY = datetime(2018, 7, 12, 14, 0, tzinfo=UTC)


def values(text: str, language: str, published_at: datetime | None = THURSDAY) -> list[str]:
    return [mention.value for mention in find_dates(text, language, published_at, CALENDARS)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The council met on Thursday.", "2018-07-12"),
        ("en", "It voted on Friday.", "2018-07-06"),
        ("en", "It will vote on Friday.", "2018-07-13"),
        ("en", "It voted last Thursday.", "2018-07-05"),
        ("en", "next Thursday", "2018-07-19"),
        ("en", "Yesterday it rained.", "2018-07-11"),
        ("en", "quotas set in late 2017", "2017-10/2017-12"),
        ("en", "in the first five months", "2018-01/2018-05"),
        ("en", "between 1 January and 30 May", "2018-01-01/2018-05-30"),
        ("en", "since 1 January", "2018-01-01/2018-07-12"),
        ("en", "until 26 February 2019", "2018-07/2019-02-26"),
        ("en", "adopted last month", "2018-06"),
        ("en", "seized in March", "2018-03"),
        ("en", "the ban takes effect in March next year", "2019-03"),
        ("en", "tariffs from April 14-27", "2018-04-14/2018-04-27"),
        ("en", "in the second half of this year", "2018-07/2018-12"),
        ("en", "imposed last fall", "2017-09/2017-11"),
        ("en", "two weeks ago", "2018-06-28"),
        ("en", "a year ago", "2017"),
        ("en", "for 12 months from April 1", "2018-04/2019-03"),
        ("en", "the week ended March 6", "2018-02-28/2018-03-06"),
        ("en", "the 2017/18 season", "2017/2018"),
        ("en", "since the 1990s", "1990/1999"),
        ("fr", "ont demandé jeudi à l'ONU", "2018-07-12"),
        ("fr", "fixés fin 2017 par des sanctions", "2017-10/2017-12"),
        ("fr", "du 1er janvier au 30 mai", "2018-01-01/2018-05-30"),
        ("fr", "les cinq premiers mois", "2018-01/2018-05"),
        ("fr", "il y a trois jours", "2018-07-09"),
        ("fr", "aujourd’hui", "2018-07-12"),
        ("de", "am Donnerstag", "2018-07-12"),
        ("de", "am 12. Juni", "2018-06-12"),
        ("de", "Ende 2017", "2017-10/2017-12"),
        ("de", "am gestrigen Mittwoch", "2018-07-11"),
        ("es", "el pasado 3 de mayo", "2018-05-03"),
        ("es", "el martes", "2018-07-10"),
        ("es", "finales de 2017", "2017-10/2017-12"),
        ("it", "a fine 2017", "2017-10/2017-12"),
        ("it", "giovedì scorso", "2018-07-05"),
        ("pt", "na terça-feira", "2018-07-10"),
        ("pt", "nesta quinta-feira (12)", "2018-07-12"),
        ("pt", "no final de 2017", "2017-10/2017-12"),
        ("nl", "eind 2017", "2017-10/2017-12"),
        ("nl", "afgelopen dinsdag", "2018-07-10"),
        ("pl", "we wtorek", "2018-07-10"),
        ("pl", "pod koniec 2017", "2017-10/2017-12"),
        ("ru", "в среду", "2018-07-11"),
        ("ru", "с 5 декабря 2022 г.", "2022-12-05"),
        ("ru", "в конце 2017 года", "2017-10/2017-12"),
        ("uk", "у середу", "2018-07-11"),
        ("uk", "наприкінці 2017 року", "2017-10/2017-12"),
        ("tr", "Perşembe günü", "2018-07-12"),
        ("tr", "12 Haziran'da", "2018-06-12"),
        ("tr", "2017 yılının sonunda", "2017-10/2017-12"),
        ("ar", "يوم الخميس", "2018-07-12"),
        ("ar", "في تموز/يوليو 2018", "2018-07"),
        ("ar", "أواخر عام 2017", "2017-10/2017-12"),
        ("ar", "والاثنين", "2018-07-09"),
        ("fa", "۲۱ تیر ۱۳۹۷", "2018-07-12"),
        ("fa", "روز پنجشنبه", "2018-07-12"),
        ("zh", "美国12日表示", "2018-07-12"),
        ("zh", "美国十二日表示", "2018-07-12"),
        ("zh", "二〇一七年底", "2017-10/2017-12"),
        ("zh", "周四", "2018-07-12"),
        ("ja", "12日", "2018-07-12"),
        ("ja", "2017年末に", "2017-10/2017-12"),
        ("ko", "목요일에", "2018-07-12"),
        ("ko", "2017년 말", "2017-10/2017-12"),
        ("xx", "on 2018-07-12", "2018-07-12"),
    ],
)
def test_value(language: str, text: str, expected: str) -> None:
    assert expected in values(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It may go ahead."),
        ("en", "1,986 barrels and 3.2018 percent"),
        ("de", "drei Tonnen"),
        ("zh", "制裁措施"),
        ("xx", "yesterday"),
    ],
)
def test_no_date(language: str, text: str) -> None:
    assert values(text, language) == []


def test_period_is_told_from_act() -> None:
    mentions = find_dates("Jeudi, ce pays a dépassé pour 2018 ses quotas.", "fr", THURSDAY, CALENDARS)
    assert [(m.value, m.kind, m.role_hint) for m in mentions] == [
        ("2018-07-12", "day", "act"),
        ("2018", "year", "period"),
    ]


def test_without_publication_only_what_names_its_year() -> None:
    assert values("On Thursday, 5 May 2016 and in March", "en", None) == ["2016-05-05", "2016-03"]
    assert values("yesterday and on Monday in March", "en", None) == []
    assert values("depuis 2002", "fr", None) == ["2002/..", "2002"]


def test_that_day_counts_from_the_date_before() -> None:
    text = "It met on 3 May 2016. That same year it voted; a year later it fell."
    assert values(text, "en") == ["2016-05-03", "2016", "2017"]


def test_dateline_gives_the_anchor() -> None:
    assert find_anchor("", "PYONGYANG, 12 July 2018 (Wire) - The leader spoke.", "en", CALENDARS) == date(2018, 7, 12)
    assert find_anchor("", "PYONGYANG - The leader spoke.", "en", CALENDARS) is None


def test_a_language_is_added_by_its_file_alone(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "und.yml").write_text("language: und\n", encoding="utf-8")
    (folder / "eo.yml").write_text(
        'language: eo\nweekdays: {3: [ĵaŭdo, ĵaŭdon]}\nphrases:\n  - {say: "[la ]{weekday}", is: weekday}\n',
        encoding="utf-8",
    )
    found = find_dates("En la ĵaŭdon ili venis.", "eo", THURSDAY, load_calendars(tmp_path))
    assert [(m.value, m.text) for m in found] == [("2018-07-12", "la ĵaŭdon")]


@pytest.mark.parametrize("language", sorted(CALENDARS))
@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=200), day=st.none() | st.datetimes())
def test_arbitrary_text(language: str, text: str, day: datetime | None) -> None:
    for mention in find_dates(text + " 2018-07-12 " + text, language, day, CALENDARS):
        assert (text + " 2018-07-12 " + text)[mention.start : mention.end] == mention.text
