"""Whether two texts that share most of their words tell different steps of one matter.

"Asks" and "refuses", the twelfth package and the thirteenth, four million and five: agencies write each step into the
background of the step before, so that word overlap alone would merge them. What counts is what each tells anew.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from itertools import islice

from claimwire.catalog.claims import load_claims
from claimwire.catalog.lexicons import load_lexicons
from claimwire.catalog.newswire import load_newswire
from claimwire.catalog.units import load_units
from claimwire.extract.shingles import share_of, shingles_of, words_of
from claimwire.model import Article
from claimwire.text.fold import fold
from claimwire.text.sentences import split_sentences

_TOLD_TOO = 0.7  # share of a lead's pieces in the other text, from which it is told there too
_ALIKE = 0.6  # likeness of words, from which two sentences are versions of one
_MOST_WORDS, _MOST_SENTENCES = 120, 40  # compared with each other, which costs their square
_NEAR = 20  # code points in which a month's name is looked for
_NUMBER = re.compile(r"\d+(?:[.,'\u00a0\u202f\u2009 ]\d{3})*(?:[.,]\d+)?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERALS = re.compile(r"[一二三四五六七八九十百千万萬亿億两兩〇零]{2,}|[二三四五六七八九十]")
_DECISIVE = frozenset({"request", "propose", "threaten", "impose", "tighten", "extend", "ease", "lift", "oppose"})
_TURNS = frozenset({"oppose", "lift", "threaten"})  # no reprint leaves one of these out of its lead, or puts it in


@dataclass(frozen=True, slots=True)
class Facts:
    """What makes a sentence this step and no other, in codes that no rewording changes."""

    numbers: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    states: frozenset[str] = frozenset()
    is_denied: bool = False


def is_another_step(first: Article, second: Article) -> bool:
    """Whether the two tell different steps, both in the language of the first."""
    longer, shorter = sorted((first, second), key=lambda article: len(article.text), reverse=True)
    language = longer.language or shorter.language
    ours, theirs = _told_anew(longer, shorter, language), _told_anew(shorter, longer, language)
    if _invents_numbers(theirs, longer, language):
        return True
    alike = ((our, their) for our in ours for their in theirs if likeness(our, their) >= _ALIKE)
    return (
        any(_differ(our, their, language) for our, their in alike)
        or _titles_differ(longer.title, shorter.title, language)
        or _leads_differ(longer, shorter, language)
    )


def facts_of(text: str, language: str) -> Facts:
    """Numbers, acts, states and negation in a sentence or more."""
    known = _vocabulary(language)
    codes = list(known.codes_in(fold(text)))
    return Facts(
        numbers=frozenset((*_figures(text), *(code[7:] for code in codes if code.startswith("number:")))),
        acts=frozenset(code[4:] for code in codes if code.startswith("act:")) & _DECISIVE,
        states=frozenset(code[6:] for code in codes if code.startswith("state:")),
        is_denied="denied" in codes,
    )


def likeness(first: str, second: str) -> float:
    """0 to 1: how much of two sentences is the same words in the same order."""
    one, other = words_of(first)[:_MOST_WORDS], words_of(second)[:_MOST_WORDS]
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _told_anew(article: Article, other: Article, language: str) -> list[str]:
    """Sentences of one text that the other does not have to the letter."""
    there = shingles_of(other.text)
    sentences = split_sentences(article.text, "text", language)
    anew = (one.text for one in sentences if share_of(shingles_of(one.text), there) < 1)
    return list(islice(anew, _MOST_SENTENCES))


def _invents_numbers(told: list[str], source: Article, language: str) -> bool:
    """A reprint may drop numbers; it has none that the longer text lacks."""
    known = facts_of(f"{source.title}\n{source.text}", language).numbers
    return any(facts_of(sentence, language).numbers - known for sentence in told)


def _differ(our: str, their: str, language: str) -> bool:
    """For two sentences that are versions of one: whether the change is of fact."""
    one, other = facts_of(our, language), facts_of(their, language)
    is_swapped = any(
        mine - yours and yours - mine for mine, yours in ((one.numbers, other.numbers), (one.states, other.states))
    )
    return is_swapped or _acts_differ(one.acts, other.acts) or one.is_denied != other.is_denied


def _titles_differ(our: str, their: str, language: str) -> bool:
    """Headlines are free: only another number or a turn of the matter in much the same words tells."""
    if likeness(our, their) < _ALIKE:
        return False
    one, other = facts_of(our, language), facts_of(their, language)
    return bool(one.numbers ^ other.numbers) or not _TURNS.isdisjoint(one.acts ^ other.acts)


def _acts_differ(one: frozenset[str], other: frozenset[str]) -> bool:
    """Each tells an act that the other does not, or one tells a turn of the matter."""
    return bool(one - other and other - one) or not _TURNS.isdisjoint(one ^ other)


def _leads_differ(longer: Article, shorter: Article, language: str) -> bool:
    """Two leads in other words: whether they report other acts."""
    ours, theirs = (article.text.split("\n", 1)[0] for article in (longer, shorter))
    one, other = facts_of(ours, language).acts, facts_of(theirs, language).acts
    if share_of(shingles_of(theirs), shingles_of(longer.text)) >= _TOLD_TOO:
        return False
    told = facts_of(longer.text, language).acts
    return _acts_differ(one, other) or bool(other - one - told)


def _figures(text: str) -> Iterator[str]:
    """Figures without their separators, but years and days of a month, which desks add and drop."""
    for found in _NUMBER.finditer(text):
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + _NEAR]
        around = (*before.split()[-1:], *after.split()[:1])
        is_day = len(found[0]) <= 2 and any(
            load_newswire().month(word.strip(".,")) for word in around if word.isalpha()
        )
        is_day = is_day or text[found.end() : found.end() + 1] in {"日", "月", "일", "월"}
        if not is_day and not _YEAR.fullmatch(found[0]):
            yield "".join(str(unicodedata.digit(sign)) for sign in found[0] if sign.isdigit())


class _Vocabulary:
    """Words of one language that carry facts: whole words, beginnings of words, or signs anywhere."""

    def __init__(self, pairs: Iterable[tuple[str, str]], *, is_spaced: bool) -> None:
        self._is_spaced = is_spaced
        self._whole: dict[str, str] = {}
        self._starts: dict[str, str] = {}
        for phrase, code in pairs:
            form = fold(phrase.strip("*"))
            if is_spaced and not form.isalnum():
                continue  # of several words: the lone ones are enough to tell steps apart
            (self._starts if phrase.endswith("*") else self._whole).setdefault(form, code)

    def codes_in(self, folded: str) -> Iterator[str]:
        """Codes of the words of a folded text."""
        if not self._is_spaced:
            yield from (code for form, code in (self._whole | self._starts).items() if form in folded)
            yield from (f"number:{number}" for number in _NUMERALS.findall(folded))
            return
        for word in re.findall(r"\w+", folded):
            if word in self._whole:
                yield self._whole[word]
            starts = (word[:length] for length in range(len(word), 2, -1))
            yield from (self._starts[start] for start in starts if start in self._starts)


_units = cache(load_units)


@cache
def _vocabulary(language: str) -> _Vocabulary:
    lexicons = load_lexicons()
    is_spaced = language not in lexicons or lexicons[language].segmentation != "none"
    return _Vocabulary(_phrases(language), is_spaced=is_spaced)


def _phrases(language: str) -> Iterator[tuple[str, str]]:
    """Each phrase without a gap, with what it stands for."""
    lexicons, concepts = load_lexicons(), load_claims().concepts
    numerals = _units().numerals_of(language)
    yield from ((f"{start}*", f"number:{start}") for start in load_newswire().ordinals.get(language, ()))
    if numerals.is_spaced:
        yield from ((word, f"number:{value}") for word, value in numerals.numbers.items() if value > 1)
    if language not in lexicons:
        return
    lexicon = lexicons[language]
    spoken = [p.text.strip("*") for name, ps in lexicon.concepts.items() if concepts[name].kind == "saying" for p in ps]
    for name, phrases in lexicon.concepts.items():
        concept = concepts[name]
        code = "denied" if concept.code == "denied" else f"act:{concept.code}"
        if concept.kind == "act" or code == "denied":
            told = (phrase.text for phrase in phrases if "~" not in phrase.text)
            is_turn = code == "denied" or concept.code in _TURNS
            yield from ((text, code) for text in told if is_turn or not _is_spoken(text.strip("*"), spoken))
    for table in (lexicon.states, lexicon.metonyms, lexicon.adjectives):
        for state, phrases in table.items():
            yield from ((phrase.text, f"state:{state}") for phrase in phrases if "~" not in phrase.text)


def _is_spoken(form: str, spoken: list[str]) -> bool:
    """Whether a word of an act is one of saying too ("announced"): who says it tells nothing of the step."""
    return any(word.startswith(form) or form.startswith(word) for word in spoken if len(word) > 3 and len(form) > 3)
