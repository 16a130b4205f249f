"""Fits who plays which role: a first model by sentence, a second that settles an article's claims together."""

import numpy as np
from categories import OWN_WEIGHT
from corpus import Labelled
from logistic import Recipe, fit_linear

from claimwire.detect.features_act import set_scene
from claimwire.detect.frames_rules import Frames
from claimwire.detect.models import Linear
from claimwire.detect.roles import ROLES, role_features
from claimwire.detect.roles_settle import Draft, draft_roles, settling_features

_ROLE = Recipe(strength=0.5, scale=0.7, min_count=2)
_SETTLE = Recipe(strength=0.05, scale=0.7, min_count=5)
_FOLDS = 5


def fit_roles(corpus: list[Labelled], frames: Frames) -> dict[str, Linear]:
    """The models `role` and `role_settle`, one output a role.

    The second is fitted on what the first says of articles that it has not seen.
    """
    settle_rows, settle_targets = [], []
    for fold in range(_FOLDS):
        first = _fit_first([one for at, one in enumerate(corpus) if at % _FOLDS != fold], frames)
        for one in corpus[fold::_FOLDS]:
            drafts, labels = _drafts(first, one, frames)
            for at, (draft, label) in enumerate(zip(drafts, labels, strict=True)):
                for code in draft.odds:
                    settle_rows.append(settling_features(drafts, at, code))
                    settle_targets.append(_plays(code, label))
    weights = np.ones(len(settle_rows))
    settle = fit_linear(settle_rows, np.array(settle_targets), ROLES, _SETTLE, weights)
    return {"role": _fit_first(corpus, frames), "role_settle": settle}


def _fit_first(corpus: list[Labelled], frames: Frames) -> Linear:
    rows, targets, weights = [], [], []
    for one in corpus:
        for index, labels in enumerate(one.labels):
            for label in labels:
                scene = set_scene(one.context.views[index], label["category"], frames)
                for code, features in role_features(one.context, index, scene, label["act"]).items():
                    rows.append(features)
                    targets.append(_plays(code, label))
                    weights.append(OWN_WEIGHT if one.is_own else 1.0)
    return fit_linear(rows, np.array(targets), ROLES, _ROLE, np.array(weights))


def _drafts(first: Linear, one: Labelled, frames: Frames) -> tuple[list[Draft], list[dict[str, list[str]]]]:
    drafts, told = [], []
    for index, labels in enumerate(one.labels):
        for label in labels:
            scene = set_scene(one.context.views[index], label["category"], frames)
            drafts.append(draft_roles(first, one.context, index, scene, label["act"]))
            told.append(label)
    return drafts, told


def _plays(code: str, label: dict[str, list[str]]) -> list[bool]:
    return [code in (label.get(role) or []) for role in ROLES]
