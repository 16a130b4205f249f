"""Frames: named rules that say which act a sentence tells about a measure, read from `data/frames.yml`.

A frame looks at the triggers around the measure. Outer frames (asked, proposed, threatened, opposed) rule over inner
ones (lifted, eased, imposed): who asks that sanctions be lifted does not lift them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claimwire.catalog.claims import Claims
from claimwire.catalog.frames import Frame
from claimwire.detect.context import Kind, Mention, SentenceView

if TYPE_CHECKING:
    from claimwire.detect.features_act import Trigger

_OUTER_REACH, _INNER_REACH = 110, 60
_SET_REACH, _BY_REACH = 60, 12
_FRESH_BEFORE, _FRESH_AFTER = 12, 4


@dataclass(frozen=True, slots=True)
class Offer:
    """What the frames propose for a scene: an act, by which frame, on which triggers."""

    act: str
    frame: str
    inner: "Trigger | None" = None
    outer: "Trigger | None" = None
    is_fresh: bool = False


class Frames:
    """The frames and what the vocabulary says of concepts, ready for look-ups."""

    def __init__(self, frames: Sequence[Frame], claims: Claims) -> None:
        self._claims = claims
        self._frames: Mapping[str, Frame] = {concept: frame for frame in frames for concept in frame.triggers}

    def anchors(self, view: SentenceView, category: str) -> tuple[Mention, ...]:
        """The measures that a claim of this category can be about: its own, else any, else curbs."""
        measures = [mention for mention in view.mentions if mention.kind is Kind.MEASURE]
        own = [mention for mention in measures if self._claims.concepts[mention.concept].category == category]
        return tuple(own or measures or [mention for mention in view.mentions if mention.kind is Kind.CURB])

    def own_act(self, mention: Mention) -> str | None:
        """The act that a measure tells by itself ("blacklisted")."""
        meaning = self._claims.concepts.get(mention.concept)
        return meaning.act if meaning else None

    def act_of(self, mention: Mention, category: str, anchor: Mention | None) -> str:
        """The act of a trigger; to raise a tariff is to tighten, to raise a quota is to ease."""
        is_tariff = (anchor is not None and anchor.code == "tariff") or category == "trade_restriction"
        turned = {"raise": "tighten", "cut": "ease"} if is_tariff else {}
        return turned.get(mention.concept, mention.code)

    def offer(self, view: SentenceView, anchors: Sequence[Mention], triggers: Sequence["Trigger"]) -> Offer:
        """The act that the frames propose; triggers nearest first."""
        inner = self._first(triggers, "inner", _INNER_REACH)
        outer = self._first(triggers, "outer", _OUTER_REACH)
        is_fresh = _is_fresh(view, anchors)
        if outer is not None:
            frame = self._frames[outer.mention.concept]
            return Offer(frame.act, frame.name, inner, outer, is_fresh)
        if inner is not None:
            name = self._frames[inner.mention.concept].name if inner.mention.concept in self._frames else "own_act"
            return Offer(inner.act, name, inner, outer, is_fresh)
        return Offer("impose", "fresh", is_fresh=True) if is_fresh else Offer("in_force", "mention")

    def _first(self, triggers: Sequence["Trigger"], level: str, reach: int) -> "Trigger | None":
        for trigger in triggers:
            frame = self._frames.get(trigger.mention.concept)
            if trigger.distance <= reach and (frame.level if frame else "inner") == level:
                return trigger
        return None


def _is_fresh(view: SentenceView, anchors: Sequence[Mention]) -> bool:
    return any(
        0 <= anchor.start - mention.end <= _FRESH_BEFORE or 0 <= mention.start - anchor.end <= _FRESH_AFTER
        for mention in view.mentions
        if mention.concept == "fresh"
        for anchor in anchors
    )


def find_set_by(view: SentenceView) -> Mention | None:
    """The quota of a frame `set_by`: a quota, the word that sets it, and the sanctions that set it, in a row.

    The sanctions are the means then and no claim of their own; the setting is one beside whatever else is told.
    """
    for quota in view.mentions:
        if quota.code != "quota" or quota.kind is not Kind.MEASURE:
            continue
        after = [mention for mention in view.mentions if quota.end <= mention.start <= quota.end + _SET_REACH]
        told = next((m for m in after if m.kind is Kind.ACT and m.code == "impose"), None)
        by = next((m for m in after if told and m.code == "agent" and m.start >= told.end), None)
        if by and any(m.concept == "sanctions" and 0 <= m.start - by.end <= _BY_REACH for m in after):
            return quota
    return None
