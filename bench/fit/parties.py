"""Fits who plays which role in a claim."""

import numpy as np
from categories import OWN_WEIGHT
from corpus import Labelled
from logistic import Recipe, fit_linear

from claimwire.detect.features_act import set_scene
from claimwire.detect.frames_rules import Frames
from claimwire.detect.models import Linear
from claimwire.detect.roles import ROLES, role_features

_ROLE = Recipe(strength=0.3, scale=0.7, min_count=2)


def fit_roles(corpus: list[Labelled], frames: Frames) -> dict[str, Linear]:
    """The model `role`, one output a role."""
    rows, targets, weights = [], [], []
    for one in corpus:
        for index, labels in enumerate(one.labels):
            for label in labels:
                scene = set_scene(one.context.views[index], label["category"], frames)
                for code, features in role_features(one.context, scene, label["act"]).items():
                    rows.append(features)
                    targets.append([code in (label.get(role) or []) for role in ROLES])
                    weights.append(OWN_WEIGHT if one.is_own else 1.0)
    return {"role": fit_linear(rows, np.array(targets), ROLES, _ROLE, np.array(weights))}
