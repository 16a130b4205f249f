"""A numerals file compiled: patterns of figures, number words, units and the words around them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from claimwire.catalog.units import Numerals
from claimwire.text.fold import fold
from claimwire.text.places import begins_word

_WORD = re.compile(r"[^\W\d]+|\d+")
# Groups of three behind one kind of separator, or figures with at most one point.
FIGURES = re.compile(r"\d{1,3}(?:([.,'’\u00a0\u202f\u2009 ])\d{3})(?:\1\d{3})*(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads amounts in one language; words are folded."""

    starts: re.Pattern[str]  # words and figures
    heads: frozenset[str]
    begins: Callable[[str, int], bool]  # whether a word may begin at a place
    words: Mapping[str, float]  # number words and scales
    scales: frozenset[str]
    word: re.Pattern[str]  # a number word or a scale, with what may stand before it within a number
    unit: re.Pattern[str]
    prefix: re.Pattern[str]
    per: re.Pattern[str]
    before: re.Pattern[str]
    to: re.Pattern[str]
    both: re.Pattern[str]
    more_figures: re.Pattern[str]  # figures that go on after a scale, where the language writes so
    codes: Mapping[str, Mapping[str, str]]  # unit, prefix, per, before → words → code
    decimal: str


@lru_cache(maxsize=64)
def compile_reader(own: Numerals, shared: Numerals) -> Reader:
    """The language's words with those that all languages share; its own go first."""
    spaced = own.is_spaced
    left, right = (r"(?<!\w)", r"(?!\w)") if spaced else ("", "")
    scales = {fold(name): value for name, value in {**shared.scales, **own.scales}.items()}
    words = {fold(name): value for name, value in own.numbers.items()} | scales
    heads = {head for name in (*own.numbers, *own.scales) for head in _first(fold(name), is_spaced=spaced)}
    joins = "".join(f"|{re.escape(fold(join))}" for join in own.joins)
    between = rf"[\s-]{{0,2}}(?:(?:{joins[1:]})\s*)?" if joins else r"[\s-]{0,2}"
    codes = {
        "unit": _codes(own.units, shared.units),
        "prefix": _codes(own.prefixes, shared.prefixes),
        "per": _codes(own.per, shared.per),
        "before": _codes(own.before, shared.before),
    }
    endings = f"(?:{either(map(fold, own.endings))})?" if own.endings else ""
    ahead = either(codes["before"])
    return Reader(
        starts=_WORD if spaced else _class(heads),
        heads=frozenset(heads),
        begins=begins_word if spaced else _anywhere,
        words=words,
        scales=frozenset(scales),
        word=re.compile(f"({between})({either(words)})" + (right if spaced and not own.endings else "")),
        unit=re.compile(
            rf"\s{{0,2}}[»\"”)]?\s?({either(codes['unit'])}){endings}" + (r"(?![^\W\d_])" if spaced else "")
        ),
        prefix=re.compile(rf"({either(codes['prefix'])})\s?\Z"),
        per=re.compile(rf"(?:\s+[^\W\d]+){{0,3}}?\s?({either(codes['per'])}){right}"),
        before=re.compile(rf"{left}({ahead})\s*\Z" if ahead else "(?!)"),
        to=re.compile(rf"\s?(?:[-–—~]|{left}(?:{either(map(fold, own.to))})(?![^\W\d]))\s?"),
        both=re.compile(rf"\s?{left}(?:{either(map(fold, own.both))})(?![^\W\d])\s?"),
        more_figures=re.compile(r"\s?\d[\d,]*(?:\.\d+)?" if not spaced else "(?!)"),
        codes=codes,
        decimal=own.decimal,
    )


def _anywhere(folded: str, at: int) -> bool:
    """Scripts without spaces: a word may begin at any character."""
    return at < len(folded)


def _codes(own: Mapping[Any, tuple[str, ...]], shared: Mapping[Any, tuple[str, ...]]) -> dict[str, str]:
    table: dict[str, str] = {}
    for words in (own, shared):
        for code, names in words.items():
            for name in names:
                table.setdefault(fold(name), code)
    return table


def either(words: Iterable[str]) -> str:
    """Alternatives, the longest first."""
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word))) or "(?!)"


def _first(name: str, *, is_spaced: bool) -> list[str]:
    return _WORD.findall(name)[:1] if is_spaced else [name[0]]


def _class(heads: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\d+|[{re.escape(''.join(sorted(heads)))}]")
