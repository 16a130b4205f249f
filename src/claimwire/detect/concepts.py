"""Finds what a lexicon knows in a text: one automaton a language over the folded text, the rest checked at the hit.

The automaton holds the literal head of each phrase; boundaries, wildcards, gaps and case are looked at only where
a head was found. Left boundaries are spaces inside the patterns, so most of the text costs nothing.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, MatchKind

from claimwire.catalog.claims import Claims
from claimwire.catalog.lexicons import Lexicon, Phrase
from claimwire.detect.context import Kind, Mention
from claimwire.detect.folding import Fold, Folded

_GAP_WORDS, _GAP_LETTERS = 5, 12  # how far `~` reaches: in words, or in letters where words are not parted
_Meant = tuple[str, Kind, str, Phrase]  # concept, kind, code, phrase
_OPENER, _CLOSER = "\ue000", "\ue001"  # stand for [ and ] while a phrase is folded


@dataclass(frozen=True, slots=True)
class _Entry:
    """A phrase behind a head: what it means, and what must hold beyond the head."""

    concept: str
    kind: Kind
    code: str
    form: str
    is_open: bool  # the last word may go on
    rest: re.Pattern[str] | str | None  # what must follow the head, compiled when first needed
    case: str  # "upper" | "title" | ""
    inner: tuple[int, int] | None  # the bracketed part, as distances from the start and from the end


class Finder:
    """A compiled lexicon."""

    def __init__(self, lexicon: Lexicon, claims: Claims) -> None:
        self.lexicon = lexicon
        self.fold = Fold(lexicon.articles)
        self._prefixes = {self._bare(prefix) for prefix in lexicon.prefixes} | {""}
        self._entries: list[list[_Entry]] = []
        self._strict: list[bool] = []
        heads: dict[tuple[str, bool], int] = {}
        for concept, kind, code, phrase in _phrases_of(lexicon, claims):
            for head, is_strict, entry in self._compile(concept, kind, code, phrase):
                index = heads.setdefault((head, is_strict), len(heads))
                if index == len(self._entries):
                    self._entries.append([])
                    self._strict.append(is_strict)
                self._entries[index].append(entry)
        self._automaton = AhoCorasick([head for head, _ in heads], matchkind=MatchKind.Standard)

    def find(self, text: str) -> list[Mention]:
        """Every mention in a text, by start, longer first; offsets into the text.

        Nested finds of the same group give way to the longest; measures touched by a trap are dropped.
        """
        folded = self.fold(text)
        return settle(self._find_all(text, folded))

    def _find_all(self, text: str, folded: Folded) -> Iterator[Mention]:
        for index, start, end in self._automaton.find_matches_as_indexes(folded.text, overlapping=True):
            if self._strict[index] and not self._is_glued(folded.text, start):
                continue
            for entry in self._entries[index]:
                stop = _stop_of(entry, folded.text, end)
                if stop is None:
                    continue
                mention = _mention(entry, folded, start, stop)
                if not entry.case or _has_case(entry.case, text[mention.start : mention.end]):
                    yield mention

    def _is_glued(self, folded: str, start: int) -> bool:
        """Whether nothing but a glued prefix stands between the head and the start of its word."""
        return folded[folded.rfind(" ", max(0, start - 4), start) + 1 : start] in self._prefixes

    def _bare(self, form: str) -> str:
        return self.fold(form).text.strip()

    def _compile(self, concept: str, kind: Kind, code: str, phrase: Phrase) -> Iterator[tuple[str, bool, _Entry]]:
        """The heads of one phrase, whether each must be checked for glued prefixes, and its entry."""
        spaced = self.lexicon.segmentation != "none"
        marked = phrase.text.replace("[", _OPENER).replace("]", _CLOSER)
        pieces = [_fold_piece(self.fold, piece) for piece in re.split(r"([*~])", marked)]
        leads, trails = pieces[0] == "" and len(pieces) > 1, pieces[-1] == ""
        pieces = pieces[2:] if leads else pieces
        pieces = pieces[:-2] if trails else pieces
        literal, inner = _take_brackets(pieces[0])
        is_open = trails or self.lexicon.segmentation == "particles"
        rest = _rest(pieces[1:], is_open=is_open or not spaced, spaced=spaced) if len(pieces) > 1 else None
        is_strict = spaced and not leads and bool(self.lexicon.prefixes)
        head = literal if leads or is_strict or not spaced else f" {literal}"
        case = _case_of(phrase.text, kind) if self.lexicon.has_case else ""
        entry = _Entry(concept, kind, code, phrase.text, trails and rest is None, rest, case, inner)
        if rest is not None or is_open or not spaced:
            yield head, is_strict, entry
            return
        for suffix in ("", *self.lexicon.suffixes):
            yield f"{head}{self._bare(suffix)} ", is_strict, entry


def _fold_piece(fold: Fold, piece: str) -> str:
    """Folds a piece between wildcards, keeping its outer spaces and the brackets."""
    if piece in ("*", "~", ""):
        return piece
    parts = re.split(f"([{_OPENER}{_CLOSER}])", piece)
    folded = "".join(part if part in (_OPENER, _CLOSER) else fold(part).text.strip() for part in parts)
    return f"{' ' * piece.startswith(' ')}{folded}{' ' * piece.endswith(' ')}"


def _take_brackets(literal: str) -> tuple[str, tuple[int, int] | None]:
    if _OPENER not in literal:
        return literal, None
    before, _, after = literal.partition(_OPENER)
    inside, _, behind = after.partition(_CLOSER)
    return before + inside + behind, (len(before), len(behind))


def _rest(pieces: list[str], *, is_open: bool, spaced: bool) -> str:
    """What must follow the head, as a pattern without nested repetition (so: linear)."""
    word, gap = ("[^ ]*", f"(?:[^ ]+ ){{0,{_GAP_WORDS}}}?") if spaced else (".*?", f".{{0,{_GAP_LETTERS}}}?")
    out = []
    for piece in pieces:
        if piece == "*":
            out.append(word)
        elif piece == "~":
            out.append(gap)
        else:
            out.append(re.escape(piece if spaced else piece.strip()))
    return "".join(out) + (word if is_open and spaced else "(?= )" if spaced else "")


def _stop_of(entry: _Entry, folded: str, end: int) -> int | None:
    """Where the find ends, or None where the rest does not fit."""
    if entry.rest is not None:
        match = re.compile(entry.rest).match(folded, end)
        return match.end() if match else None
    if entry.is_open:
        return folded.find(" ", end)
    return end - 1 if folded[end - 1] == " " else end


def _mention(entry: _Entry, folded: Folded, start: int, stop: int) -> Mention:
    start += folded.text[start] == " "
    if entry.inner:
        start, stop = start + entry.inner[0], stop - entry.inner[1]
    return Mention(folded.origin(start), folded.origin(stop), entry.concept, entry.kind, entry.code, entry.form)


def _case_of(form: str, kind: Kind) -> str:
    letters = [letter for letter in form if letter.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return "upper"
    if len(letters) <= 3 and not form.isascii():
        return "accent"  # "a" is not "à", "des" not "dès"
    return "title" if kind is Kind.ACTOR and letters and letters[0].isupper() else ""


def _has_case(case: str, found: str) -> bool:
    if case == "accent":
        return found.isupper() or not found.isascii()
    return found.isupper() if case == "upper" else found[:1].isupper()


def _phrases_of(lexicon: Lexicon, claims: Claims) -> Iterator[_Meant]:
    """Every phrase with its concept, kind and code; concepts in the order of `claims.yml`."""
    for concept, meaning in claims.concepts.items():
        for phrase in lexicon.concepts.get(concept, ()):
            yield concept, Kind(meaning.kind), meaning.code, phrase
    named = (("state", lexicon.states), ("adjective", lexicon.adjectives), ("metonym", lexicon.metonyms))
    for concept, actors in (*named, ("body", lexicon.bodies)):
        yield from _coded(concept, Kind.ACTOR, actors.items())
    yield from _coded("marker", Kind.MARKER, lexicon.markers.items())
    yield from _coded("reference", Kind.REFERENCE, lexicon.references.items())
    for trap in lexicon.traps:
        yield from (("trap", Kind.TRAP, "", phrase) for phrase in trap.cues)


def _coded(concept: str, kind: Kind, coded: Iterable[tuple[str, tuple[Phrase, ...]]]) -> Iterator[_Meant]:
    for code, phrases in coded:
        yield from ((concept, kind, code, phrase) for phrase in phrases)


# ── overlaps ─────────────────────────────────────────────────────────────────────────────────────

_GROUPS = {Kind.CURB: Kind.MEASURE, Kind.ORGAN: Kind.ACTOR, Kind.REFERENCE: Kind.ACTOR}
_SWALLOWERS = (Kind.ORGAN, Kind.INSTRUMENT)  # "sanctions committee" names no measure


def settle(found: Iterable[Mention]) -> list[Mention]:
    """Longest match within a group; traps veto measures, organs and papers swallow them."""
    by_start = sorted(found, key=lambda mention: (mention.start, -mention.end))
    traps = [mention for mention in by_start if mention.kind is Kind.TRAP]
    kept: list[Mention] = []
    reach: dict[Kind, int] = {}
    spans: dict[tuple[Kind, int, int], set[str]] = {}  # the concepts that were kept there
    max_swallow = 0
    for mention in by_start:
        group = _GROUPS.get(mention.kind, mention.kind)
        senses = spans.get((group, mention.start, mention.end))
        is_inside = mention.end <= reach.get(group, -1) and (senses is None or mention.concept in senses)
        if is_inside and group is not Kind.MARKER:  # one word may mark several roles, or tell several acts
            continue
        if group is Kind.MEASURE and (mention.end <= max_swallow or _is_trapped(mention, traps)):
            continue
        if mention.kind in _SWALLOWERS:
            max_swallow = max(max_swallow, mention.end)
        reach[group] = max(mention.end, reach.get(group, -1))
        spans.setdefault((group, mention.start, mention.end), set()).add(mention.concept)
        kept.append(mention)
    return kept


def _is_trapped(mention: Mention, traps: list[Mention]) -> bool:
    return any(trap.start < mention.end and mention.start < trap.end for trap in traps)
