"""What an article has told of dates so far, to which "that day", "a year later" and "in May of that year" go back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from claimwire.catalog.calendar import Phrase

_YEAR, _MONTH, _DAY = 4, 7, 10  # how much of an ISO date tells each
_MONTHS = ("mon", "month", "monthno", "monthno2")  # slots that hold a month
_YEARS = frozenset({"year", "yy"})
_BY_DAY = frozenset({"day", "weekday", "week"})  # units that are counted from a day


@dataclass(frozen=True, slots=True)
class Told:
    """The newest dates, ISO, that are exact to the day, at least to the month, at least to the year; "" for none."""

    day: str = ""
    month: str = ""
    year: str = ""

    def after(self, value: str) -> "Told":
        """With one more date or span, ISO; a span tells no more than its two ends share."""
        first, _, last = value.partition("/")
        shares = (length for length in (_DAY, _MONTH, _YEAR) if first[:length] == (last or first)[:length])
        known = first[: next(shares, 0)]
        return Told(
            known if len(known) == _DAY else self.day,
            known if len(known) >= _MONTH else self.month,
            known or self.year,
        )


NOTHING = Told()
LookBack = Callable[[], Told]
"""Gives what the text before has told; asked only where a sentence goes back to it."""


def tell_nothing() -> Told:
    """A `LookBack` for a text that stands alone."""
    return NOTHING


@dataclass(frozen=True, slots=True)
class Vantage:
    """From where a date is seen: the day of publication, the dates of the sentence before it, and the text before."""

    published: date | None
    told: Told
    look_back: LookBack

    def origin(self, phrase: Phrase, slots: Mapping[str, int]) -> tuple[date | None, Mapping[str, int]]:
        """The earlier date that the phrase counts from, if any, and its slots with the year or month that it leaves."""
        names_month = not slots.keys().isdisjoint(_MONTHS)
        if not phrase.is_same:
            is_open = names_month and not self.published and slots.keys().isdisjoint(_YEARS)
            return self._near(slots) if is_open else (None, slots)
        if names_month:  # "in May of that year"
            year = _as_date(self._newest("year"))
            return (year, {**slots, "year": year.year + (phrase.shift or 0)}) if year else (None, slots)
        if "day" in slots:  # "on the 5th of that month"
            month = _as_date(self._newest("month"))
            return (month, {**slots, "year": month.year, "monthno": month.month}) if month else (None, slots)
        grain = "day" if phrase.is_ in _BY_DAY else "month" if phrase.is_ == "month" else "year"
        earlier = _as_date(self._newest(grain))
        is_today = phrase.is_ == "day" and phrase.shift == 0  # only "the same day" may be that of publication
        return earlier or (self.published if is_today else None), slots

    def _near(self, slots: Mapping[str, int]) -> tuple[date | None, Mapping[str, int]]:
        """Without a day of publication "5 May" is in the year that the sentence told, or near the date it told.

        Of the sentences before only the same month is of use: "5 May 2016", then "5 May" again.
        """
        told, named = self.told.year, next(slots[name] for name in _MONTHS if name in slots)
        if not told and (month := _as_date(self.look_back().month)) and month.month == named:
            told = f"{month.year}"
        return _as_date(told), {**slots, "year": int(told)} if len(told) == _YEAR else slots

    def _newest(self, grain: str) -> str:
        found: str = getattr(self.told, grain)
        return found or getattr(self.look_back(), grain)


def _as_date(value: str) -> date | None:
    """The first day of what an ISO date tells."""
    return date.fromisoformat((value + "-01-01")[:_DAY]) if value else None
