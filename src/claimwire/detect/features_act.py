"""What the models see of an act: where its triggers stand, seen from the measure, and which frames offer it."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from claimwire.detect.context import Kind, Mention, SentenceView
from claimwire.detect.features import heard, label
from claimwire.detect.frames_rules import Frames, Offer

_BREAK = re.compile(r"[,;:()«»“”\"–—，；：、]| - ")
_BREAK_COST = 25  # code points that a comma or a quotation mark is worth
_UNANCHORED = 50  # the distance of a trigger where no measure is in the sentence
_STEPS = (2, 12, 30, 70)
_NEIGHBOUR = 14
_WINDOW, _FOLLOWERS = 45, 5
_BASE_KINDS = (
    Kind.ACT,
    Kind.STANCE,
    Kind.SAYING,
    Kind.INSTRUMENT,
    Kind.ORGAN,
    Kind.MEASURE,
    Kind.CURB,
    Kind.REFERENCE,
    Kind.FLOW,
)
_CHAIN_KINDS = (Kind.ACT, Kind.MEASURE, Kind.CURB, Kind.STANCE, Kind.SAYING, Kind.ACTOR, Kind.INSTRUMENT)
_BESIDE_KINDS = (Kind.ACT, Kind.STANCE, Kind.ACTOR, Kind.SAYING, Kind.FLOW)


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that tells an act, with its way to the nearest anchor."""

    mention: Mention
    act: str
    distance: int  # code points, breaks of the clause counted in
    side: int  # 0 the anchor itself, 1 before it, 2 after it
    breaks: int
    anchor: Mention | None


@dataclass(frozen=True, slots=True)
class Scene:
    """One category in one sentence: its anchors, the triggers around them, what the frames make of it."""

    view: SentenceView
    category: str
    anchors: tuple[Mention, ...]
    triggers: tuple[Trigger, ...]  # nearest first
    offer: Offer

    def nearest(self) -> dict[str, Trigger]:
        """The nearest trigger of each act, nearest act first."""
        found: dict[str, Trigger] = {}
        for trigger in self.triggers:
            found.setdefault(trigger.act, trigger)
        return found


def set_scene(view: SentenceView, category: str, frames: Frames) -> Scene:
    """Finds anchors and triggers for a category and asks the frames."""
    anchors = frames.anchors(view, category)
    triggers = tuple(sorted(_triggers(view, category, anchors, frames), key=lambda trigger: trigger.distance))
    return Scene(view, category, anchors, triggers, frames.offer(view, anchors, triggers))


def _triggers(view: SentenceView, category: str, anchors: Sequence[Mention], frames: Frames) -> Iterable[Trigger]:
    for mention in view.mentions:
        if mention.kind is Kind.ACT:
            distance, side, breaks, anchor = min(
                (way(view.sentence.text, mention, anchor) for anchor in anchors),
                key=lambda way: way[0],
                default=(_UNANCHORED, 0, 0, None),
            )
            yield Trigger(mention, frames.act_of(mention, category, anchor), distance, side, breaks, anchor)
        elif act := frames.own_act(mention):
            yield Trigger(mention, act, 0, 0, 0, mention)


def way(text: str, mention: Mention, anchor: Mention) -> tuple[int, int, int, Mention | None]:
    """From a mention to an anchor: distance with breaks counted in, side, breaks, and the anchor."""
    if mention.start < anchor.end and anchor.start < mention.end:
        return 0, 0, 0, anchor
    is_before = mention.start < anchor.start
    start, end = (mention.end, anchor.start) if is_before else (anchor.end, mention.start)
    breaks = len(_BREAK.findall(text, start, end))
    return end - start + _BREAK_COST * breaks, 1 if is_before else 2, min(2, breaks), anchor


def step(distance: int) -> int:
    """How far, in five steps."""
    return sum(distance > limit for limit in _STEPS)


