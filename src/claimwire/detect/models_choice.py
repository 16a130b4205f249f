"""What the models choose: the categories of a sentence, the acts of a scene and the stance on them, as log-odds.

Acts and stances are weighed twice: by linear models, which see what stands in the sentence, and by the order model,
which sees how it stands. `settings.json` says how much the second count beside the first (`order_weight`).
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.frames import load_frames
from claimwire.detect.context import Context, SentenceView
from claimwire.detect.features import Facts, sentence_features
from claimwire.detect.features_act import Scene, act_features, many_features, scene_features, set_scene
from claimwire.detect.frames_rules import Frames
from claimwire.detect.frames_un import asking_features
from claimwire.detect.models import Floats, Models, load_models, probability
from claimwire.detect.models_order import Heard, OrderModel, load_order
from claimwire.detect.stance import MODALITIES, stance_features

UN_REQUEST = "un_request"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A category that one sentence may hold: its scene, its log-odds, and what the order model heard."""

    scene: Scene
    odds: float
    heard: Heard


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate that is a claim, with the act chosen and its log-odds."""

    index: int
    candidate: Candidate
    act: str
    act_odds: float

    @property
    def scene(self) -> Scene:
        """The scene that is told."""
        return self.candidate.scene

    @property
    def heard_roles(self) -> dict[str, dict[str, float]]:
        """What the order model says of the parties named in the sentence, by code and role."""
        return self.candidate.heard.roles_in(self.act)


@dataclass(frozen=True, slots=True)
class Judge:
    """The frames, which propose, and the models, which dispose."""

    frames: Frames
    models: Models
    order: OrderModel

    def category_odds(self, context: Context, facts: Facts, index: int) -> dict[str, float]:
        """Log-odds of each category in one sentence; a request to the UN has a model of its own."""
        odds = self.models.linear["category"].odds_by_name(sentence_features(context, facts, index))
        asking = asking_features(context.views[index])
        return {UN_REQUEST: float(self.models.linear[UN_REQUEST].logits(asking)[0]) if asking else -30.0} | odds

    def candidates(self, context: Context, facts: Facts, index: int, least: float | None = None) -> Iterator[Candidate]:
        """The categories that one sentence holds: as likely as their threshold wants, or as `least`, a probability."""
        thresholds = self.models.settings["category_threshold"]
        for category, odds in self.category_odds(context, facts, index).items():
            if probability(odds) >= (thresholds[category] if least is None else least):
                scene = self.scene(context.views[index], category)
                yield Candidate(scene, odds, self.order.hear(scene))

    def scene(self, view: SentenceView, category: str) -> Scene:
        """The triggers and the frames' offer for a category."""
        return set_scene(view, category, self.frames)

    def act_odds(self, scene: Scene, heard: Heard) -> dict[str, float]:
        """Log-odds of each act in a scene, of which it tells one."""
        seen = self._seen_acts(scene)
        weight = self.models.settings["order_weight"]["act"]
        return _odds({act: weight * heard.acts[act] + _log_chance(seen[act]) for act in seen})

    def stance_odds(self, scene: Scene, act: str, actors: Collection[str], heard: Heard) -> dict[str, float]:
        """Log-odds of each modality of a claim whose act and actors are known."""
        seen = self.models.linear["stance"].odds_by_name(stance_features(scene, act, actors))
        weight = self.models.settings["order_weight"]["stance"]
        return _odds({name: weight * heard.stances[act][name] + _log_chance(seen[name]) for name in MODALITIES})

    def _seen_acts(self, scene: Scene) -> dict[str, float]:
        base, offers = self.models.linear["act"], self.models.linear["act_offer"]
        odds: Floats = base.logits(scene_features(scene)).copy()
        for act, features in act_features(scene).items():
            odds[base.outputs.index(act)] += offers.logits(features)[0]
        return dict(zip(base.outputs, map(float, np.asarray(odds)), strict=True))

    def many_odds(self, scene: Scene) -> float:
        """Log-odds that the sentence holds more than one claim of the category."""
        return float(self.models.linear["many"].logits(many_features(scene))[0])


def _log_chance(odds: float) -> float:
    return -float(np.logaddexp(0.0, -odds))


def _odds(scores: Mapping[str, float]) -> dict[str, float]:
    """Log-odds of answers that exclude each other, from scores that are log-probabilities but for their sum."""
    values = np.fromiter(scores.values(), dtype=float)
    shares = np.exp(values - np.logaddexp.reduce(values)).clip(1e-9, 1 - 1e-9)
    return dict(zip(scores, np.log(shares / (1 - shares)).tolist(), strict=True))


@cache
def load_judge(root: Path = DATA) -> Judge:
    """Frames and models of a data directory, read once a process."""
    return Judge(Frames(load_frames(root), load_claims(root)), load_models(root), load_order(root))
