"""Why a sentence is or is not a claim: what the lexicons saw, what the frames proposed, what the models weighed."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from claimwire.detect.context import Context, SentenceView
from claimwire.detect.features import Facts, gather_facts, sentence_features
from claimwire.detect.features_act import Scene
from claimwire.detect.features_order import read_tokens
from claimwire.detect.frames import find_claims
from claimwire.detect.frames_un import asking_features
from claimwire.detect.models import probability
from claimwire.detect.models_choice import UN_REQUEST, Judge, load_judge
from claimwire.detect.reading import parted
from claimwire.model import Claim

_SHOWN_FEATURES, _SHOWN_ACTS, _SHOWN_WORDS = 8, 3, 6
Weighed = tuple[tuple[str, float], ...]
"""Features and their weights, the heaviest first; positive speaks for."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One category tried on one sentence.

    Args:
        chance: probability of the category, to be held against its threshold.
        frame: the frame that proposed an act, and the words that made it do so.
        acts: the likeliest acts with their probabilities.
        told: where it has fired, the words without which the likeliest act would be less likely, or more, to the
            order model; in log-odds.
    """

    category: str
    chance: float
    threshold: float
    weighed: Weighed
    frame: str
    triggers: tuple[str, ...]
    acts: tuple[tuple[str, float], ...]
    told: Weighed

    @property
    def has_fired(self) -> bool:
        """Whether it made a claim."""
        return self.chance >= self.threshold


@dataclass(frozen=True, slots=True)
class ExplainedSentence:
    """A sentence, what was tried on it, and the claims that came of it."""

    view: SentenceView
    trials: tuple[Trial, ...]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """An article explained; where `is_closed`, the gate kept detection from reading it at all."""

    is_closed: bool
    language: str
    sentences: tuple[ExplainedSentence, ...]


def explain_context(context: Context, *, is_closed: bool) -> Explanation:
    """Every sentence with its trials; slower than detection, and with the same outcome."""
    judge, facts = load_judge(), gather_facts(context)
    claims = [] if is_closed else [claim for part in parted(context) for claim in find_claims(part)]
    sentences = (
        ExplainedSentence(view, tuple(_trials(judge, context, facts, index)), tuple(_of_view(view, claims)))
        for index, view in enumerate(context.views)
    )
    return Explanation(is_closed, context.language, tuple(sentences))


def _trials(judge: Judge, context: Context, facts: Facts, index: int) -> Iterator[Trial]:
    for candidate in judge.candidates(context, facts, index, least=0.0):
        scene, category = candidate.scene, candidate.scene.category
        chance, threshold = probability(candidate.odds), judge.models.settings["category_threshold"][category]
        is_weighed = category != UN_REQUEST
        odds = judge.act_odds(scene, candidate.heard) if is_weighed else {"request": 30.0}
        likeliest = sorted(odds.items(), key=lambda item: -item[1])[:_SHOWN_ACTS]
        yield Trial(
            category,
            chance,
            threshold,
            _weighed(judge, context, facts, index, category),
            scene.offer.frame,
            tuple(_triggers(scene)),
            tuple((act, probability(act_odds)) for act, act_odds in likeliest),
            tuple(_told(judge, scene, likeliest[0][0])) if is_weighed and chance >= threshold else (),
        )


def _weighed(judge: Judge, context: Context, facts: Facts, index: int, category: str) -> Weighed:
    if category == UN_REQUEST:
        model, features = judge.models.linear[UN_REQUEST], asking_features(context.views[index])
        return tuple(model.mattered(features or [], model.outputs[0], _SHOWN_FEATURES))
    features = sentence_features(context, facts, index)
    return tuple(judge.models.linear["category"].mattered(features, category, _SHOWN_FEATURES))


def _told(judge: Judge, scene: Scene, act: str) -> list[tuple[str, float]]:
    """The words that tell an act: each is left out in turn, and what the order model then hears is held against all."""
    tokens = read_tokens(scene)
    whole = judge.order.hear_acts(tokens)[act]
    falls = [
        (scene.view.sentence.text[token.start : token.end], whole - judge.order.hear_acts(without)[act])
        for at, token in enumerate(tokens)
        for without in [[*tokens[:at], replace(token, features=()), *tokens[at + 1 :]]]
    ]
    return sorted(falls, key=lambda fall: -abs(fall[1]))[:_SHOWN_WORDS]


def _triggers(scene: Scene) -> Iterator[str]:
    text = scene.view.sentence.text
    for trigger in (scene.offer.outer, scene.offer.inner):
        if trigger is not None:
            yield text[trigger.mention.start : trigger.mention.end]


def _of_view(view: SentenceView, claims: Iterable[Claim]) -> Iterator[Claim]:
    place = (view.sentence.field, view.sentence.start)
    return (claim for claim in claims if (claim.field, claim.start) == place)