def scene_features(scene: Scene) -> list[str]:
    """What speaks for one act or another in a scene as a whole."""
    view, offer = scene.view, scene.offer
    mentions = heard(view)
    acts = list(scene.nearest())
    features = [
        f"category {scene.category}",
        f"field {view.sentence.field}",
        f"acts {min(4, len(acts))}",
        f"length {min(4, len(view.sentence.text) // 70)}",
        f"first {acts[0] if acts else 'none'}",
        f"frame {offer.frame}",
        f"offer {offer.act}",
        f"offer {scene.category} {offer.act}",
        f"fresh {offer.is_fresh}",
        *(f"first two {acts[0]} {acts[1]}" for _ in acts[1:2]),
        *(f"anchor {anchor.concept}" for anchor in scene.anchors[:2]),
        *(f"has {concept}" for concept in {m.concept for m in mentions if m.kind in _BASE_KINDS}),
        *(f"form {view.language} {m.form}" for m in mentions if m.kind in (Kind.ACT, Kind.MEASURE, Kind.CURB)),
        *_chains([m for m in mentions if m.kind in _CHAIN_KINDS]),
    ]
    inner, outer = offer.inner, offer.outer
    features.append(f"inner {inner.act} {step(inner.distance)}" if inner else "inner none")
    features.append(f"outer {outer.mention.concept} {step(outer.distance)}" if outer else "outer none")
    if scene.anchors:
        features += _beside(scene.anchors[0], mentions, len(view.sentence.text))
    return features


def _chains(mentions: list[Mention]) -> Iterable[str]:
    for place, one in enumerate(mentions):
        for other in mentions[place + 1 : place + 1 + _FOLLOWERS]:
            gap = other.start - one.end
            if 0 <= gap <= _WINDOW and one.concept != other.concept and not (one.kind is other.kind is Kind.STANCE):
                yield f"then {_short(one)} {_short(other)}"


def _short(mention: Mention) -> str:
    return "@" if mention.kind is Kind.ACTOR else label(mention)


def _beside(anchor: Mention, mentions: list[Mention], length: int) -> Iterable[str]:
    yield f"at {min(3, anchor.start * 4 // max(1, length))}"
    for mention in mentions:
        if mention.kind in _BESIDE_KINDS:
            if 0 <= anchor.start - mention.end <= _NEIGHBOUR:
                yield f"left {_short(mention)}"
            if 0 <= mention.start - anchor.end <= _NEIGHBOUR:
                yield f"right {_short(mention)}"


def many_features(scene: Scene) -> list[str]:
    """What speaks for more than one claim of the category in the sentence."""
    return [
        *scene_features(scene),
        f"anchors {min(4, len(scene.anchors))}",
        f"measures {min(3, len({anchor.code for anchor in scene.anchors}))}",
        f"triggers {min(6, len(scene.triggers))}",
        f"long {min(8, len(scene.view.sentence.text) // 50)}",
    ]


def act_features(scene: Scene) -> Mapping[str, list[str]]:
    """What speaks for each act that has a trigger or an offer; other acts have none of these features."""
    nearest = scene.nearest()
    counts = Counter(trigger.act for trigger in scene.triggers)
    found = {
        act: _trigger_features(scene.view, trigger, min(3, rank), min(3, counts[act]))
        for rank, (act, trigger) in enumerate(nearest.items())
    }
    offer = scene.offer
    found.setdefault(offer.act, []).extend(["offered", f"offered by {offer.frame}", f"offered in {scene.category}"])
    for level, trigger in (("inner", offer.inner), ("outer", offer.outer)):
        if trigger:
            found.setdefault(trigger.act, []).append(level)
    return {act: [*features, *(f"{act}: {feature}" for feature in features)] for act, features in found.items()}


def _trigger_features(view: SentenceView, trigger: Trigger, rank: int, count: int) -> list[str]:
    far, side, concept = step(trigger.distance), trigger.side, trigger.mention.concept
    features = [
        "told",
        f"rank {rank}",
        f"far {far}",
        f"far {far} side {side}",
        f"rank {rank} far {far}",
        f"breaks {trigger.breaks}",
        f"times {count}",
        f"by {concept}",
        f"by {concept} far {far} side {side}",
        f"by {concept} rank {rank}",
        f"form {view.language} {trigger.mention.form}",
    ]
    if is_negated(view, trigger.mention):
        features.append("negated")
    if trigger.anchor is not None:
        features.append(f"by {concept} of {trigger.anchor.concept}")
    return features


def is_negated(view: SentenceView, mention: Mention) -> bool:
    """Whether a negation stands close before a mention, or closer after it."""
    return any(
        0 <= mention.start - other.end <= 20 or 0 <= other.start - mention.end <= 12
        for other in view.mentions
        if other.concept == "negation"
    )
