"""What opens the gate: the phrases of the anchor concepts, cut at wildcards and gaps, the needless left out.

Raw text is not folded, so each stretch comes in the spellings that wires use: with and without accents, in small
letters, in capitals, and with the letter variants of its script.
"""

import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from ahocorasick_rs import AhoCorasick

from claimwire.catalog.claims import Claims
from claimwire.catalog.lexicons import Lexicon

_SHORT = 5  # letters; of a shorter word the ends that have no wildcard are looked for too, where spaces part words
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
    single = sorted(one[0] for one in found if len(one) == 1)
    finder = AhoCorasick(single)

    def held(stretch: str) -> set[int]:
        return {index for index, _, _ in finder.find_matches_as_indexes(stretch, overlapping=True)}

    anchors: Anchors = {stretch: {()} for index, stretch in enumerate(single) if held(stretch) == {index}}
    for stretches in sorted(found):
        if len(stretches) > 1 and not any(map(held, stretches)):
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
    concepts = [name for name, meaning in claims.concepts.items() if meaning.anchor]
    phrases = [phrase for name in concepts for phrase in lexicon.concepts.get(name, ())]
    phrases += [phrase for body in claims.anchor_bodies for phrase in lexicon.bodies.get(body, ())]
    cut = _words if lexicon.articles else _stretches
    for phrase in phrases:
        stretches = set(cut(phrase.text, lexicon))
        if stretches:
            yield tuple(sorted(stretches, key=lambda stretch: (-len(stretch), stretch)))


def _words(form: str, lexicon: Lexicon) -> Iterator[str]:
    """Word by word, without glued articles: any word of a phrase may have one in the text."""
    for word in form.replace("~", " ").replace("*", " ").replace("[", "").replace("]", "").split():
        article = max((one for one in lexicon.articles if word.startswith(one)), key=len, default="")
        yield word[len(article) :] if len(word) - len(article) >= _SHORT - 1 else word


def _stretches(form: str, lexicon: Lexicon) -> Iterator[str]:
    """The pieces between wildcards and gaps; short ones with the spaces that must be around them."""
    parted = lexicon.segmentation == "words" and not lexicon.prefixes
    for piece in form.replace("[", "").replace("]", "").replace("~", " ~ ").split("~"):
        parts = piece.strip().split("*")
        for place, part in enumerate(parts):
            starts, ends = place == 0 or part[:1] == " ", place == len(parts) - 1 or part[-1:] == " "
            letters = part.strip()
            if is_acronym(letters):
                yield f" {letters} " if ends else f" {letters}"
            elif letters:
                words = letters.split()
                before = " " * (parted and starts and len(words[0]) < _SHORT)
                after = " " * (parted and ends and len(words[-1]) < _SHORT)
                yield f"{before}{letters.lower()}{after}"


@cache
def _bare_letter(letter: str) -> str:
    if "぀" <= letter <= "ヿ" or "가" <= letter <= "힣":
        return letter
    return "".join(part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part))


def _capitalised(form: str) -> str:
    return form[:1].upper() + form[1:]
