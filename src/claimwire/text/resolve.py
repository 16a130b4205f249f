"""From a phrase and what its slots hold to a stretch of time, seen from the day of publication."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from claimwire.catalog.calendar import Phrase
from claimwire.text.spans import (
    Span,
    add_months,
    day,
    from_islamic,
    from_persian,
    month,
    months,
    part_of,
    week,
    year,
)

_CENTURY_PIVOT = 50  # "'87" is 1987, "'24" 2024
_FUTURE_DOUBT = 4  # "will" somewhere before: a date behind must be four times as near to be meant
_FUTURE_WEIGHT = 2  # news tells the past: a date ahead must be twice as near to be meant


@dataclass(frozen=True, slots=True)
class Reading:
    """A phrase as found: `slots` are numbers, `mood` says whether the words before point ahead or back."""

    phrase: Phrase
    slots: Mapping[str, int]
    anchor: date | None
    mood: Literal["future", "past", ""] = ""
    earlier: date | None = None  # the date told last before this one

    @property
    def seek(self) -> str:
        """Which candidate is meant; the phrase's own word goes before the mood."""
        return self.phrase.seek if self.phrase.seek != "near" else self.mood or "near"


def resolve(reading: Reading) -> Span | None:
    """The stretch meant, or None where it is no date (30 February) or hangs on an unknown day of publication."""
    if reading.phrase.is_same:  # "that day" counts from the date told before, not from publication
        reading = replace(reading, anchor=reading.earlier, mood="")
    elif reading.anchor is None and _month_number(reading.slots):
        reading = replace(reading, anchor=reading.earlier)
    try:
        span = _UNITS[reading.phrase.is_](reading)
        return part_of(span, reading.phrase.part) if span and reading.phrase.part else span
    except (ValueError, OverflowError):
        return None


def _day(reading: Reading) -> Span | None:
    slots, anchor = reading.slots, reading.anchor
    if reading.phrase.months != "gregorian":
        return day(_other_day(reading, slots["day"]))
    if "day" in slots or "day2" in slots:
        first = _dated(reading, slots.get("day") or slots["day2"])
        return _until_day(reading, first) if first else None
    steps = _steps(reading)
    return day(anchor + timedelta(days=steps)) if anchor and steps is not None else None


def _dated(reading: Reading, number: int) -> date | None:
    """A day of a month; the month and the year may have to be guessed."""
    slots = reading.slots
    named = _month_number(slots)
    if named and (written := _written_year(slots)):
        return date(written, named, number)
    if not reading.anchor:
        return None
    if named:
        return _nearest(reading, [d for y in (-1, 0, 1) if (d := _valid(reading.anchor.year + y, named, number))])
    around = [add_months(reading.anchor, step) for step in (-1, 0, 1)]
    return _nearest(reading, [d for m in around if (d := _valid(m.year, m.month, number))])


def _until_day(reading: Reading, first: date) -> Span:
    slots = reading.slots
    if "upday" not in slots:
        return day(first)
    last = first.replace(day=slots["upday"])
    if "upmonthno" in slots:
        last = date(first.year + (slots["upmonthno"] < first.month), slots["upmonthno"], slots["upday"])
    if last < first:
        raise ValueError("a span that ends before it begins")
    return Span(first, last, "day")


def _valid(year_number: int, month_number: int, number: int) -> date | None:
    try:
        return date(year_number, month_number, number)
    except ValueError:
        return None


def _nearest(reading: Reading, candidates: list[date]) -> date | None:
    """The candidate that news would mean: the last one, unless one ahead is much nearer or said to be meant."""
    anchor, seek = reading.anchor, reading.seek
    if not anchor or not candidates:
        return None
    past = max((c for c in candidates if c <= anchor), default=None)
    ahead = min((c for c in candidates if c > anchor), default=None)
    if not past or not ahead:
        return past or ahead
    if seek in ("past", "before", "after"):
        return ahead if seek == "after" else past
    weight = 1 / _FUTURE_DOUBT if seek == "future" else _FUTURE_WEIGHT
    return ahead if (ahead - anchor).days * weight < (anchor - past).days else past


def _weekday(reading: Reading) -> Span | None:
    anchor, number = reading.anchor, reading.slots["weekday"]
    if not anchor:
        return None
    if reading.phrase.shift is not None:  # "Monday of last week"
        return day(week(anchor + timedelta(weeks=reading.phrase.shift)).first + timedelta(days=number))
    back = (anchor.weekday() - number) % 7
    if reading.seek in ("future", "after"):
        ahead = (7 - back) % 7 or (7 if reading.seek == "after" else 0)
        return day(anchor + timedelta(days=ahead))
    return day(anchor - timedelta(days=back or (7 if reading.seek == "before" else 0)))


def _week(reading: Reading) -> Span | None:
    if "day" in reading.slots:  # "the week ended March 6"
        last = _dated(reading, reading.slots["day"])
        return Span(last - timedelta(days=6), last, "day") if last else None
    steps = _steps(reading)
    if reading.anchor is None or steps is None:
        return None
    if reading.phrase.count == "last":
        return Span(reading.anchor - timedelta(weeks=reading.slots.get("n", 1)), reading.anchor, "day")
    then = reading.anchor + timedelta(weeks=steps)
    return day(then) if reading.phrase.count else week(then)


