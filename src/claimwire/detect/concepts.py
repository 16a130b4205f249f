"""Finds what a lexicon knows in a text: one automaton a language over the folded text, the rest checked at the hit.

The automaton holds the literal head of each phrase; boundaries, wildcards, gaps and case are looked at only where
a head was found. Left boundaries are spaces inside the patterns, so most of the text costs nothing.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from ahocorasick_rs import AhoCorasick, MatchKind

from claimwire.catalog.claims import Claims
from claimwire.catalog.lexicons import Lexicon, Phrase
from claimwire.detect.context import Kind, Mention
from claimwire.detect.folding import Fold, Folded
from claimwire.detect.phrases import Entry, Head, PhraseCompiler


class Finder:
    """A compiled lexicon."""

    def __init__(self, lexicon: Lexicon, claims: Claims) -> None:
        self.lexicon = lexicon
        self.fold = Fold(lexicon.articles)
        self.phrases = tuple(_phrases_of(lexicon, claims))
        self._prefixes = {self.fold(prefix).text.strip() for prefix in lexicon.prefixes} | {""}
        entries: dict[Head, list[Entry]] = {}
        compiler = PhraseCompiler(lexicon, self.fold)
        for meant in self.phrases:
            head, entry = compiler.compile(meant)
            entries.setdefault(head, []).append(entry)
        self._behind = list(entries.items())
        self._automaton = AhoCorasick([head.text for head in entries], matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Mention]:
        """Every mention in a text, by start, longer first; offsets into the text.

        Nested finds of the same group give way to the longest; measures touched by a trap are dropped.
        """
        return settle(self.find_all(text))

    def find_all(self, text: str) -> Iterator[Mention]:
        """Every find before any gives way to another, in no order."""
        folded = self.fold(text)
        is_small = text.islower()  # some archives keep no capitals: names are names all the same
        for index, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            head, entries = self._behind[index]
            if head.may_be_glued and not self._is_glued(folded.text, start):
                continue
            for entry in entries:
                stop = entry.stop(folded.text, end)
                if stop is None:
                    continue
                mention = _mention(entry, folded, start, stop)
                if (is_small and entry.case == "title") or entry.has_case(text[mention.start : mention.end]):
                    yield mention

    def _is_glued(self, folded: str, start: int) -> bool:
        """Whether nothing but a glued prefix stands between the head and the start of its word."""
        return folded[folded.rfind(" ", max(0, start - 4), start) + 1 : start] in self._prefixes


def _mention(entry: Entry, folded: Folded, start: int, stop: int) -> Mention:
    start += folded.text[start] == " "
    if entry.inner:
        start, stop = start + entry.inner[0], stop - entry.inner[1]
    meant = entry.meant
    return Mention(folded.origin(start), folded.origin(stop), meant.concept, meant.kind, meant.code, meant.form)


def _phrases_of(lexicon: Lexicon, claims: Claims) -> Iterator[Mention]:
    """Every phrase as a mention of no length; concepts in the order of `claims.yml`."""
    for concept, meaning in claims.concepts.items():
        yield from _meant(concept, Kind(meaning.kind), meaning.code, lexicon.concepts.get(concept, ()))
    named = (("state", lexicon.states), ("adjective", lexicon.adjectives), ("metonym", lexicon.metonyms))
    for concept, actors in (*named, ("body", lexicon.bodies)):
        for code, phrases in actors.items():
            yield from _meant(concept, Kind.ACTOR, code, phrases)
    for role, phrases in lexicon.markers.items():
        yield from _meant("marker", Kind.MARKER, role, phrases)
    for code, phrases in lexicon.references.items():
        yield from _meant("reference", Kind.REFERENCE, code, phrases)
    for trap in lexicon.traps:
        yield from _meant("trap", Kind.TRAP, "", trap.cues)


def _meant(concept: str, kind: Kind, code: str, phrases: tuple[Phrase, ...]) -> Iterator[Mention]:
    return (Mention(0, 0, concept, kind, code, phrase.text) for phrase in phrases)


# ── overlaps ─────────────────────────────────────────────────────────────────────────────────────

_LONGEST_FIND = 1 << 12  # code points; by start, then the longer first, as one number: a third of the cost of a pair
_GROUPS = {Kind.CURB: Kind.MEASURE, Kind.ORGAN: Kind.ACTOR, Kind.REFERENCE: Kind.ACTOR}
_SWALLOWERS = (Kind.ORGAN, Kind.INSTRUMENT)  # "sanctions committee" names no measure


def settle(found: Iterable[Mention]) -> list[Mention]:
    """Longest match within a group; traps veto measures, organs and papers swallow them."""
    by_start = sorted(found, key=lambda mention: mention.start * _LONGEST_FIND + mention.start - mention.end)
    traps = _Traps([mention for mention in by_start if mention.kind is Kind.TRAP])
    kept: list[Mention] = []
    reach: dict[Kind, int] = {}
    senses: dict[tuple[Kind, int, int], set[str]] = {}  # the concepts that were kept there
    swallowed = 0  # up to where an organ or paper reaches
    for mention in by_start:
        group = _GROUPS.get(mention.kind, mention.kind)
        kept_there = senses.setdefault((group, mention.start, mention.end), set())
        is_inside = mention.end <= reach.get(group, -1) and (not kept_there or mention.concept in kept_there)
        if is_inside and group is not Kind.MARKER:  # one word may mark several roles, or tell several acts
            continue
        if group is Kind.MEASURE and (mention.end <= swallowed or traps.touch(mention)):
            continue
        if mention.kind in _SWALLOWERS:
            swallowed = max(swallowed, mention.end)
        reach[group] = max(mention.end, reach.get(group, -1))
        kept_there.add(mention.concept)
        kept.append(mention)
    return kept


class _Traps:
    """Traps by start, with how far all up to each reach, so that a look-up costs no walk through them."""

    def __init__(self, traps: list[Mention]) -> None:
        self._starts = [trap.start for trap in traps]
        self._reach = list(accumulate((trap.end for trap in traps), max))

    def touch(self, mention: Mention) -> bool:
        """Whether any of them overlaps the mention."""
        before = bisect_left(self._starts, mention.end)
        return before > 0 and self._reach[before - 1] > mention.start
