"""An article cut into stretches: plain text, other claims, this claim's sentence with its roles."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from claimwire.review.shown import full_name, visible

ROLES = {
    "actor": "who",
    "act": "does",
    "addressee": "asks whom",
    "target": "against whom",
    "measure": "what",
    "commodity": "which goods",
    "quantity": "how much",
    "period": "for when",
    "event_date": "when",
    "attribution": "says who",
    "hedge": "how sure",
    "negation": "not",
}
"""What each role of a mark is called on the page, in the order of the legend."""

_WHO = frozenset({"actor", "addressee", "target", "attribution"})

_AROUND = 6_000  # code points shown on each side of the sentence; an article of a megabyte must not stop the desk
_LONGEST = 4_000  # of a sentence; a headline of a megabyte is somebody's joke


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text with what it is: `role` of a mark, or "" for none."""

    text: str
    role: str = ""
    gloss: str = ""
    code: str = ""

    @property
    def name(self) -> str:
        """The role in words."""
        return ROLES.get(self.role, self.role.replace("_", " "))


@dataclass(frozen=True, slots=True)
class Body:
    """One field of an article around the claim's sentence; offsets are gone, texts are safe to show."""

    before: str
    sentence: tuple[Stretch, ...]
    after: str
    is_cut_before: bool
    is_cut_after: bool
    is_found: bool  # whether the article still holds the sentence where the claim says


def cut_sentence(
    evidence: str, start: int, marks: Iterable[dict[str, Any]], glosses: Mapping[str, str]
) -> tuple[Stretch, ...]:
    """The sentence as stretches. Where marks overlap, the shortest names the stretch; all glosses are kept.

    The marks count from the beginning of the field, in which the sentence begins at `start`; `glosses` says in English
    what each concept of the lexicons means.
    """
    evidence = evidence[:_LONGEST]
    placed = [mark | {"start": mark["start"] - start, "end": mark["end"] - start} for mark in marks]
    placed = [mark for mark in placed if 0 <= mark["start"] < mark["end"] <= len(evidence)]
    edges = sorted({0, len(evidence), *(mark["start"] for mark in placed), *(mark["end"] for mark in placed)})
    return tuple(_stretch(evidence, left, right, placed, glosses) for left, right in pairwise(edges))


def _stretch(
    evidence: str, left: int, right: int, marks: Sequence[dict[str, Any]], glosses: Mapping[str, str]
) -> Stretch:
    covering = [mark for mark in marks if mark["start"] <= left and right <= mark["end"]]
    text = visible(evidence[left:right])
    if not covering:
        return Stretch(text)
    covering.sort(key=lambda mark: mark["end"] - mark["start"])
    told = dict.fromkeys(filter(None, (_explain(mark, glosses) for mark in covering)))
    first = covering[0]
    return Stretch(text, str(first.get("role") or ""), "; ".join(told), str(first.get("code") or ""))


def _explain(mark: dict[str, Any], glosses: Mapping[str, str]) -> str:
    """A mark's gloss for one who cannot read the language.

    Detection writes `concept: phrase of the lexicon`; the concept's English meaning, or the name of who it is, says
    more than its key, and the phrase stays for the linguist.
    """
    gloss, code = visible(str(mark.get("gloss") or "")), str(mark.get("code") or "")
    concept, _, phrase = gloss.partition(": ")
    if not phrase:
        return gloss
    meaning = glosses.get(concept) or (full_name(code) if mark.get("role") in _WHO and code else concept)
    return f"{meaning} [{phrase}]"


def cut_body(field_text: str, item: dict[str, Any], glosses: Mapping[str, str]) -> Body:
    """The field of the article that holds the claim, around its sentence."""
    evidence, start = item["evidence"], item["evidence_start"]
    sentence = cut_sentence(evidence, start, item["marks"], glosses)
    at = start if field_text[start : start + len(evidence)] == evidence else field_text.find(evidence)
    if at < 0:  # the text was purged, or a later version no longer says so
        return Body(visible(field_text[: 2 * _AROUND]), sentence, "", False, len(field_text) > 2 * _AROUND, False)
    end = at + len(evidence)
    return Body(
        before=visible(field_text[max(0, at - _AROUND) : at]),
        sentence=sentence,
        after=visible(field_text[end : end + _AROUND]),
        is_cut_before=at > _AROUND,
        is_cut_after=len(field_text) - end > _AROUND,
        is_found=True,
    )
