"""Dates as news writes them, worked out from the day of publication."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

from claimwire.catalog.calendar import Calendar
from claimwire.text.dates_told import NOTHING, LookBack, Vantage, tell_nothing
from claimwire.text.fold import fold
from claimwire.text.grammar import Grammar, compile_grammar
from claimwire.text.places import FIGURE, begins_amount, find_places
from claimwire.text.resolve import Reading, resolve
from claimwire.text.spans import OPEN, Span, month

_UNKNOWN = "und"
_WEEKDAY_REACH = 40  # how near a weekday "will" must stand to point it ahead
_GAP = 14  # longest words between the two dates of a span
_DATELINE = 150

Role = Literal["act", "period", ""]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in a text; `value` is ISO 8601 to the grain that the text gives, a span as `from/to`."""

    start: int
    end: int
    value: str
    kind: Literal["day", "month", "span", "year"]
    text: str
    role_hint: Role = ""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    span: Span
    role: Role
    has_year: bool


def find_dates(
    text: str,
    language: str,
    published_at: datetime | None,
    calendars: Mapping[str, Calendar],
    look_back: LookBack = tell_nothing,
) -> list[DateMention]:
    """Every date, in order of its place; of a span both its ends and the whole are given.

    Args:
        text: a sentence or more.
        language: ISO 639-1; dates in figures alone are found in any.
        published_at: in the dateline's local time; without it only dates that name their year are found.
        calendars: of `load_calendars`.
        look_back: gives the dates told before the text, to which "that day" goes back where the text has none itself.
    """
    shared = calendars[_UNKNOWN]
    grammar = compile_grammar(calendars.get(language, shared), shared)
    folded = fold(text)
    anchor = published_at.date() if published_at else None
    plain = list(_plain(text, folded, grammar, Vantage(anchor, NOTHING, look_back)))
    if not plain:
        return []
    found = [*plain, *_ranges(folded, grammar, anchor, plain), *_open_spans(folded, grammar, anchor, plain)]
    found.sort(key=lambda one: (one.start, -one.end))
    return [DateMention(f.start, f.end, f.span.value, f.span.kind, text[f.start : f.end], f.role) for f in found]


def find_anchor(title: str, text: str, language: str, calendars: Mapping[str, Calendar]) -> date | None:
    """The first full date of the headline or of the beginning of the text: the dateline's, where there is one."""
    for part in (title, text[:_DATELINE]):
        for mention in find_dates(part, language, None, calendars):
            if mention.kind == "day":
                return date.fromisoformat(mention.value)
    return None


def _plain(text: str, folded: str, grammar: Grammar, vantage: Vantage) -> Iterator[_Found]:
    """The dates that single phrases give, none inside another."""
    done = 0
    for start, head in find_places(folded, grammar.heads, grammar.starts):
        if start < done or not (begins_amount if head == FIGURE else grammar.may_begin)(folded, start):
            continue
        match = grammar.patterns[head].match(folded, start)
        if match is None:
            continue
        phrase = grammar.phrases[_rule(match)][0]
        if phrase.is_capital and _is_small(text, match):
            continue
        found = _read(folded, match, grammar, vantage)
        if found:
            vantage = replace(vantage, told=vantage.told.after(found.span.value))
            yield found
        if found or phrase.is_same or phrase.is_ == "none":  # "the following Friday" of nothing told is no Friday
            done = match.end()


def _rule(match: re.Match[str]) -> int:
    """Which phrase it was: the outermost group is named after its number."""
    return int((match.lastgroup or "p0")[1:])


def _is_small(text: str, match: re.Match[str]) -> bool:
    """A modal "may" in small letters, or among capitals where nobody can tell, is no month."""
    first, second = text[match.start()], text[match.start() + 1 : match.start() + 2]
    return first.islower() or second.isupper()


def _read(folded: str, match: re.Match[str], grammar: Grammar, vantage: Vantage) -> _Found | None:
    phrase, groups = grammar.phrases[_rule(match)]
    if phrase.is_ == "none":
        return None
    held = {slot: words for slot, group in groups if (words := match[group]) is not None}
    slots = {slot: grammar.number(slot, words) for slot, words in held.items()}
    anchor = vantage.published
    mood, distance = grammar.mood(folded, match.start()) if anchor and "year" not in slots else ("", 0)
    if phrase.is_ == "weekday" and distance > _WEEKDAY_REACH:
        mood = ""
    marker, _ = grammar.marker_before(folded, match.start())
    if (marker == "until" and not mood) or (marker in ("until", "period") and phrase.is_ == "weekday"):
        mood = "future"
    earlier, known = vantage.origin(phrase, slots)
    span = resolve(Reading(phrase, known, anchor, mood, earlier))
    if span is None:
        return None
    trailing, _ = grammar.marker_after(folded, match.end())
    role: Role = "period" if "period" in (marker, trailing) else "act" if marker == "act" else phrase.role
    return _Found(match.start(), match.end(), span, role, bool({"year", "yy", "pyear", "iyear"} & known.keys()))


def _ranges(folded: str, grammar: Grammar, anchor: date | None, found: list[_Found]) -> Iterator[_Found]:
    """« du 1er janvier au 30 mai »: neighbours joined by a word for "to"."""
    for one, two in pairwise(found):
        if two.start - one.end > _GAP or not grammar.to.fullmatch(folded, one.end, two.start):
            continue
        first, last = one.span, two.span
        if not one.has_year and not two.has_year and first.first > last.first and anchor and first.first > anchor:
            last = _in_year(last, first.first, ahead=True)
        elif not one.has_year and (two.has_year or first.first > last.first):
            first = _in_year(first, last.first, ahead=False)
        if first.first <= last.last and first.grain == last.grain:
            yield _Found(one.start, two.end, first.to(last), "period", has_year=True)


def _in_year(span: Span, other: date, *, ahead: bool) -> Span:
    """The same days in the nearest year in which they come before (or after) the other date."""
    for number in (other.year, other.year + (1 if ahead else -1)):
        try:
            moved = Span(span.first.replace(year=number), span.last.replace(year=number), span.grain)
        except ValueError:  # 29 February
            return span
        if moved.first >= other if ahead else moved.first <= other:
            return moved
    return span


def _open_spans(folded: str, grammar: Grammar, anchor: date | None, found: list[_Found]) -> Iterator[_Found]:
    """What "since May" spans to the day of publication, and "until May" from its month."""
    for one in found:
        before, start = grammar.marker_before(folded, one.start)
        after, end = grammar.marker_after(folded, one.end)
        start = start if before in ("since", "until") else one.start
        end = end if after in ("since", "until") else one.end
        kind = before if before in ("since", "until") else after
        if kind == "since" and (anchor is None or one.span.first <= anchor):
            yield _Found(start, end, replace(one.span, last=anchor or OPEN), "period", one.has_year)
        elif kind == "until" and anchor and one.span.last >= anchor:
            today = replace(month(anchor), grain="year") if one.span.grain == "year" else month(anchor)
            yield _Found(start, end, replace(today.to(one.span), first_grain=today.grain), "period", one.has_year)
