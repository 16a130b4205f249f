"""What a desk wrote around its copy: dateline, byline, credit, and marks of versions, corrections and kills."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from claimwire.catalog.newswire import DeskPhrases, Newswire, load_newswire

_HEAD_LENGTH = 220  # of a text: no dateline is longer
_DASHES = r"(?:--|[-–—_―])"
_PIECES = {
    "{place}": r"(?P<place>[^\W\d_][^()（）\[\]【】\n]{0,60}?(?:\s\([^()\d\n]{2,30}\))?)",
    "{date}": r"(?P<date>[^()（）\[\]【】\n]{0,16}?\d[^()（）\[\]【】\n]{0,16}?)",
    "{byline}": r"(?P<byline>[^()（）\[\]【】=\n]{0,40}?)",
    "{agency}": r"(?P<agency>AGENCIES)",
    " ": r"\s*",
    "(": r"[(（]",
    ")": r"[)）]",
    "=": r"\s*[=＝]\s*",
    "-": rf"\s*{_DASHES}",
}
_SPLIT = re.compile(r"(\{\w+\}|.)", re.S)
_INITIALS = re.compile(r"(?:bur-)?[a-z]{2,5}(?:[-/][a-z]{1,5}){1,6}")
_BYLINE_LENGTH = 90


@dataclass(frozen=True, slots=True)
class Opening:
    """What stood before the first sentence of a text, and the text without it."""

    text: str
    dateline: str = ""
    agency: str = ""
    byline: str = ""


def take_dateline(text: str) -> Opening:
    """The text without its dateline: `PLACE, July 12 (XYZ) - The …` gives `PLACE, July 12 (XYZ)` and `The …`."""
    head = text[:_HEAD_LENGTH]
    if not _compiled().agency.search(head):
        return Opening(text)
    for shape in _compiled().datelines:
        found = shape.match(head)
        if found and found.end() < len(text):
            parts = found.groupdict()
            dateline = found.group().strip(" \t\n\xa0-–—_―=:").removesuffix(".").strip()
            return Opening(text[found.end() :].lstrip(), dateline, parts["agency"], (parts.get("byline") or "").strip())
    return Opening(text)


def take_byline(text: str) -> Opening:
    """The text without a first line that only says by whom it is."""
    line, _, rest = text.partition("\n")
    found = _compiled().byline.match(line) if rest and len(line) <= _BYLINE_LENGTH else None
    name = found.group("name").strip(" ,=") if found else ""
    is_name = (
        bool(name) and not name.endswith((".", ":", "?", "!")) and not name[0].islower() and len(name.split()) <= 9
    )
    return Opening(rest, byline=name) if is_name else Opening(text)


def take_credit(text: str) -> tuple[str, str]:
    """The credit in the last line, in brackets or alone there, and the text without it; desk initials go too."""
    body, _, last = text.rpartition("\n")
    if body and _INITIALS.fullmatch(last.strip()):
        text, (body, _, last) = body, body.rpartition("\n")
    alone = _compiled().credit_line.fullmatch(last.strip())
    if alone and body:
        return alone.group("credit").strip(), body
    closing = _compiled().credit_end.search(last)
    if closing and closing.start():
        return closing.group("credit").strip(), text[: len(text) - len(last) + closing.start()].rstrip()
    return "", text


def desk_status(title: str, slug: str = "", note: str = "", text: str = "") -> str:
    """`canceled`, `corrected`, or "" where no desk says so.

    Args:
        title: its beginning counts.
        slug: each of its parts counts.
        note: to editors; any place in it counts.
        text: its first line counts, as a heading, or as a note where it is in brackets or addressed to editors.
    """
    opening = text[:_HEAD_LENGTH].split("\n", 1)[0]
    notes = f"{note}\n{opening}" if _compiled().desk_line.match(opening) else note
    parts = [part.strip().upper() for part in re.split(r"[,/]", slug)]
    for status, marks in (("canceled", _compiled().kills), ("corrected", _compiled().corrections)):
        if any(marks.is_head(head) for head in (title.strip(), opening.strip(), *parts)) or marks.notes.search(notes):
            return status
    return ""


def is_affiliation(line: str) -> bool:
    """Whether a line only names an agency, or says what its writer is: it stands below a byline."""
    return bool(_compiled().affiliation.fullmatch(line))


def desk_note(line: str) -> str:
    """What a line addressed to other desks says, without the address; "" where it is not addressed to them."""
    found = _compiled().desk_prefix.match(line)
    return line[found.end() :].strip("() ") if found else ""


def desk_version(*lines: str) -> str:
    """The number that the desk gave this version in its headline or slug; "" where none."""
    found = (_compiled().version.search(line) for line in lines)
    return next((next(filter(None, one.groups())) for one in found if one), "")


def cut_desk_part(text: str) -> tuple[str, str]:
    """The text for readers, and what follows for editors only."""
    found = _compiled().desk_part.search(text)
    return (text[: found.start()].rstrip(), text[found.start() :].strip()) if found else (text, "")


class _Marks:
    """One kind of desk phrase, compiled."""

    def __init__(self, phrases: DeskPhrases, *, is_loud: bool) -> None:
        self._is_loud = is_loud
        heads = [phrase for spoken in phrases.heads.values() for phrase in spoken]
        end = rf"\s*(?:[:：=/)\]】）,]|{_DASHES}|$)"
        self._head = re.compile(rf"[\s\W_]*({_either(heads)}){end}", re.I)
        self.notes = re.compile(rf"\b(?:{_either(p for spoken in phrases.notes.values() for p in spoken)})\b", re.I)

    def is_head(self, line: str) -> bool:
        """Whether the line begins with such a phrase; of a loud kind, a lone word counts in capitals only."""
        found = self._head.match(line)
        return found is not None and (not self._is_loud or " " in found[1] or found[1] == found[1].upper())


class _Compiled:
    """The file's words as patterns, made once a process."""

    def __init__(self, words: Newswire) -> None:
        one = _either(words.agencies)
        agency = rf"(?:{one})(?:\s*[/,+;-]\s*(?:{one}))*"
        words_between = _either(words.credit_words)
        between = rf"(?:\s*[/,+;–-]\s*|\s+(?:{words_between})\s+)"
        joined = rf"(?:(?:{words_between})\s+)?(?:{one})(?:{between}(?:{one}))*"
        self.agency = re.compile(one)
        self.datelines = [re.compile(_shape(line).replace("AGENCIES", agency)) for line in words.datelines]
        starts = _either(word for spoken in words.bylines.values() for word in spoken)
        self.byline = re.compile(rf"\s*(?:{starts})\s*:?\s+(?P<name>\S.*)")
        self.credit_line = re.compile(rf"[\W_]*(?P<credit>{joined})[\W_]*")
        self.credit_end = re.compile(rf"\s*(?:[(（\[]\s*(?P<credit>{joined})\s*[)）\]])[\s.]*$")
        self.kills, self.corrections = _Marks(words.kills, is_loud=True), _Marks(words.corrections, is_loud=False)
        self.affiliation = re.compile(rf"\s*(?:{agency}|.*\b(?:{_either(words.affiliations)}))\W*")
        self.desk_line = re.compile(rf"\s*(?:[(\[（【]|(?:{_either(words.desk_lines)})(?!\w))", re.I)
        self.desk_prefix = re.compile(rf"\W*(?:{_either(words.desk_lines)})(?!\w)\W*", re.I)
        versions = (re.escape(line).replace(r"\{n\}", r"(\d{1,2})") for line in words.versions)
        self.version = re.compile(rf"(?<!\w)(?:{'|'.join(versions)})(?!\w)", re.I)
        self.desk_part = re.compile(rf"^[^\w\n]*(?:{_either(words.not_for_publication)})", re.I | re.M)


@cache
def _compiled() -> _Compiled:
    return _Compiled(load_newswire())


def _either(phrases: Iterable[str]) -> str:
    """Longest first, so that the fuller name wins."""
    return "|".join(re.escape(phrase) for phrase in sorted(set(phrases), key=len, reverse=True))


def _shape(line: str) -> str:
    return "".join(_PIECES.get(piece, re.escape(piece)) for piece in _SPLIT.findall(line)) + r"\s*"
