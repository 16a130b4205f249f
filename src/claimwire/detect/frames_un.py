"""The frame `ask_organ`: somebody asks a UN organ for something, or an organ asks somebody about a measure."""

from collections.abc import Iterable
from dataclasses import dataclass

from claimwire.detect.context import Kind, Mention, SentenceView
from claimwire.detect.features import heard, label
from claimwire.detect.features_act import is_negated, step, way
from claimwire.text.fold import fold

ASKING = frozenset({"request", "demand", "obligation", "propose", "support", "threaten", "warn", "vote"})
_GAP_WORDS = 6
_AROUND = 25
_PLAIN = frozenset({"request", "demand"})
_BREATH = 40  # code points between the word of asking and the organ


@dataclass(frozen=True, slots=True)
class Asking:
    """A word of asking and the organ nearest to it."""

    view: SentenceView
    trigger: Mention
    organ: Mention
    distance: int
    side: int  # 1 the word before the organ, 2 after it
    breaks: int


def find_askings(view: SentenceView) -> list[Asking]:
    """Each word of asking with its nearest organ, nearest pair first; none where no organ is named."""
    organs = [mention for mention in view.mentions if mention.kind is Kind.ORGAN]
    if not organs:
        return []
    found = []
    for mention in view.mentions:
        if mention.kind is Kind.ACT and mention.concept in ASKING:
            ways = ((*way(view.sentence.text, mention, organ), organ) for organ in organs)
            distance, side, breaks, _, organ = min(ways, key=lambda item: item[0])
            found.append(Asking(view, mention, organ, distance, side, breaks))
    return sorted(found, key=lambda asking: (asking.trigger.concept != "request", asking.distance))


def asking_features(view: SentenceView) -> list[str]:
    """What speaks for a request to or by the UN in a sentence; nothing where no organ is named."""
    askings = find_askings(view)
    organs = [mention for mention in view.mentions if mention.kind is Kind.ORGAN]
    if not organs:
        return []
    mentions = heard(view)
    features = [
        f"organs {min(3, len(organs))}",
        f"askings {min(3, len(askings))}",
        *(f"organ {organ.concept}" for organ in organs),
        *(f"form {view.language} {organ.form}" for organ in organs),
        *(f"has {name}" for name in {label(mention) for mention in mentions}),
        f"field {view.sentence.field}",
        f"organ at {min(3, organs[0].start * 4 // max(1, len(view.sentence.text)))}",
    ]
    plain = ["plain"] if any(map(is_plain, askings)) else []
    return [*features, *plain, *(name for asking in askings[:1] for name in _pair_features(asking, mentions))]


def is_plain(asking: Asking) -> bool:
    """Whether somebody named plainly puts a request to the organ: party, word of asking, organ, in one breath."""
    if asking.trigger.concept not in _PLAIN or asking.breaks or asking.distance > _BREATH:
        return False
    if is_negated(asking.view, asking.trigger):
        return False
    parties = [mention for mention in asking.view.mentions if mention.kind is Kind.ACTOR]
    first, last = sorted((asking.trigger.start, asking.organ.start))
    is_asked = not any(first < party.start < last for party in parties)
    return is_asked and any(party.end <= first for party in parties)


def _pair_features(asking: Asking, mentions: list[Mention]) -> Iterable[str]:
    trigger, organ, view = asking.trigger, asking.organ, asking.view
    far = step(asking.distance)
    yield f"asks {trigger.concept} {organ.concept}"
    yield f"asks {trigger.concept} far {far} side {asking.side}"
    yield f"asks side {asking.side} far {far}"
    yield f"asks breaks {asking.breaks}"
    yield f"asks form {view.language} {trigger.form}"
    if is_negated(view, trigger):
        yield "asks negated"
    start, end = sorted((trigger.end, organ.start)) if asking.side == 1 else sorted((organ.end, trigger.start))
    between = [mention for mention in view.mentions if start <= mention.start and mention.end <= end]
    yield from (
        f"asks across {asking.side} {mention.code if mention.kind is Kind.MARKER else label(mention)}"
        for mention in between
    )
    before = [mention for mention in mentions if mention.end <= trigger.start and mention.kind is Kind.ACTOR]
    yield f"asks after {label(before[-1]) if before else 'nobody'} {asking.side}"
    if before:
        yield f"asks after actor at {step(trigger.start - before[-1].end)}"
    words = fold(view.sentence.text[start:end]).split()
    yield from (f"asks word {view.language} {asking.side} {word}" for word in (words[:2] + words[-2:])[:_GAP_WORDS])
    yield from (f"asks beside {label(m)}" for m in mentions if abs(m.start - trigger.end) <= _AROUND)
