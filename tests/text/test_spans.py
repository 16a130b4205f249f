"""Arithmetic of days, and other calendars."""

from datetime import date

import pytest

from claimwire.text.fold import fold
from claimwire.text.spans import Span, from_islamic, from_persian, month, months, part_of, week, year


@pytest.mark.parametrize(
    ("span", "value", "kind"),
    [
        (Span(date(2018, 7, 12), date(2018, 7, 12), "day"), "2018-07-12", "day"),
        (month(date(2018, 2, 3)), "2018-02", "month"),
        (months(date(2017, 11, 5), 3), "2017-11/2018-01", "span"),
        (months(date(2017, 2, 5), -3), "2016-12/2017-02", "span"),
        (year(2018), "2018", "year"),
        (year(2006).to(year(2015)), "2006/2015", "span"),
        (week(date(2018, 7, 12)), "2018-07-09/2018-07-15", "span"),
        (part_of(year(2017), "late"), "2017-10/2017-12", "span"),
        (part_of(year(2017), "last_month"), "2017-12", "month"),
        (Span(date(2002, 1, 1), date.max, "year"), "2002/..", "span"),
    ],
)
def test_written(span: Span, value: str, kind: str) -> None:
    assert (span.value, span.kind) == (value, kind)


@pytest.mark.parametrize(
    ("persian", "gregorian"),
    [
        ((1397, 4, 21), date(2018, 7, 12)),
        ((1357, 11, 22), date(1979, 2, 11)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1403, 1, 1), date(2024, 3, 20)),
    ],
)
def test_persian(persian: tuple[int, int, int], gregorian: date) -> None:
    assert from_persian(*persian) == gregorian


def test_islamic() -> None:
    assert from_islamic(1436, 9, 1) == date(2015, 6, 18)
    assert from_islamic(1446, 9, 1) == date(2025, 3, 1)


@pytest.mark.parametrize("day", [(1397, 13, 1), (1397, 7, 31), (1397, 0, 1)])
def test_no_such_day(day: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no such day"):
        from_persian(*day)


@pytest.mark.parametrize(
    ("text", "folded"), [("État", "etat"), ("İSTANBUL", "istanbul"), ("٢٠١٨", "2018"), ("목요일", "목요일")]
)
def test_fold_keeps_length(text: str, folded: str) -> None:
    assert fold(text) == folded
