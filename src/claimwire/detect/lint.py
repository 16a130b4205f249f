"""What is wrong with a lexicon although it loads: phrases that can never be found, or that two concepts claim.

It uses the very matcher that detection uses, so what it says is what happens.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimwire.detect.concepts import Finder
from claimwire.detect.context import Kind, Mention

_CLASHING = (Kind.MEASURE, Kind.CURB, Kind.ACTOR, Kind.COMMODITY)  # one sense each; a word may tell several acts
_UNTESTABLE = (Kind.MARKER, Kind.TRAP)


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing to mend. `fault` is dead, clash, twice or untested."""

    language: str
    fault: str
    concept: str
    phrase: str
    message: str

    def __str__(self) -> str:
        return f"{self.language}.yml: {self.concept}: {self.phrase!r} {self.message}"


def lint_lexicon(finder: Finder) -> list[Finding]:
    """Dead phrases, clashes, and phrases that stand there twice."""
    language = finder.lexicon.language
    rows = list(finder.phrases)
    return sorted({*_twice(language, rows), *_clashes(language, finder, rows), *_dead(language, finder, rows)})


def find_untested(finder: Finder, texts: Iterable[str]) -> list[Finding]:
    """Phrases that none of the texts holds."""
    found = {(mention.concept, mention.code, mention.form) for text in texts for mention in finder.find_all(text)}
    language = finder.lexicon.language
    return [
        Finding(language, "untested", _name(row), row.form, "is in no golden sentence")
        for row in finder.phrases
        if row.kind not in _UNTESTABLE and (row.concept, row.code, row.form) not in found
    ]


def _twice(language: str, rows: list[Mention]) -> Iterator[Finding]:
    seen: set[tuple[str, str, str]] = set()
    for row in rows:
        key = (row.concept, row.code, row.form)
        if key in seen:
            yield Finding(language, "twice", _name(row), row.form, "stands there twice")
        seen.add(key)


def _clashes(language: str, finder: Finder, rows: list[Mention]) -> Iterator[Finding]:
    senses: dict[tuple[str, Kind], list[Mention]] = defaultdict(list)
    for row in rows:
        if row.kind in _CLASHING:
            group = Kind.MEASURE if row.kind is Kind.CURB else row.kind
            senses[_shape(finder, row.form), group].append(row)
    for one in senses.values():
        first = one[0]
        for other in one[1:]:
            if (other.concept, other.code) != (first.concept, first.code) and other.code != first.code:
                yield Finding(language, "clash", _name(other), other.form, f"is {_name(first)} too, which wins")


def _dead(language: str, finder: Finder, rows: list[Mention]) -> Iterator[Finding]:
    """Phrases that are not found even in a text that holds nothing else."""
    for row in rows:
        sample = _sample(row.form, "" if finder.lexicon.segmentation == "none" else " ")
        if any((m.concept, m.code, m.form) == (row.concept, row.code, row.form) for m in finder.find_all(sample)):
            continue
        yield Finding(language, "dead", _name(row), row.form, f"is not found in {sample!r}")


def _sample(form: str, space: str) -> str:
    return re.sub(r"\s*~\s*", space, form.replace("*", "").replace("[", "").replace("]", ""))


def _shape(finder: Finder, form: str) -> str:
    """The phrase folded, wildcards kept; with brackets as it is, since the same words may mean either part."""
    if "[" in form:
        return form
    return "".join(piece if piece in "*~" else finder.fold(piece).text for piece in re.split(r"([*~])", form) if piece)


def _name(row: Mention) -> str:
    return f"{row.concept}.{row.code}" if row.kind is Kind.ACTOR else row.concept
