"""What the models choose: the categories of a sentence and the acts of a scene, as log-odds."""

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
from claimwire.detect.models import Floats, Models, load_models

UN_REQUEST = "un_request"


@dataclass(frozen=True, slots=True)
class Judge:
    """The frames, which propose, and the models, which dispose."""

    frames: Frames
    models: Models

    def category_odds(self, context: Context, facts: Facts, index: int) -> dict[str, float]:
        """Log-odds of each category in one sentence; a request to the UN has a model of its own."""
        odds = self.models.linear["category"].odds_by_name(sentence_features(context, facts, index))
        asking = asking_features(context.views[index])
        return {UN_REQUEST: float(self.models.linear[UN_REQUEST].logits(asking)[0]) if asking else -30.0} | odds

    def scene(self, view: SentenceView, category: str) -> Scene:
        """The triggers and the frames' offer for a category."""
        return set_scene(view, category, self.frames)

    def act_odds(self, scene: Scene) -> dict[str, float]:
        """Log-odds of each act in a scene."""
        base, offers = self.models.linear["act"], self.models.linear["act_offer"]
        odds: Floats = base.logits(scene_features(scene)).copy()
        for act, features in act_features(scene).items():
            odds[base.outputs.index(act)] += offers.logits(features)[0]
        return dict(zip(base.outputs, map(float, np.asarray(odds)), strict=True))

    def many_odds(self, scene: Scene) -> float:
        """Log-odds that the sentence holds more than one claim of the category."""
        return float(self.models.linear["many"].logits(many_features(scene))[0])


@cache
def load_judge(root: Path = DATA) -> Judge:
    """Frames and models of a data directory, read once a process."""
    return Judge(Frames(load_frames(root), load_claims(root)), load_models(root))
