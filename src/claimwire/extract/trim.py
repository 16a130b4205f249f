"""The copy itself: a text without what the publisher and the desk put around it."""

import re
from dataclasses import dataclass

from claimwire.catalog.feeds import Feed, boilerplate_pattern
from claimwire.text.markup import collapse_blanks
from claimwire.text.newswire import cut_desk_part, take_byline, take_credit, take_dateline

_TIME_LINE = re.compile(r"(?=.*\b\d{1,4}\b)(?=.*\b(?:19|20)\d\d\b).{6,48}")
_CLOCK = re.compile(r"\b\d{1,2}\s?[:.hH]\s?\d{2}\b")
_MOST_TOP_LINES = 6
_ONLY_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Copy:
    """A text and what was taken out of it."""

    text: str
    dateline: str = ""
    byline: str = ""
    credit: str = ""
    note: str = ""


def trim_copy(text: str, title: str, feed: Feed) -> Copy:
    """Takes out boilerplate by the feed's rules, the repeated title, byline, dateline, credit, and notes to editors."""
    pattern = boilerplate_pattern(feed)
    text = collapse_blanks(pattern.sub(" ", text) if pattern else text)
    text, note = cut_desk_part(text)
    byline = dateline = agency = ""
    for _ in range(_MOST_TOP_LINES):
        opening = take_dateline(text) if not dateline else take_byline(text)
        dateline, agency = dateline or opening.dateline, agency or opening.agency
        named = opening if opening.byline else take_byline(opening.text)
        byline = byline or named.byline
        trimmed = _without_top_line(named.text, title)
        if trimmed == text:
            break
        text = trimmed
    credit, text = take_credit(text)
    return Copy(text, dateline, byline, credit or agency, note)


def _without_top_line(text: str, title: str) -> str:
    """Without a first line that repeats the title or only says when it was published."""
    line, _, rest = text.partition("\n")
    is_title = bool(title) and _letters(line) == _letters(title)
    is_time = bool(_TIME_LINE.fullmatch(line)) and bool(_CLOCK.search(line)) and not line.endswith((".", "。"))
    return rest if rest and (is_title or is_time) else text


def _letters(text: str) -> str:
    return _ONLY_LETTERS.sub("", text).casefold()
