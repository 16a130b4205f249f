"""The score: how probable it is that a claim's category and act are right, calibrated on the dev gold.

Two log-odds go in, that of the category and that of the act; three numbers fitted by `bench/fit/tune.py` weigh them
(Platt scaling). `data/models/settings.json` has the numbers (`score`) and the curve that they give (`curve`).
"""

from collections.abc import Mapping

from claimwire.detect.models import probability

_BOUND = 8.0  # log-odds beyond which a model is as sure as it can be


def score_of(category_odds: float, act_odds: float, weights: Mapping[str, float]) -> float:
    """The probability, 0 to 1, that a claim is right."""
    odds = weights["bias"] + weights["category"] * bounded(category_odds) + weights["act"] * bounded(act_odds)
    return round(probability(odds), 4)


def bounded(odds: float) -> float:
    """Log-odds cut off where they say no more."""
    return max(-_BOUND, min(_BOUND, odds))
