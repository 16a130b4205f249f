"""Who does it, to whom it is put, whom it hits: one model for all languages weighs each named party for each role."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from claimwire.detect.context import Context, Kind, Mention, SentenceView
from claimwire.detect.features_act import Scene, step, way
from claimwire.detect.frames_un import find_askings
from claimwire.text.fold import fold

ROLES = ("actor", "addressee", "target")
PARTIES = (Kind.ACTOR, Kind.ORGAN)
_BACK = 2  # sentences before in which a party of the claim may have been named
_TOP = 3  # the parties that an article names most, wherever
_ADJACENT = 3
_BLANK = re.compile(r"\s")
_ENDING = 3


@dataclass(frozen=True, slots=True)
class Party:
    """A state or body that may play a role: its code, where it is named in the sentence, else how near."""

    code: str
    mentions: tuple[Mention, ...]  # in the sentence of the claim
    where: str  # here | title | before | often


def find_parties(context: Context, index: int) -> list[Party]:
    """Who may play a role in a claim of this sentence: named in it, in the title, just before, or often."""
    here: dict[str, list[Mention]] = {}
    for mention in context.views[index].mentions:
        if mention.kind in PARTIES:
            here.setdefault(mention.code, []).append(mention)
    parties = {code: Party(code, tuple(mentions), "here") for code, mentions in here.items()}
    for where, views in _surroundings(context, index):
        for view in views:
            for mention in view.mentions:
                if mention.kind in PARTIES:
                    parties.setdefault(mention.code, Party(mention.code, (), where))
    for code, _ in _counts(context).most_common(_TOP):
        parties.setdefault(code, Party(code, (), "often"))
    return list(parties.values())


def _surroundings(context: Context, index: int) -> Iterator[tuple[str, tuple[SentenceView, ...]]]:
    yield "before", context.views[max(0, index - 1) : index]
    yield "title", context.views[:1] if index else ()
    yield "earlier", context.views[max(0, index - _BACK) : max(0, index - 1)]


def _counts(context: Context) -> "Counter[str]":
    return Counter(mention.code for view in context.views for mention in view.mentions if mention.kind in PARTIES)


def role_features(context: Context, index: int, scene: Scene, act: str) -> dict[str, list[str]]:
    """By code of party, what speaks for it in one role or another in a claim of the sentence at `index`."""
    parties = find_parties(context, index)
    counts = _counts(context)
    ranks = {code: rank for rank, (code, _) in enumerate(counts.most_common())}
    here = sum(party.where == "here" for party in parties)
    found = {}
    for party in parties:
        rank = min(3, ranks.get(party.code, 3))
        shared = [
            f"act {act}",
            f"act {act} {party.where} {min(3, here)}",
            f"{scene.category} {party.where} {min(3, here)}",
            f"{party.where} parties {min(3, here)}",
            f"{party.where} rank {rank} parties {min(3, here)}",
            f"{party.where} act {act} rank {rank}",
            f"code {party.code}",
            f"code {party.code} {party.where}",
            f"code {party.code} {scene.category} {act}",
            f"code {party.code} {scene.category}",
            f"times {min(4, counts[party.code])} of {min(4, len(counts))}",
        ]
        own = _mention_features(scene, _telling(scene, party, act), act) if party.mentions else ()
        found[party.code] = [*shared, f"named {min(3, len(party.mentions))} times", *own]
    return found


def _telling(scene: Scene, party: Party, act: str) -> Mention:
    """The mention of a party that stands nearest to what the claim turns on: the word of the act, else the measure."""
    pivots = [pivot for name, pivot in _pivots(scene, act, party.mentions[0]) if pivot and name != "outer"]
    pivot = pivots[-1] if pivots else party.mentions[0]
    return min(party.mentions, key=lambda mention: way(scene.view.sentence.text, mention, pivot)[0])


def _mention_features(scene: Scene, mention: Mention, act: str) -> Iterator[str]:
    view = scene.view
    parties = [other for other in view.mentions if other.kind in PARTIES]
    place = min(3, parties.index(mention))
    yield f"named {mention.concept}"
    yield f"named {mention.concept} act {act}"
    yield f"place {place} of {min(4, len(parties))}"
    yield f"place {place} of {min(4, len(parties))} act {act}"
    yield f"last {parties[-1] is mention} act {act}"
    yield from _beside(view, mention, act)
    for name, pivot in _pivots(scene, act, mention):
        if pivot is None:
            yield f"no {name} place {place}"
            continue
        distance, side, breaks, _ = way(view.sentence.text, mention, pivot)
        far = step(distance)
        yield f"{name} side {side} act {act}"
        yield f"{name} side {side} {view.language}"
        yield f"{name} side {side} far {far} {mention.concept}"
        yield f"{name} side {side} far {far} breaks {breaks}"
        yield f"{name} side {side} place {place} of {min(4, len(parties))} act {act}"
        yield f"{name} {pivot.concept} side {side} far {far}"
        low, high = sorted((mention.end, pivot.start)) if side == 1 else sorted((pivot.end, mention.start))
        between = [other for other in parties if low <= other.start and other.end <= high]
        yield f"{name} side {side} across {min(2, len(between))} act {act}"
        if distance <= _ADJACENT:
            yield f"{name} adjacent side {side}"
            yield f"{name} adjacent side {side} act {act}"
            yield f"{name} adjacent side {side} code {mention.code}"
            yield f"{name} adjacent side {side} {view.language} {mention.concept}"


def _pivots(scene: Scene, act: str, mention: Mention) -> Iterator[tuple[str, Mention | None]]:
    """What a party's place is measured from: the measure, the word that tells the act, the word that rules it."""
    asking = find_askings(scene.view)[:1] if scene.category == "un_request" else []
    if asking:
        yield "organ", asking[0].organ
        yield "asking", asking[0].trigger
        return
    told = scene.nearest().get(act)
    trigger = told or (scene.triggers[0] if scene.triggers else None)
    yield "anchor", _nearest(scene.anchors, mention)
    yield "trigger", trigger.mention if trigger else None
    yield "outer", scene.offer.outer.mention if scene.offer.outer else None


def _nearest(anchors: tuple[Mention, ...], mention: Mention) -> Mention | None:
    return min(anchors, key=lambda anchor: max(anchor.start - mention.end, mention.start - anchor.end), default=None)


def _beside(view: SentenceView, mention: Mention, act: str) -> Iterator[str]:
    """Role markers, words and endings right at a mention: prepositions, cases, particles."""
    text = _BLANK.sub(" ", fold(view.sentence.text))
    for other in view.mentions:
        if other.kind is Kind.MARKER and 0 <= mention.start - other.end <= _ADJACENT + 2:
            yield f"marked {other.code}"
            yield f"marked {other.code} act {act}"
            yield f"marked {view.language} {other.form}"
        if other.kind is Kind.MARKER and 0 <= other.start - mention.end <= 1:
            yield f"followed {other.code} {view.language} {other.form}"
    before, after = text[: mention.start].split()[-2:], text[mention.end :].split()[:2]
    yield from (f"word before {view.language} {word}" for word in before[-1:])
    yield from (f"word after {view.language} {word}" for word in after[:1])
    yield f"words before {view.language} {' '.join(before)}"
    yield f"ending {view.language} {text[mention.start : mention.end][-_ENDING:]}"
    yield f"glued {view.language} {text[mention.end : mention.end + 2]}"
    yield f"before it {view.language} {text[max(0, mention.start - 2) : mention.start]}"
