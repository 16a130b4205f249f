"""Sentences with exact offsets, whatever the language.

The splitter proposes; three rules of wire copy dispose: a line break inside a sentence is a wrap, dotted initials do
not end a sentence, and a piece that goes on in lower case is not a new one.
"""

import re
from collections.abc import Iterator

import sentencex

from claimwire.catalog.languages import load_languages
from claimwire.model import Sentence

_SURROGATE = re.compile("[\ud800-\udfff]")
_INITIALS = re.compile(r"(?:^|[^\w.])(?:[^\W\d_]\.\s?){1,4}$")
_ORDINAL = re.compile(r"(?:^|\s)\d{1,2}\.\s?$")
_BULLET = re.compile(r"\n[ \t]*(?=[-–—*•▪■●►]\s)")
_TAIL = 12  # code points that suffice to recognise initials
_BLANK_LINE = re.compile(r"\n[ \t\r\f\v]*\n")


def split_sentences(text: str, field: str, language: str) -> list[Sentence]:
    """The sentences of one field, in order, without the white space around them.

    Args:
        text: the whole field, so that offsets are into it.
        field: `title` (always one sentence) or `text`.
        language: ISO 639-1; an unknown one is split by the rules of its punctuation.
    """
    pieces = (
        [(0, len(text))]
        if field == "title"
        else _joined(text, _pieces(text, language), language in load_languages().ordinal_dot)
    )
    return [Sentence(field, start, end, text[start:end]) for start, end in _trimmed(text, pieces)]


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    """What the splitter takes for sentences, cut again at bullets."""
    # The splitter is native and refuses lone surrogates; one code point for another keeps the offsets.
    clean = text if text.isascii() else _SURROGATE.sub("\ufffd", text)
    for piece in sentencex.get_sentence_boundaries(language, clean):
        start, end = piece["start_index"], piece["end_index"]
        for cut in _BULLET.finditer(clean, start, end):
            yield start, cut.end()
            start = cut.end()
        yield start, end


def _joined(text: str, pieces: Iterator[tuple[int, int]], has_ordinals: bool) -> Iterator[tuple[int, int]]:
    """Pieces with those put together again that were never two sentences."""
    start, end = next(pieces, (0, 0))
    for following, stop in pieces:
        if _goes_on(text, (start, end), following, has_ordinals):
            end = stop
            continue
        yield start, end
        start, end = following, stop
    yield start, end


def _goes_on(text: str, piece: tuple[int, int], following: int, has_ordinals: bool) -> bool:
    start, end = piece
    if not text[end - 1 : end].isspace() and text[end - 1 : end] != ".":
        return False
    tail = text[max(start, end - _TAIL) : end]
    if _BLANK_LINE.search(tail) or not text[following : following + 1].strip():
        return False
    if not tail.rstrip().endswith("."):
        return False
    return bool(text[following].islower() or _INITIALS.search(tail) or (has_ordinals and _ORDINAL.search(tail)))


def _trimmed(text: str, pieces: Iterator[tuple[int, int]] | list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for start, end in pieces:
        piece = text[start:end]
        left = len(piece) - len(piece.lstrip())
        if left < len(piece):
            yield start + left, start + len(piece.rstrip())
