"""How a language says dates: `data/calendar/<lang>.yml` on top of the names that Unicode's CLDR gives.

A language is added by its file alone.
"""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

import babel
from pydantic import field_validator

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict

Unit: TypeAlias = Literal[
    "day", "weekday", "week", "month", "months", "quarter", "half", "season", "year", "decade", "none"
]
Names: TypeAlias = dict[int, tuple[str, ...]]


class Phrase(Strict):
    """One way to say a date, in the notation of `text/templates.py`.

    `is` is the unit meant; `shift` counts units from the day of publication (`0` this, `-1` last); `count: ago` and
    `count: ahead` take the number in `{n}`; `count: last` is the `{n}` units up to then, `count: first` those from the
    start of the year. `part` narrows a year or month. `seek` says which of several candidates is meant.
    `is_same` counts from the newest date told before that is exact enough: "in May of that year" takes its year.
    `is: none` is no date, though it looks like one where words run on without spaces.
    """

    say: tuple[str, ...]
    is_: Unit
    shift: int | None = None
    count: Literal["ago", "ahead", "last", "first"] | None = None
    part: Literal["early", "mid", "late", "first_half", "second_half", "last_month"] | None = None
    seek: Literal["past", "before", "future", "after", "near"] = "near"
    role: Literal["act", "period", ""] = ""
    months: Literal["gregorian", "persian", "islamic"] = "gregorian"
    is_capital: bool = False  # only with a capital letter
    is_same: bool = False  # counted from the date told before: "that day", "a year later", "in May of that year"

    model_config = {**Strict.model_config, "populate_by_name": False, "alias_generator": lambda key: key.rstrip("_")}

    @field_validator("say", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value


class Markers(Strict):
    """Words directly before a date (`since`, `until`, `period`, `act`, `span`) or between two (`to`)."""

    since: tuple[str, ...] = ()
    until: tuple[str, ...] = ()
    period: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    future: tuple[str, ...] = ()  # somewhere before it: the date is still to come
    past: tuple[str, ...] = ()  # … is over
    after_since: tuple[str, ...] = ()  # directly after a date, where the language puts it there
    after_until: tuple[str, ...] = ()
    after_period: tuple[str, ...] = ()


class Calendar(Strict):
    """One language's file."""

    language: str
    cldr: str = ""  # locale of the names; "" for none
    is_spaced: bool = True
    is_open: bool = False  # endings may follow without a space
    clitics: tuple[str, ...] = ()  # written to the front of a word
    endings: tuple[str, ...] = ()  # may follow a month or weekday
    weekdays: Names = {}  # 0 is Monday
    months: Names = {}
    short_months: Names = {}  # only beside a day or a year
    persian_months: Names = {}
    islamic_months: Names = {}
    seasons: dict[Literal["spring", "summer", "autumn", "winter"], tuple[str, ...]] = {}
    numbers: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    digits: str = ""  # ten characters, 0 to 9, where years are also written in them
    phrases: tuple[Phrase, ...] = ()
    markers: Markers = Markers()

    __hash__ = object.__hash__  # a calendar is loaded once: its identity is enough

    @cached_property
    def weekday_names(self) -> Names:
        """Every form of every weekday, CLDR's included."""
        return _merged(self.weekdays, self._cldr("days", "wide"))

    @cached_property
    def month_names(self) -> Names:
        """Full names of months."""
        return _merged(self.months, self._cldr("months", "wide"))

    @cached_property
    def all_month_names(self) -> Names:
        """Full and short names, which are safe only beside a day or a year."""
        short = _merged(self.short_months, self._cldr("months", "abbreviated"))
        return _merged(self.month_names, {key: tuple(n.rstrip(".") for n in names) for key, names in short.items()})

    def _cldr(self, what: str, width: str) -> Names:
        if not self.cldr:
            return {}
        locale: Any = babel.Locale.parse(self.cldr)
        table = getattr(locale, what)
        forms = [table[context][width] for context in ("format", "stand-alone")]
        return {key: tuple(form[key] for form in forms) for key in forms[0]}


def _merged(first: Names, second: Names) -> Names:
    keys = sorted({*first, *second})
    return {key: tuple(dict.fromkeys((*first.get(key, ()), *second.get(key, ())))) for key in keys}


def load_calendars(root: Path = DATA) -> Mapping[str, Calendar]:
    """Language → calendar, `und` the one for all others. Raises CatalogError naming file, key and line."""
    return {path.stem: load_strict(path, Calendar) for path in sorted((root / "calendar").glob("*.yml"))}
