"""Where in a text something may begin, found by sets and searches in native code rather than word by word."""

import re
from collections.abc import Set as AbstractSet

FIGURE = "#"
_FIGURES = re.compile(r"\d+")


def find_places(folded: str, heads: AbstractSet[str], words: re.Pattern[str]) -> list[tuple[int, str]]:
    """Starts of figures (with FIGURE), and of words that begin with a head (with it), in order.

    Args:
        folded: the text.
        heads: beginnings that are sought.
        words: what cuts the text into pieces, of which those that are no head are left out.

    A head may also stand within a word: the caller looks closer.
    """
    places = [(figures.start(), FIGURE) for figures in _FIGURES.finditer(folded)]
    for head in heads & set(words.findall(folded)):
        if head[0].isdecimal():
            continue
        at = folded.find(head)
        while at >= 0:
            places.append((at, head))
            at = folded.find(head, at + 1)
    places.sort()
    return places


def begins_word(folded: str, at: int) -> bool:
    """Whether no letter stands right before."""
    return at == 0 or not folded[at - 1].isalpha()


def begins_amount(folded: str, at: int) -> bool:
    """Whether figures are neither the tail of "1,500" or "3.5" nor part of a name such as A320."""
    before = folded[at - 1 : at]
    if before.isascii() and (before.isalpha() or before == "_"):
        return False
    return at < 2 or before not in ".,:" or not folded[at - 2].isdecimal()
