"""Stretches of time and how they are written: day arithmetic that knows no language."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

Grain = Literal["day", "month", "year"]
_FORMATS: dict[Grain, int] = {"year": 4, "month": 7, "day": 10}  # how much of an ISO date each shows

OPEN = date.max  # the end of a span that has none
# Parts of a year by first month and count: what newsrooms mean, roughly.
_YEAR_PARTS = {
    "early": (1, 3),
    "mid": (5, 4),
    "late": (10, 3),
    "first_half": (1, 6),
    "second_half": (7, 6),
    "last_month": (12, 1),
}
_OF_MONTH = frozenset({"early", "mid", "late"})


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included, told to the grain."""

    first: date
    last: date
    grain: Grain
    first_grain: Grain | None = None  # where the beginning is told less exactly than the end

    @property
    def kind(self) -> Literal["day", "month", "span", "year"]:
        """`day`, `month` or `year` where it is exactly one, else `span`."""
        whole = {"day": self.first, "month": month(self.first).last, "year": year(self.first.year).last}
        return self.grain if self.last == whole[self.grain] else "span"

    @property
    def value(self) -> str:
        """ISO 8601 to the grain: `2018-07-12`, `2018-07`, `2018`, `2017-10/2017-12`, `2002/..`."""
        first = self.first.isoformat()[: _FORMATS[self.first_grain or self.grain]]
        last = self.last.isoformat()[: _FORMATS[self.grain]]
        if self.last == OPEN:
            return f"{first}/.."
        return first if first == last else f"{first}/{last}"

    def to(self, other: "Span") -> "Span":
        """From this one's beginning to the other's end, told to the finer grain."""
        grain: Grain = max(self.grain, other.grain, key=_FORMATS.__getitem__)
        return Span(self.first, other.last, grain)


def day(when: date) -> Span:
    """One day."""
    return Span(when, when, "day")


def month(when: date) -> Span:
    """The month that holds the day."""
    return Span(when.replace(day=1), when.replace(day=monthrange(when.year, when.month)[1]), "month")


def months(when: date, count: int) -> Span:
    """So many months, the one that holds the day first (or last, where the count is negative)."""
    other = add_months(when, count - 1 if count > 0 else count + 1)
    first, last = sorted((when, other))
    return Span(month(first).first, month(last).last, "month")


def year(number: int) -> Span:
    """A calendar year."""
    return Span(date(number, 1, 1), date(number, 12, 31), "year")


def week(when: date) -> Span:
    """Monday to Sunday around the day."""
    monday = when - timedelta(days=when.weekday())
    return Span(monday, monday + timedelta(days=6), "day")


def add_months(when: date, count: int) -> date:
    """The first of the month that lies so many months off."""
    index = when.year * 12 + when.month - 1 + count
    return date(index // 12, index % 12 + 1, 1)


def part_of(span: Span, part: str) -> Span:
    """The early, mid or late part of a year, or a half; a part of a month is told as the month, ValueError else."""
    if span.grain == "month" and part in _OF_MONTH:
        return span
    if span.grain != "year" or part not in _YEAR_PARTS:
        raise ValueError(part)
    first, count = _YEAR_PARTS[part]
    return months(span.first.replace(month=first), count)


def from_persian(pyear: int, pmonth: int, pday: int) -> date:
    """A day of the Solar Hijri calendar.

    Source: the 33-year cycle of leap years, right for 1178–1633 AP. Raises ValueError for a day that is none.
    """
    if not (1 <= pmonth <= 12 and 1 <= pday <= (31 if pmonth <= 6 else 30)):
        raise ValueError("no such day")
    leaps = (8 * pyear + 21) // 33 - (8 * 1396 + 21) // 33
    new_year = date(2017, 3, 21) + timedelta(days=(pyear - 1396) * 365 + leaps)  # 1 Farvardin 1396
    return new_year + timedelta(days=min(pmonth - 1, 6) * 31 + max(pmonth - 7, 0) * 30 + pday - 1)


def from_islamic(iyear: int, imonth: int, iday: int) -> date:
    """A day of the tabular Islamic calendar, which sightings of the moon shift by a day or two.

    Raises ValueError for a day that is none.
    """
    if not (1 <= imonth <= 12 and 1 <= iday <= 30):
        raise ValueError("no such day")
    days = iday + (59 * (imonth - 1) + 1) // 2 + (iyear - 1) * 354 + (3 + 11 * iyear) // 30
    return date.fromordinal(227014 + days)  # 1 Muharram of year 1 is ordinal 227015
