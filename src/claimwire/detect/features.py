"""What the models see of a sentence: names of features, in words of the lexicons' concepts and never of a language.

A feature is a string. Its first word says where it was seen, so that `explain` can print it as it is:
`has` in the sentence, `then` one after the other, `with` both in the sentence, `title`, `before`, `after` elsewhere.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from claimwire.detect.context import Context, Kind, Mention, SentenceView

_REACH, _NEAR = 70, 15  # code points between two mentions that still have to do with each other
_SILENT = (Kind.MARKER, Kind.TRAP)
_ANCHORS = (Kind.MEASURE, Kind.CURB)
_FORMS = (*_ANCHORS, Kind.ACT, Kind.ORGAN, Kind.INSTRUMENT)
_BACKGROUND = (Kind.ORGAN, Kind.INSTRUMENT, Kind.FLOW)
_COMPANY = (Kind.ACT, Kind.CURB, Kind.ORGAN, Kind.INSTRUMENT, Kind.FLOW, Kind.ACTOR)
_TOP_CODES = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What an article is about, gathered once for all its sentences."""

    measures: Counter[str]
    settings: Counter[str]  # sport, court, home affairs … and the traps
    codes: Counter[str]
    background: frozenset[str]
    shared: tuple[str, ...]  # features that all sentences have
    anchors: tuple[frozenset[str], ...]  # by sentence: the measures and curbs in it
    measured: tuple[frozenset[str], ...]  # by sentence: the measures only


def gather_facts(context: Context) -> Facts:
    """The facts of an article; one pass over its mentions."""
    mentions = [mention for view in context.views for mention in view.mentions]
    measured = tuple(_concepts(view, Kind.MEASURE) for view in context.views)
    anchors = tuple(_concepts(view, *_ANCHORS) for view in context.views)
    measures = Counter(concept for concepts in measured for concept in concepts)
    settings = Counter(m.concept for m in mentions if m.code == "setting" or m.kind is Kind.TRAP)
    codes = Counter(m.code for m in mentions if m.kind is Kind.ACTOR)
    background = frozenset(m.concept for m in mentions if m.kind in _BACKGROUND)
    shared = (
        *(f"article {concept} {min(3, count)}" for concept, count in measures.items()),
        *(f"setting {concept} {min(3, (count + 1) // 2)}" for concept, count in settings.items()),
        *(f"article actor {code}" for code, _ in codes.most_common(_TOP_CODES)),
        *(f"article {concept}" for concept in background),
        *(f"title {concept}" for concept in frozenset().union(*measured[:2])),
        f"article actors {min(5, len(codes))}",
        f"language {context.language}",
    )
    return Facts(measures, settings, codes, background, shared, anchors, measured)


def sentence_features(context: Context, facts: Facts, index: int) -> list[str]:
    """The features of one sentence, those of its article and neighbours among them."""
    view = context.views[index]
    return [
        *_own_features(view),
        *facts.shared,
        *_place_features(view, facts, index),
        *_company_features(view, facts, index),
    ]


def label(mention: Mention) -> str:
    """What a mention is called in a feature: its concept, and all actors alike but for how they are named."""
    return f"@{mention.concept}" if mention.kind is Kind.ACTOR else mention.concept


def heard(view: SentenceView) -> list[Mention]:
    """The mentions that tell something: all but role markers and traps."""
    return [mention for mention in view.mentions if mention.kind not in _SILENT]


def _concepts(view: SentenceView, *kinds: Kind) -> frozenset[str]:
    return frozenset(mention.concept for mention in view.mentions if mention.kind in kinds)


def _own_features(view: SentenceView) -> Iterable[str]:
    mentions = heard(view)
    labels = frozenset(map(label, mentions))
    codes = frozenset(mention.code for mention in mentions if mention.kind is Kind.ACTOR)
    anchors = frozenset(mention.concept for mention in mentions if mention.kind in _ANCHORS)
    yield from (f"has {name}" for name in labels)
    yield from (f"has actor {code}" for code in codes)
    yield f"has actors {min(3, len(codes))}"
    yield from (f"form {view.language} {mention.form}" for mention in mentions if mention.kind in _FORMS)
    yield from _sequences(mentions)
    for anchor in anchors:
        yield from (f"with {anchor} {name}" for name in labels if name != anchor)
        yield f"with {anchor} actors {min(3, len(codes))}"


def _sequences(mentions: list[Mention]) -> Iterable[str]:
    """Which mention follows which, and which follows close upon."""
    names = [label(mention) for mention in mentions]
    for place, one in enumerate(mentions):
        for follower in range(place + 1, len(mentions)):
            other = mentions[follower]
            gap = other.start - one.end
            if gap > _REACH:
                break
            if gap < 0 or one.concept == other.concept or (one.kind is Kind.STANCE and other.kind is Kind.STANCE):
                continue
            yield f"then {names[place]} {names[follower]}"
            if gap < _NEAR:
                yield f"close {names[place]} {names[follower]}"


def _place_features(view: SentenceView, facts: Facts, index: int) -> Iterable[str]:
    yield f"field {view.sentence.field}"
    yield f"length {min(5, len(view.sentence.text) // 60)}"
    yield f"place {min(3, index)}"
    if index:
        yield from (f"before {concept}" for concept in facts.anchors[index - 1])
    if index + 1 < len(facts.measured):
        yield from (f"after {concept}" for concept in facts.measured[index + 1])


def _company_features(view: SentenceView, facts: Facts, index: int) -> Iterable[str]:
    """What stands here together with what the article speaks of."""
    company = frozenset(label(mention) for mention in view.mentions if mention.kind in _COMPANY)
    for measure in facts.measures:
        yield from (f"elsewhere {measure} {name}" for name in company)
    for anchor in facts.anchors[index]:
        yield f"among {anchor} actors {min(4, len(facts.codes))}"
        yield from (f"among {anchor} {setting} {min(2, count)}" for setting, count in facts.settings.items())
        yield from (f"among {anchor} {concept}" for concept in facts.background)
    yield f"anchored {bool(facts.measured[index])} {len(facts.anchors[index]) > len(facts.measured[index])}"
