"""Which words of the evidence made the claim, and what each of them says of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claimwire.digest.content import Piece
from claimwire.digest.wording import Wording, fill, one_line
from claimwire.model import Measure

EVIDENCE_LIMIT = 600  # characters; the longest sentences of law texts would fill the screen
MOST_WORDS = 8

_PARTIES = ("actor", "addressee", "target")
# Words that only matter to claims whose writer keeps his distance in that way.
_STANCES = {"attribution": {"alleged"}, "hedge": {"planned", "possible"}, "negation": {"denied"}}


@dataclass(frozen=True, slots=True)
class Match:
    """A word of the evidence (offsets into it) and what it says: "act: request"."""

    start: int
    end: int
    told: str


def matches_of(item: Any, wording: Wording) -> list[Match]:
    """The words that this claim rests on, in the order of the sentence; of two that overlap, the first.

    A sentence holds the words of all its claims: those that say nothing of this one are left out.
    """
    matches: list[Match] = []
    for mark in sorted(item.marks or (), key=lambda mark: (mark.get("start", 0), -mark.get("end", 0))):
        if not {"start", "end", "role"} <= mark.keys():
            continue
        start, end = mark["start"] - item.evidence_start, mark["end"] - item.evidence_start
        earlier = matches[-1].end if matches else 0
        role = _role(mark, item)
        if role and earlier <= start < end <= len(item.evidence):
            matches.append(Match(start, end, _told(role, mark, wording)))
    return matches


def pieces_of(evidence: str, matches: list[Match]) -> tuple[Piece, ...]:
    """The sentence cut at its matches, each piece on one line, all in all at most `EVIDENCE_LIMIT` characters."""
    pieces: list[Piece] = []
    room = EVIDENCE_LIMIT
    for text, told in _stretches(evidence, matches):
        if len(text) > room:
            return (*pieces, Piece(text[:room].rstrip() + "…", told))
        pieces.append(Piece(text, told))
        room -= len(text)
    return tuple(pieces)


def words_of(evidence: str, matches: list[Match]) -> tuple[str, ...]:
    """Each match as “word” (what it says), once."""
    words = {}
    for match in matches:
        word = one_line(evidence[match.start : match.end], 60)
        words[word.casefold(), match.told] = f"“{word}” ({match.told})"
    return tuple(words.values())[:MOST_WORDS]


def _role(mark: dict[str, Any], item: Any) -> str:
    """The role that the marked word plays in this claim; empty where it plays none."""
    role, code = mark["role"], mark.get("code")
    if role in _PARTIES:
        return next((each for each in _PARTIES if code in getattr(item, each)), "")
    if role in _STANCES:
        return role if item.modality in _STANCES[role] else ""
    wanted = {"act": [item.act], "measure": [item.measure], "commodity": item.commodity}.get(role)
    return role if wanted is None or not code or code in wanted else ""


def _told(role: str, mark: dict[str, Any], wording: Wording) -> str:
    """The role and the meaning in the reader's words, or in the lexicon's where it has none."""
    labels, code = wording.labels, mark.get("code") or ""
    meaning = one_line(str(mark.get("gloss") or code).partition(":")[0], 40).replace("_", " ")
    if role in _PARTIES:
        meaning = wording.name(code)
    elif role == "measure" and code in labels.measures:
        meaning = fill(labels.measures[Measure(code)].noun)
    elif role == "commodity":
        meaning = wording.goods([code])
    name = labels.roles.get(role, role)
    return f"{name}{labels.phrases.colon}{meaning}" if meaning and meaning != name else name


def _stretches(evidence: str, matches: list[Match]) -> Iterator[tuple[str, str]]:
    at = 0
    for match in matches:
        if at < match.start:
            yield _keep_edges(evidence[at : match.start]), ""
        yield _keep_edges(evidence[match.start : match.end]), match.told
        at = match.end
    if at < len(evidence):
        yield _keep_edges(evidence[at:]), ""


def _keep_edges(text: str) -> str:
    """One line, but with the blanks at its edges, which part it from its neighbours."""
    line = one_line(text)
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")
