"""Texts as sets of overlapping pieces, the measure by which copies are known."""

import re
from collections.abc import Iterable

from claimwire.text.fold import fold

_WORD = re.compile(r"\w+")
_GAPS = {code: " " for code in range(128) if not _WORD.match(chr(code))}
_UNSPACED = re.compile(r"[\u0e00-\u0e7f\u2e80-\u9fff\uf900-\ufaff]")  # Thai, Han, kana
_WORDS, _SIGNS = 3, 5  # in a piece


def words_of(text: str) -> list[str]:
    """Folded words; single signs where the script has no spaces between words."""
    folded = fold(text)
    if folded.isascii():
        return folded.translate(_GAPS).split()  # the same words, in half the time
    if _is_unspaced(folded):
        return [sign for sign in folded if sign.isalnum()]
    return _WORD.findall(folded)


def shingles_of(text: str) -> set[str]:
    """Pieces of three words, or of five signs in scripts without spaces; a shorter text is one piece."""
    return set(pieces_of(text))


def pieces_of(text: str) -> list[str]:
    """The same in order, each as often as it occurs."""
    words = words_of(text)
    size = _SIGNS if _is_unspaced(text) else _WORDS
    if len(words) <= size:
        return [" ".join(words)] if words else []
    return list(map(" ".join, zip(*(words[at:] for at in range(size)), strict=False)))


def share_of(part: Iterable[str], whole: set[str]) -> float:
    """The share of `part` that is in `whole`; 1 for an empty part."""
    pieces = list(part)
    return sum(piece in whole for piece in pieces) / len(pieces) if pieces else 1.0


def _is_unspaced(text: str) -> bool:
    sample = text[:400]
    return not sample.isascii() and 3 * len(_UNSPACED.findall(sample)) > len(sample)
