"""Fits which categories of claim a sentence holds; requests to the UN apart."""

import numpy as np
from corpus import Labelled
from logistic import Recipe, fit_linear

from claimwire.detect.features import gather_facts, sentence_features
from claimwire.detect.frames_un import asking_features
from claimwire.detect.models import Linear
from claimwire.model import Category

OTHERS = ("trade_quota", "sanction", "trade_restriction")
_CATEGORY = Recipe(strength=1.0, scale=0.5, min_count=3)
_UN_REQUEST = Recipe(strength=1.0, scale=0.5, min_count=2)
OWN_WEIGHT = 0.7


def fit_categories(corpus: list[Labelled]) -> dict[str, Linear]:
    """The models `category` and `un_request`."""
    rows, targets, weights, asking = [], [], [], []
    for one in corpus:
        facts = gather_facts(one.context)
        for index, labels in enumerate(one.labels):
            rows.append(sentence_features(one.context, facts, index))
            asking.append(asking_features(one.context.views[index]))
            targets.append([any(label["category"] == category for label in labels) for category in Category])
            weights.append(OWN_WEIGHT if one.is_own else 1.0)
    table, weight = np.array(targets), np.array(weights)
    organs = np.array([bool(features) for features in asking])
    asked = [features for features in asking if features]
    return {
        "category": fit_linear(rows, table[:, 1:], OTHERS, _CATEGORY, weight),
        "un_request": fit_linear(asked, table[organs][:, :1], ("un_request",), _UN_REQUEST, weight[organs]),
    }