def _month(reading: Reading) -> Span | None:
    slots, anchor = reading.slots, reading.anchor
    if reading.phrase.months != "gregorian":
        first = _other_day(reading, 1)
        return Span(first, first + timedelta(days=29 if slots.get("pmonth", 7) > 6 else 30), "day")
    named, written = _month_number(slots), _written_year(slots)
    if named is None:
        steps = _steps(reading)
        return month(add_months(anchor, steps)) if anchor and steps is not None else None
    if written is None and anchor and reading.phrase.shift is not None:
        written = anchor.year + reading.phrase.shift
    if written is not None:
        return month(date(written, named, 1))
    if not anchor:
        return None
    candidates = [date(anchor.year + step, named, 1) for step in (-1, 0, 1)]
    if reading.seek in ("before", "after"):  # "last May" is not this one
        candidates = [c for c in candidates if (c.year, c.month) != (anchor.year, anchor.month)]
    if reading.seek == "future" and named == anchor.month:
        return month(anchor)
    found = _nearest(reading, candidates)
    return month(found) if found else None


def _months(reading: Reading) -> Span | None:
    """So many months from a day, from the start of a year, or up to now; twelve where no number is said."""
    count, anchor = reading.slots.get("n", 12), reading.anchor
    if not 1 <= count <= 36:
        return None
    if "day" in reading.slots:
        first = _dated(reading, reading.slots["day"])
        return months(first, count) if first else None
    if reading.phrase.count == "last":
        return months(anchor, -count) if anchor else None
    governing = _governing_year(reading)
    return months(date(governing, 1, 1), count) if governing else None


def _quarter(reading: Reading) -> Span | None:
    if "nth" not in reading.slots:
        if not reading.anchor or reading.phrase.shift is None:
            return None
        then = add_months(reading.anchor, 3 * reading.phrase.shift)
        return months(then.replace(month=(then.month - 1) // 3 * 3 + 1), 3)
    governing, nth = _governing_year(reading), reading.slots["nth"]
    return months(date(governing, 3 * nth - 2, 1), 3) if governing and 1 <= nth <= 4 else None


def _half(reading: Reading) -> Span | None:
    governing, nth = _governing_year(reading), reading.slots["nth"]
    return months(date(governing, 6 * nth - 5, 1), 6) if governing and 1 <= nth <= 2 else None


def _season(reading: Reading) -> Span | None:
    begins, written, anchor = reading.slots["season"], _written_year(reading.slots), reading.anchor
    if written:
        return months(date(written, begins, 1), 3)
    if not anchor:
        return None
    spans = [months(date(anchor.year + step, begins, 1), 3) for step in (-2, -1, 0, 1)]
    if reading.phrase.shift == 1:
        return next(span for span in spans if span.first > anchor)
    if reading.phrase.shift == 0:
        return spans[2]
    return [span for span in spans if span.last < anchor][-1]


def _year(reading: Reading) -> Span | None:
    slots, written = reading.slots, _written_year(reading.slots)
    if "pyear" in slots:
        first, following = (from_persian(slots["pyear"] + more, 1, 1) for more in (0, 1))
        return Span(first, following - timedelta(days=1), "day")
    if written is None:
        steps = _steps(reading)
        return year(reading.anchor.year + steps) if reading.anchor and steps is not None else None
    upper = slots.get("upper") or (written // 100 * 100 + slots["yy"] if "yy" in slots and "year" in slots else written)
    if upper < written or upper > written + 30:
        return None
    return year(written).to(year(upper))


def _decade(reading: Reading) -> Span:
    number = reading.slots["decade"]
    first = number if number > 100 else number + (1900 if number >= 30 else 2000)
    return year(first).to(year(first + 9))


def _other_day(reading: Reading, number: int) -> date:
    slots = reading.slots
    if reading.phrase.months == "islamic":
        return from_islamic(slots["iyear"], slots["imonth"], number)
    if "pyear" in slots:
        return from_persian(slots["pyear"], slots["pmonth"], number)
    if not reading.anchor:
        raise ValueError("no year")
    guesses = [from_persian(reading.anchor.year - 621 + step, slots["pmonth"], number) for step in (-1, 0, 1)]
    found = _nearest(reading, guesses)
    if not found:
        raise ValueError("no year")
    return found


def _steps(reading: Reading) -> int | None:
    """Units off the day of publication; negative are back."""
    count = reading.phrase.count
    if count in ("ago", "ahead"):
        return reading.slots.get("n", 1) * (-1 if count == "ago" else 1)
    return reading.phrase.shift if count is None else 0


def _month_number(slots: Mapping[str, int]) -> int | None:
    return next((slots[name] for name in ("mon", "month", "monthno", "monthno2") if name in slots), None)


def _written_year(slots: Mapping[str, int]) -> int | None:
    if "year" in slots:
        return slots["year"]
    if "yy" in slots:
        return slots["yy"] + (1900 if slots["yy"] >= _CENTURY_PIVOT else 2000)
    return None


def _governing_year(reading: Reading) -> int | None:
    """The year that a quarter or a half belongs to; where not said, the latest in which it has begun."""
    if written := _written_year(reading.slots):
        return written
    return reading.anchor.year + (reading.phrase.shift or 0) if reading.anchor else None


_UNITS: Mapping[str, Callable[[Reading], Span | None]] = {
    "day": _day,
    "weekday": _weekday,
    "week": _week,
    "month": _month,
    "months": _months,
    "quarter": _quarter,
    "half": _half,
    "season": _season,
    "year": _year,
    "decade": _decade,
}
