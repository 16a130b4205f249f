"""What opens the gate: the phrases of the anchor concepts, cut at wildcards and gaps, the needless left out.

Raw text is not folded, so each stretch comes in the spellings that wires use: with and without accents, in small
letters, in capitals, and with the letter variants of its script.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from claimwire.catalog.claims import Claims
from claimwire.catalog.lexicons import Lexicon

_SHORT = 5  # letters; a shorter word is looked for at the start of words only, where spaces part words
_LETTER_VARIANTS = tuple(
    str.maketrans(dict.fromkeys(variants, letter))
    for variants, letter in (("أإآ", "ا"), ("ىی", "ي"), ("ک", "ك"), ("ة", "ه"), ("\u200c", " "), ("’ʼ", "'"))
)
"""Spellings of a letter that a wire may use for another, one table each, since it may use some and not others."""

Anchors = dict[str, set[tuple[str, ...]]]
"""Stretch → the companions that must be in the text too, one set of them enough; an empty one: it opens alone."""


def collect_anchors(lexicons: Iterable[Lexicon], claims: Claims) -> Anchors:
    """What to look for. A leading space stands for the start of a word; capitals throughout count as capitals only."""
    found = {stretches for lexicon in lexicons for stretches in _of_lexicon(lexicon, claims)}
    alone: set[str] = set()
    for stretch in sorted((one[0] for one in found if len(one) == 1), key=lambda one: (len(one), one)):
        if not any(part in alone for part in _parts(stretch)):
            alone.add(stretch)
    anchors: Anchors = {stretch: {()} for stretch in sorted(alone)}
    for stretches in sorted(found):
        if len(stretches) > 1 and not any(part in alone for stretch in stretches for part in _parts(stretch)):
            anchors.setdefault(stretches[0], set()).add(stretches[1:])
    return anchors


def spellings(stretch: str) -> set[str]:
    """How the stretch may stand in raw text; letters of ASCII are given small, and are to be matched in any case."""
    if stretch.isascii() and "'" not in stretch:
        return {stretch}
    forms = {stretch, "".join(map(_bare_letter, stretch))}
    for table in _LETTER_VARIANTS:
        forms |= {form.translate(table) for form in forms}
    forms |= {form.replace("'", "’") for form in forms}
    return {case(form) for form in forms for case in (str, str.lower, str.upper, _capitalised)}


def is_acronym(stretch: str) -> bool:
    """Whether only capitals count."""
    letters = stretch.strip()
    return letters.isascii() and letters.isupper() and letters.isalpha()


def _of_lexicon(lexicon: Lexicon, claims: Claims) -> Iterator[tuple[str, ...]]:
    """The stretches of each phrase, the longest first."""
    parted = lexicon.segmentation == "words" and not lexicon.prefixes
    for concept, meaning in claims.concepts.items():
        for phrase in lexicon.concepts.get(concept, ()) if meaning.anchor else ():
            stretches = set(_stretches(phrase.text, parted=parted))
            yield tuple(sorted(stretches, key=lambda stretch: (-len(stretch), stretch)))


def _stretches(form: str, *, parted: bool) -> Iterator[str]:
    """The pieces between wildcards and gaps; short ones with the spaces that must be around them."""
    for piece in form.replace("[", "").replace("]", "").replace("~", " ~ ").split("~"):
        parts = piece.strip().split("*")
        for place, part in enumerate(parts):
            starts, ends = place == 0 or part[:1] == " ", place == len(parts) - 1 or part[-1:] == " "
            letters = part.strip()
            if is_acronym(letters):
                yield f" {letters} " if ends else f" {letters}"
            elif parted and 0 < len(letters) < _SHORT:
                yield f"{' ' * starts}{letters.lower()}{' ' * ends}"
            elif letters:
                yield letters.lower()


def _parts(stretch: str) -> Iterator[str]:
    length = len(stretch)
    return (stretch[start:end] for start in range(length) for end in range(start + 2, length + 1))


@cache
def _bare_letter(letter: str) -> str:
    if "぀" <= letter <= "ヿ" or "가" <= letter <= "힣":
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def _capitalised(form: str) -> str:
    return form[:1].upper() + form[1:]
