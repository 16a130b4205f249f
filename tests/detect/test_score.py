"""The score: a probability that grows with the models' sureness, and keeps what it promises on the dev gold."""

from itertools import pairwise

import pytest

from claimwire.detect.models import load_models
from claimwire.detect.score import bounded, score_of

WEIGHTS = {"bias": -1.0, "category": 0.5, "act": 0.5}


def test_surer_models_give_higher_scores() -> None:
    scores = [score_of(odds, 0.0, WEIGHTS) for odds in (-9.0, -1.0, 0.0, 2.0, 9.0)]
    assert scores == sorted(scores)
    assert all(0.0 <= score <= 1.0 for score in scores)


def test_log_odds_are_cut_off() -> None:
    assert bounded(1e9) == -bounded(-1e9)
    assert score_of(1e9, 0.0, WEIGHTS) == score_of(8.0, 0.0, WEIGHTS)


def test_the_curve_is_that_of_a_probability() -> None:
    curve = load_models().settings["curve"]
    claims = sum(tenth["claims"] for tenth in curve)
    gap = sum(abs(tenth["score"] - tenth["right"]) * tenth["claims"] for tenth in curve) / claims
    assert gap == pytest.approx(0.0, abs=0.1)
    assert all(low["score"] < high["score"] for low, high in pairwise(curve))
