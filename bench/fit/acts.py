"""Fits which acts a scene tells: features of the scene for each act apart, those of the triggers also across acts."""

from collections import Counter

import numpy as np
from categories import OWN_WEIGHT
from corpus import Labelled, by_category
from logistic import Recipe, fit_linear

from claimwire.detect.features_act import act_features, many_features, scene_features, set_scene
from claimwire.detect.frames_rules import Frames
from claimwire.detect.models import Linear
from claimwire.detect.models_choice import UN_REQUEST
from claimwire.model import Act

ACTS = tuple(act.value for act in Act)
_ACT = Recipe(strength=0.15, scale=0.7, min_count=2)
_MANY = Recipe(strength=0.1, scale=0.5, min_count=3)
_BAR = "|"  # parts the act from the feature in a joint row


def fit_acts(corpus: list[Labelled], frames: Frames) -> dict[str, Linear]:
    """The models `act` (by act) and `act_offer` (one output), fitted together."""
    rows, targets, weights = [], [], []
    for one in corpus:
        for index, labels in enumerate(one.labels):
            for category, its_labels in by_category(labels).items():
                if category == UN_REQUEST:
                    continue
                told = {label["act"] for label in its_labels}
                scene = set_scene(one.context.views[index], category, frames)
                base, offers = ["bias", *scene_features(scene)], act_features(scene)
                for act in ACTS:
                    rows.append([*(f"{act}{_BAR}{name}" for name in base), *offers.get(act, ())])
                    targets.append([act in told])
                    weights.append(OWN_WEIGHT if one.is_own else 1.0)
    joint = fit_linear(rows, np.array(targets), ("act",), _ACT, np.array(weights))
    return _parted(joint)


def fit_many(corpus: list[Labelled], frames: Frames) -> dict[str, Linear]:
    """The model `many`: whether a sentence holds more than one claim of a category."""
    rows, targets, weights = [], [], []
    for one in corpus:
        for index, labels in enumerate(one.labels):
            counts = Counter(label["category"] for label in labels)
            for category, count in counts.items():
                if category == UN_REQUEST:
                    continue
                rows.append(many_features(set_scene(one.context.views[index], category, frames)))
                targets.append([count > 1])
                weights.append(OWN_WEIGHT if one.is_own else 1.0)
    return {"many": fit_linear(rows, np.array(targets), ("many",), _MANY, np.array(weights))}


def _parted(joint: Linear) -> dict[str, Linear]:
    """The joint model as one by act and one across acts."""
    by_act = [name for name in joint.rows if _BAR in name]
    names = sorted({name.partition(_BAR)[2] for name in by_act} - {"bias"})
    weights, bias = (
        np.zeros((len(names), len(ACTS)), dtype=np.float32),
        np.full(len(ACTS), joint.bias[0], dtype=np.float32),
    )
    index = {name: row for row, name in enumerate(names)}
    for name in by_act:
        act, _, feature = name.partition(_BAR)
        value = joint.weights[joint.rows[name], 0]
        if feature == "bias":
            bias[ACTS.index(act)] += value
        else:
            weights[index[feature], ACTS.index(act)] = value
    offers = [name for name in joint.rows if _BAR not in name]
    picked = joint.weights[[joint.rows[name] for name in offers]]
    return {
        "act": Linear(ACTS, index, weights, bias),
        "act_offer": Linear(
            ("act",), {name: row for row, name in enumerate(offers)}, picked, np.zeros(1, dtype=np.float32)
        ),
    }
