"""The gate: decides in microseconds, on raw text, that an article cannot hold a claim.

Hyperscan looks at the raw UTF-8 where it has a wheel; elsewhere an automaton of the same literals does. Neither
identifies the language, folds or tokenises: nine of ten articles of ordinary news end here.
"""

import importlib.util
import re
from collections.abc import Callable

from claimwire.detect.anchors import collect_anchors, is_acronym, spellings
from claimwire.detect.library import Library

_Search = Callable[[bytes, Callable[[int], bool]], bool]
"""Scans a text and hands on the number of each literal found; ends, true, at the first that is enough."""

_Compile = Callable[[dict[bytes, str]], _Search]
"""Makes a search of literals, each with the anchor that it spells."""

_MARKS = bytes(code for code in range(128) if not chr(code).isalnum() and chr(code) != "'")
_SPACED = bytes.maketrans(_MARKS, b" " * len(_MARKS))


class Gate:
    """Built from all lexicons at once; holds nothing but its automaton."""

    def __init__(self, library: Library, compile_search: _Compile | None = None) -> None:
        anchors = collect_anchors((library.lexicons[language] for language in library.lexicons), library.claims)
        literals: dict[bytes, str] = {}
        for anchor in anchors:
            for form in spellings(anchor):
                literals.setdefault(form.encode().translate(_SPACED), anchor)
        self._needs = [_encoded(anchors[anchor]) for anchor in literals.values()]
        self._search = (compile_search or _quickest_search())(literals)

    def is_closed(self, raw: str | bytes) -> bool:
        """Whether the text, UTF-8 where bytes, holds nothing that could make a claim."""
        encoded = raw.encode(errors="replace") if isinstance(raw, str) else raw
        text = b" %b " % encoded.translate(_SPACED)
        return not self._search(text, lambda literal: self._is_enough(literal, text))

    def _is_enough(self, literal: int, text: bytes) -> bool:
        needs = self._needs[literal]
        if () in needs:
            return True
        lowered = text.lower()
        return any(all(any(form in lowered for form in forms) for forms in companions) for companions in needs)


def _encoded(needs: set[tuple[str, ...]]) -> list[tuple[tuple[bytes, ...], ...]]:
    """The companions of an anchor in all their spellings."""
    return [
        tuple(tuple(form.encode().translate(_SPACED) for form in spellings(stretch)) for stretch in companions)
        for companions in sorted(needs)
    ]


def _quickest_search() -> _Compile:
    return search_by_hyperscan if importlib.util.find_spec("hyperscan") else search_by_automaton


def search_by_hyperscan(literals: dict[bytes, str]) -> _Search:
    """Literals without regard to case of ASCII letters; acronyms as they are."""
    import hyperscan

    one, any_case = hyperscan.HS_FLAG_SINGLEMATCH, hyperscan.HS_FLAG_SINGLEMATCH | hyperscan.HS_FLAG_CASELESS
    database = hyperscan.Database()
    database.compile(
        expressions=[re.escape(literal) for literal in literals],
        ids=list(range(len(literals))),
        elements=len(literals),
        flags=[one if is_acronym(anchor) else any_case for anchor in literals.values()],
    )
    database.scratch = hyperscan.Scratch(database)

    def search(text: bytes, is_enough: Callable[[int], bool]) -> bool:
        try:
            database.scan(text, match_event_handler=lambda literal, *_: is_enough(literal))
        except hyperscan.ScanTerminated:
            return True
        return False

    return search


def search_by_automaton(literals: dict[bytes, str]) -> _Search:
    """For platforms without hyperscan: the same literals in their usual cases, in one automaton of bytes."""
    from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

    cased = {
        case(literal): number
        for number, (literal, anchor) in enumerate(literals.items())
        for case in ((bytes,) if is_acronym(anchor) else (bytes, bytes.upper, bytes.title, bytes.capitalize))
    }
    numbers = list(cased.values())
    automaton = BytesAhoCorasick(list(cased), matchkind=MatchKind.Standard, implementation=Implementation.DFA)

    def search(text: bytes, is_enough: Callable[[int], bool]) -> bool:
        found = automaton.find_matches_as_indexes(text, overlapping=True)
        return any(is_enough(numbers[index]) for index, _, _ in found)

    return search
