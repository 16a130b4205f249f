"""A calendar file compiled: the patterns of its phrases, found by their first characters."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from claimwire.catalog.calendar import Calendar, Names, Phrase
from claimwire.text.fold import fold
from claimwire.text.places import FIGURE, begins_word
from claimwire.text.templates import Slot, compile_template

_DIGITS = frozenset("0123456789")
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_FIGURES = {
    "day": _DAY,
    "upday": _DAY,  # the second day of "14-27"
    "day2": r"(?:3[01]|[12]\d|0[1-9])(?!\d)",
    "monthno": r"(?:1[0-2]|0?[1-9])(?!\d)",
    "upmonthno": r"(?:1[0-2]|0?[1-9])(?!\d)",
    "monthno2": r"(?:1[0-2]|0[1-9])(?!\d)",
    "year": _YEAR,
    "upper": _YEAR,  # the second year of "2017-2019"
    "yy": r"\d\d(?![\d-])",
    "n": r"\d{1,3}(?!\d|[.,]\d)",
    "upn": r"\d{1,3}(?!\d|[.,]\d)",
    "nth": r"\d{1,2}(?!\d)",
    "decade": r"(?:(?:19|20)\d|[2-9])0",
    "pyear": r"1[34]\d\d(?!\d)",
    "iyear": r"14\d\d(?!\d)",
}
_HEAD = 4  # code points of a word that tell whether a phrase may begin with it
_BEFORE, _AFTER = 60, 14  # code points around a date in which markers are looked for

Mood = Literal["future", "past", ""]


@dataclass(frozen=True, slots=True)
class Grammar:
    """What finds the dates of one language; names are folded."""

    phrases: tuple[tuple[Phrase, tuple[tuple[str, str], ...]], ...]  # each way to say one, with its slots' groups
    heads: frozenset[str]  # beginnings of phrases
    starts: re.Pattern[str]  # beginnings of words
    patterns: Mapping[str, re.Pattern[str]]  # by head
    names: Mapping[str, Mapping[str, int]]  # slot → name → number
    before: re.Pattern[str]  # markers directly before a date
    after: re.Pattern[str]
    to: re.Pattern[str]  # between the two dates of a span
    moods: re.Pattern[str]
    digits: str = ""  # of years that are spelt digit by digit
    is_worded: bool = True  # phrases begin where words begin

    def may_begin(self, folded: str, at: int) -> bool:
        """Whether a phrase that begins with a letter may begin here."""
        return not self.is_worded or begins_word(folded, at)

    def number(self, slot: str, words: str) -> int:
        """What the words in a slot mean."""
        if words.isdecimal():
            return int(words)
        names = self.names.get(slot, {})
        stem = words.rstrip(".")
        while stem and stem not in names:  # an ending of the language's list
            stem = stem[:-1]
        return names[stem] if stem else int("".join(str(self.digits.index(digit)) for digit in words))

    def mood(self, folded: str, start: int) -> tuple[Mood, int]:
        """Whether the words before say that the date is to come or is over, and how far before they stand."""
        window = folded[max(0, start - _BEFORE) : start]
        told = [(match.lastgroup, match.end()) for match in self.moods.finditer(window)]
        kind, end = told[-1] if told else ("stop", 0)
        if kind == "stop":
            return "", _BEFORE
        return ("future" if kind == "future" else "past"), len(window) - end

    def marker_before(self, folded: str, start: int) -> tuple[str, int]:
        """The kind of the marker that ends right before `start`, and where it begins."""
        found = self.before.search(folded, max(0, start - _BEFORE // 2), start)
        return (found.lastgroup or "", found.start()) if found else ("", start)

    def marker_after(self, folded: str, end: int) -> tuple[str, int]:
        """The kind of the marker that begins right after `end`, and where it ends."""
        found = self.after.match(folded, end, end + _AFTER)
        return (found.lastgroup or "", found.end()) if found else ("", end)


class _Patterns(dict[str, re.Pattern[str]]):
    """Head → pattern, compiled when a text first has it: a language costs what it is used."""

    def __init__(self, sources: Mapping[str, str]) -> None:
        self._sources = sources

    def __missing__(self, head: str) -> re.Pattern[str]:
        self[head] = re.compile(self._sources[head])
        return self[head]


@lru_cache(maxsize=64)
def compile_grammar(calendar: Calendar, shared: Calendar) -> Grammar:
    """The calendar's phrases, then those that all languages share.

    Raises:
        ValueError: where a phrase is not written in the notation.
    """
    names = _names(calendar)
    slots = _slots(calendar, names)
    is_worded = calendar.is_spaced and not calendar.is_open
    length = _HEAD if is_worded else 1
    space = r"\s{0,4}" if not calendar.is_spaced else r"\s{1,4}"
    lead = f"[{'|'.join(calendar.clitics)}]" if calendar.clitics else ""
    end = r"(?!\d)" if calendar.is_open or not calendar.is_spaced else r"(?!\w)"
    phrases = [(phrase, say) for phrase in (*calendar.phrases, *shared.phrases) for say in phrase.say]
    by_head: dict[str, list[str]] = {}
    groups_of: list[tuple[tuple[str, str], ...]] = []
    for number, (_, say) in enumerate(phrases):
        template = compile_template(lead + _tidy(say), slots, f"p{number}", space=space, head=length)
        groups_of.append(template.groups)
        for head in {FIGURE if head[0] in _DIGITS else head for head in template.heads}:
            by_head.setdefault(head, []).append(f"(?P<p{number}>{template.pattern}){end}")
    return Grammar(
        tuple((phrase, groups_of[number]) for number, (phrase, _) in enumerate(phrases)),
        frozenset(by_head),
        re.compile(rf"(?<!\w)\w{{1,{_HEAD}}}" if is_worded else f"[{re.escape(''.join(by_head))}]"),
        _Patterns({head: "|".join(patterns) for head, patterns in by_head.items()}),
        names,
        *_markers(calendar),
        digits=calendar.digits,
        is_worded=is_worded,
    )


def _tidy(words: str) -> str:
    return fold(unicodedata.normalize("NFC", words))


def _names(calendar: Calendar) -> dict[str, dict[str, int]]:
    begins = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}  # months
    seasons: Names = {begins[name]: words for name, words in calendar.seasons.items()}
    tables: dict[str, Names] = {
        "weekday": calendar.weekday_names,
        "month": calendar.month_names,
        "mon": calendar.all_month_names,
        "mon2": calendar.all_month_names,  # the same month by its other name
        "pmonth": calendar.persian_months,
        "imonth": calendar.islamic_months,
        "season": seasons,
    }
    names = {slot: {_tidy(n): key for key, forms in table.items() for n in forms} for slot, table in tables.items()}
    numbers = {_tidy(name): value for name, value in calendar.numbers.items()}
    names |= {"n": numbers, "upn": numbers, "nth": {_tidy(k): value for k, value in calendar.ordinals.items()}}
    if not calendar.is_spaced:
        days = {name: value for name, value in numbers.items() if value <= 31}
        names |= dict.fromkeys(("day", "upday", "monthno", "upmonthno"), days)
    return names


def _slots(calendar: Calendar, names: Mapping[str, Mapping[str, int]]) -> dict[str, Slot]:
    slots = {name: Slot(pattern, _DIGITS) for name, pattern in _FIGURES.items()}
    endings = f"(?:{_either(map(_tidy, calendar.endings))})?" if calendar.endings else ""
    for name, table in names.items():
        figures = [_FIGURES[name]] if name in _FIGURES else []
        if not table:
            slots.setdefault(name, Slot(r"(?!)", frozenset()))
            continue
        ending = endings if name in ("weekday", "month", "mon", "mon2") else ""
        dot = r"\.?" if name == "mon" else ""
        pattern = f"(?:{'|'.join([*figures, _either(table)])}){ending}{dot}"
        slots[name] = Slot(pattern, frozenset(table) | (_DIGITS if figures else frozenset()))
    if calendar.digits:
        spelt = f"[{calendar.digits}]{{4}}"
        for name in ("year", "upper"):
            slots[name] = Slot(f"(?:{_YEAR}|{spelt})", _DIGITS | frozenset(calendar.digits))
    return slots


def _either(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


def _markers(calendar: Calendar) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    markers = calendar.markers
    left = r"(?<!\w)" if calendar.is_spaced else ""
    right = r"(?!\w)" if calendar.is_spaced else ""
    space = r"\s*" if not calendar.is_spaced else r"\s+"

    def group(name: str, words: tuple[str, ...]) -> str:
        return f"(?P<{name}>{_either(map(_tidy, words)) if words else '(?!)'})"

    kinds = {"since": markers.since, "until": markers.until, "period": markers.period, "act": markers.act}
    later = {"since": markers.after_since, "until": markers.after_until, "period": markers.after_period}
    before = "|".join(group(kind, words) for kind, words in kinds.items())
    after = "|".join(group(kind, words) for kind, words in later.items())
    moods = (
        f"{left}(?:{group('future', markers.future)}|{group('past', markers.past)}){right}|(?P<stop>\\w{3}[.!?]\\s|。)"
    )
    to = rf"\s*(?:[-–—~]|{left}(?:{_either(map(_tidy, markers.to)) or '(?!)'}){right})\s*"
    lead = space if calendar.is_spaced and not calendar.clitics else r"\s*"
    return (
        re.compile(f"{left}(?:{before}){lead}\\Z"),
        re.compile(rf"\s*(?:{after})"),
        re.compile(to),
        re.compile(moods),
    )
