"""What the order model sees of a scene: its words one after the other, each as a handful of named features.

A feature's first word says what it is: `word`, `stem`, `ending` and `form` in the words of a language, `concept`,
`kind` and `tells` in those of the lexicons, `sign` for what is no word, `from` for the way from the nearest anchor,
and `category` and `field`, which every token of a scene has.
"""

import math
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from claimwire.detect.context import Kind, Mention
from claimwire.detect.features_act import Scene
from claimwire.detect.roles import PARTIES
from claimwire.text.fold import fold

MOST_TOKENS = 96
_BEFORE_ANCHOR = 60  # tokens of a long sentence that are kept before its first anchor
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|(?:(?![\u3040-\u30ff\u4e00-\u9fff])\w)+|[^\w\s]")
_STEM, _ENDING = 4, 3
_FORMED = (Kind.ACT, Kind.MEASURE, Kind.CURB, Kind.STANCE, Kind.SAYING, Kind.MARKER)
_FAR, _FINENESS = 8, 1.6  # the longest way from an anchor, and the steps to each doubling of it


@dataclass(frozen=True, slots=True)
class Token:
    """A word, a sign, or one ideograph: `sentence.text[start:end]`, with the names of its features."""

    start: int
    end: int
    features: tuple[str, ...]


def read_tokens(scene: Scene) -> list[Token]:
    """The tokens of a scene, at most `MOST_TOKENS`, around its anchors where the sentence is longer; never none."""
    raw = scene.view.sentence.text
    text = fold(raw)
    spans = _window(scene, [match.span() for match in _TOKEN.finditer(text)])
    if not spans:
        return [Token(0, len(raw), _shared(scene))]
    said = _said(scene, spans)
    ways = _ways(scene, spans)
    shared, language = _shared(scene), scene.view.language
    return [
        Token(start, end, (*shared, f"from {way}", *_spelling(language, text[start:end], raw[start]), *mentioned))
        for (start, end), way, mentioned in zip(spans, ways, said, strict=True)
    ]


def party_tokens(scene: Scene, tokens: Sequence[Token]) -> list[tuple[int, str]]:
    """Where among the tokens each named party begins, with its code; one a mention."""
    return [
        (at, mention.code)
        for mention in scene.view.of_kind(*PARTIES)
        for at, token in enumerate(tokens)
        if token.start <= mention.start < token.end
    ]


def _shared(scene: Scene) -> tuple[str, ...]:
    return f"category {scene.category}", f"field {scene.view.sentence.field}"


def _window(scene: Scene, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    if len(spans) <= MOST_TOKENS or not scene.anchors:
        return spans[:MOST_TOKENS]
    first = sum(end <= scene.anchors[0].start for _, end in spans)
    begin = max(0, min(first - _BEFORE_ANCHOR, len(spans) - MOST_TOKENS))
    return spans[begin : begin + MOST_TOKENS]


def _spelling(language: str, word: str, first: str) -> list[str]:
    if not word[0].isalnum():
        return [f"sign {word}"]
    features = [f"word {language} {word}"]
    if len(word) > _STEM:
        features.append(f"stem {language} {word[:_STEM]}")
    if len(word) > _ENDING:
        features.append(f"ending {language} {word[-_ENDING:]}")
    if first.isdigit() or first.isupper():
        features.append("sign 0" if first.isdigit() else "sign A")
    return features


def _said(scene: Scene, spans: list[tuple[int, int]]) -> list[list[str]]:
    """By token, what the lexicons see in it."""
    said: list[list[str]] = [[] for _ in spans]
    ends = [end for _, end in spans]
    for mention in scene.view.mentions:
        at = first = bisect_right(ends, mention.start)
        while at < len(spans) and spans[at][0] < mention.end:
            said[at] += _concepts(scene.view.language, mention, is_first=at == first)
            at += 1
    return [list(dict.fromkeys(features)) for features in said]


def _concepts(language: str, mention: Mention, *, is_first: bool) -> list[str]:
    concept = f"@{mention.concept}" if mention.kind is Kind.ACTOR else mention.concept
    features = [f"concept {concept}" if is_first else f"concept {concept} goes on", f"kind {mention.kind}"]
    if mention.kind is Kind.ACT:
        features.append(f"tells {mention.code}")
    if mention.kind in _FORMED:
        features.append(f"form {language} {mention.form}")
    return features


def _ways(scene: Scene, spans: list[tuple[int, int]]) -> list[str]:
    """By token, the way from the nearest anchor in growing steps; less than nothing before it."""
    anchored = [
        at for at, (start, end) in enumerate(spans) if any(start < a.end and a.start < end for a in scene.anchors)
    ]
    if not anchored:
        return ["nowhere"] * len(spans)
    return [str(_step(min((at - anchor for anchor in anchored), key=abs))) for at in range(len(spans))]


def _step(way: int) -> int:
    steps = min(_FAR, math.ceil(math.log2(abs(way) + 1) * _FINENESS))
    return steps if way >= 0 else -steps
