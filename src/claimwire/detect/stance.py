"""Stance: whether the writer asserts the act, has it from somebody, expects, supposes or denies it; and who vouches."""

import re
from collections.abc import Collection, Iterator

from claimwire.detect.context import Kind, Mention, SentenceView
from claimwire.detect.features import heard
from claimwire.detect.features_act import Scene, step, way
from claimwire.text.fold import fold

MODALITIES = ("asserted", "alleged", "planned", "possible", "denied")
_QUOTES = re.compile('["«“„「]')
_CLOSING = re.compile("[»”“」]")
_EARSHOT = 60  # code points between who speaks and the word of saying
_SPEAKERS = (Kind.ACTOR, Kind.ORGAN)
_QUESTION = re.compile("[?？؟]")
_TONES = (Kind.STANCE, Kind.SAYING)
_SETTING = "setting"
_WORD = re.compile(r"\w+")
_ENDING = 3


def stance_features(scene: Scene, act: str, actors: Collection[str]) -> list[str]:
    """What speaks for one stance or another of a claim whose actors are known.

    The act only says where to look: as a feature it would carry its own errors on.
    """
    view = scene.view
    told = scene.nearest().get(act)
    pivot = told.mention if told else (scene.anchors[0] if scene.anchors else None)
    tones = [mention for mention in heard(view) if mention.kind in _TONES and mention.code != _SETTING]
    features = [
        f"field {view.sentence.field}",
        f"offer {scene.offer.act}",
        f"frame {scene.offer.frame}",
        f"outer {scene.offer.outer.mention.concept if scene.offer.outer else 'none'}",
        f"asks {bool(_QUESTION.search(view.sentence.text))}",
        f"quotes {bool(_QUOTES.search(view.sentence.text))}",
        *(f"has {tone.concept}" for tone in tones),
        *(f"has {tone.concept} offer {scene.offer.act}" for tone in tones),
        *(f"form {view.language} {tone.form}" for tone in tones),
        *(f"has {m.concept}" for m in view.mentions if m.kind is Kind.ACT),
    ]
    if pivot is None:
        return features
    return [
        *features,
        *_near_features(view, pivot, tones),
        *_word_features(view, pivot),
        *_speech_features(scene, pivot, actors),
    ]


def _near_features(view: SentenceView, pivot: Mention, tones: list[Mention]) -> Iterator[str]:
    yield f"told by {pivot.concept}"
    for tone in tones:
        distance, side, breaks, _ = way(view.sentence.text, tone, pivot)
        far = step(distance)
        yield f"{tone.concept} side {side} far {far}"
        yield f"{tone.concept} breaks {breaks} side {side}"
        if far <= 2:
            yield f"{tone.concept} near {pivot.concept}"
            yield f"{view.language} {tone.form} near side {side}"


def _speech_features(scene: Scene, pivot: Mention, actors: Collection[str]) -> Iterator[str]:
    """Whether the act is told in somebody's speech, and whether that somebody is the actor."""
    view, act = scene.view, scene.offer.act
    text = view.sentence.text
    opened = len(_QUOTES.findall(text, 0, pivot.start)) - len(_CLOSING.findall(text, 0, pivot.start))
    inside = opened > 0
    sayings = [mention for mention in view.mentions if mention.kind is Kind.SAYING]
    parties = [mention for mention in view.mentions if mention.kind in _SPEAKERS]
    yield f"inside {inside} sayings {min(2, len(sayings))}"
    yield f"inside {inside} sayings {min(2, len(sayings))} offer {act}"
    yield f"starts quoted {bool(_QUOTES.match(text))} offer {act}"
    for saying in sayings:
        by = min(parties, key=lambda party: abs(party.start - saying.start), default=None)
        who = (
            "nobody"
            if by is None or abs(by.start - saying.start) > _EARSHOT
            else "actor"
            if by.code in actors
            else "other"
        )
        yield f"{saying.code} by {who}"
        yield f"{saying.code} by {who} offer {act}"
        yield f"{saying.code} by {who} side {way(text, saying, pivot)[1]}"
        yield f"{saying.code} of {bool(actors)} offer {act}"


def _word_features(view: SentenceView, pivot: Mention) -> Iterator[str]:
    """The words right around the one that tells the act, and its ending: tense and mood show there."""
    text = fold(view.sentence.text)
    before, after = _WORD.findall(text[: pivot.start])[-3:], _WORD.findall(text[pivot.end :])[:2]
    yield from (f"word before {view.language} {word}" for word in before)
    yield from (f"word after {view.language} {word}" for word in after)
    yield f"words before {view.language} {' '.join(before[-2:])}"
    found = text[pivot.start : pivot.end].split()
    if found:
        yield f"ending {view.language} {found[-1][-_ENDING:]}"
        yield f"word {view.language} {found[-1]}"


def attribution_of(scene: Scene, act: str, modality: str, actors: Collection[str]) -> str | None:
    """Who vouches: of hearsay whoever speaks and is not the actor, else the actor where he speaks himself.

    None where the writer vouches, or where nobody named speaks.
    """
    told = scene.nearest().get(act)
    pivot = told.mention if told else next(iter(scene.anchors), None)
    sayings = [mention for mention in scene.view.mentions if mention.kind is Kind.SAYING]
    if not sayings or pivot is None:
        return None
    saying = min(sayings, key=lambda mention: way(scene.view.sentence.text, mention, pivot)[0])
    is_hearsay = modality == "alleged"
    parties = [
        mention
        for mention in scene.view.mentions
        if mention.kind in _SPEAKERS and (mention.code not in actors) is is_hearsay and _is_heard(mention, saying)
    ]
    return min(parties, key=lambda party: abs(party.start - saying.start)).code if parties else None


def _is_heard(party: Mention, saying: Mention) -> bool:
    return abs(party.start - saying.start) <= _EARSHOT
