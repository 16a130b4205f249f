"""Folding: text and lexicon pass through the same fold, and every folded offset leads back to the text.

Folding lowers case, strips accents and vowel signs, unifies letter variants, digits and widths, turns all that is
no letter or digit into single spaces, and drops glued articles where the language has them. Syllables of
Hangul and the voicing marks of kana stay whole.
"""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass

_DROP, _GROW = "\x00", "\x01"  # stand for a letter that folds to nothing, to more than one letter

# Letters that differ in keyboard or orthography, not in meaning; the fold of a variant is the left one.
_VARIANTS = {
    variant: letter
    for letter, variants in (
        *(("i", "ıİ"), ("o", "ø"), ("l", "ł"), ("d", "đ")),
        *(("ك", "کڪ"), ("ي", "یىېے"), ("ه", "ةۀہۂە"), ("ا", "ٱ")),
    )
    for variant in variants
}
_JOINER = "\u200c"  # zero-width non-joiner: parts words as a space does (Persian)
_VOICING = "\u3099\u309a"


class _Table(dict[int, str]):
    """A translation table that works out a letter when it first meets it; each letter maps to one letter."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        self[code] = folded if len(folded) == 1 else (_GROW if folded else _DROP)
        return self[code]


def _fold_letter(letter: str) -> str:
    if letter in _VARIANTS:
        return _VARIANTS[letter]
    category = unicodedata.category(letter)
    if letter == _JOINER or letter in _VOICING:
        return " " if letter == _JOINER else letter
    if category in ("Mn", "Me", "Cf") or letter == "ـ":
        return ""
    if category == "Nd":
        return str(unicodedata.digit(letter))
    compatible = unicodedata.normalize("NFKC", letter)
    if "぀" <= compatible[0] <= "ヿ" or "가" <= compatible[0] <= "힣":
        return compatible
    bare = "".join(part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part))
    lowered = "".join(_VARIANTS.get(part, part) for part in bare.casefold())
    lowered = "".join(part for part in lowered if part.isalnum())
    return lowered or " "


_TABLE = _Table()


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text, padded by a space at both ends, with the way back."""

    text: str
    _at: tuple[int, ...]  # folded offsets from which on …
    _shift: tuple[int, ...]  # … this is to be added to get the offset in the original

    def origin(self, offset: int) -> int:
        """The offset in the original of what stands at this folded offset."""
        return offset + self._shift[bisect_right(self._at, offset) - 1]


class Fold:
    """The fold of one language; only glued articles differ between languages."""

    def __init__(self, articles: tuple[str, ...] = ()) -> None:
        plain = sorted((article.translate(_TABLE) for article in articles), key=len, reverse=True)
        dropped = rf"|(?<= )(?:{'|'.join(map(re.escape, plain))})(?=[^ ]{{2}})" if plain else ""
        self._shifting = re.compile(rf"[{_DROP}{_GROW}]|  +{dropped}")

    def __call__(self, text: str) -> Folded:
        """Folds a text of any length; linear time."""
        level = f" {text.translate(_TABLE)} "  # one letter a letter, so offsets are those of the text, plus one
        pieces, at, shift = [], [0], [-1]
        done = length = 0
        for match in self._shifting.finditer(level):
            start, end = match.span()
            pieces.append(level[done:start])
            length += start - done
            stand_in = _stand_in(match.group(), text, start - 1)
            pieces.append(stand_in)
            for place in range(length + 1, length + len(stand_in)):  # all letters of it stem from the same one
                at.append(place)
                shift.append(start - 1 - place)
            length += len(stand_in)
            done = end
            at.append(length)
            shift.append(end - 1 - length)
        pieces.append(level[done:])
        return Folded("".join(pieces), tuple(at), tuple(shift))


def _stand_in(found: str, text: str, offset: int) -> str:
    if found == _GROW:
        return _fold_letter(text[offset])
    return " " if found[0] == " " else ""
