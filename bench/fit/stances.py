"""Fits the writer's stance on the act."""

from typing import Any

import numpy as np
from categories import OWN_WEIGHT
from corpus import Labelled
from logistic import Recipe, fit_linear

from claimwire.detect.features_act import set_scene
from claimwire.detect.frames_rules import Frames
from claimwire.detect.models import Linear
from claimwire.detect.stance import MODALITIES, stance_features

_STANCE = Recipe(strength=0.2, scale=0.7, min_count=2)


def fit_stances(corpus: list[Labelled], frames: Frames) -> dict[str, Linear]:
    """The model `stance`, one output a modality."""
    rows, targets, weights = [], [], []
    for one in corpus:
        for index, labels in enumerate(one.labels):
            for label in labels:
                scene = set_scene(one.context.views[index], label["category"], frames)
                rows.append(stance_features(scene, label["act"], label.get("actor") or []))
                targets.append([modality_of(label) == modality for modality in MODALITIES])
                weights.append(OWN_WEIGHT if one.is_own else 1.0)
    return {"stance": fit_linear(rows, np.array(targets), MODALITIES, _STANCE, np.array(weights))}


def modality_of(label: dict[str, Any]) -> str:
    """The label's modality; an effect that somebody else tells is his word, as the dev gold has it."""
    told_by = label.get("attribution")
    is_hearsay = label["act"] == "in_force" and told_by and told_by not in (label.get("actor") or [])
    return "alleged" if is_hearsay and label["modality"] == "asserted" else str(label["modality"])
