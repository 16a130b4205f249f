"""Sets the thresholds on the dev gold, one after the other, and the calibration of the score."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
from blend import blend
from blend_roles import tune_roles
from corpus import Labelled
from sklearn.linear_model import LogisticRegression

from claimwire.detect.evaluation import evaluate, pair_claims
from claimwire.detect.features import gather_facts
from claimwire.detect.frames import choose_claims
from claimwire.detect.models import Models, probability
from claimwire.detect.models_choice import UN_REQUEST, Candidate, Choice, Judge
from claimwire.detect.roles import ROLES
from claimwire.detect.score import bounded, score_of
from claimwire.model import Category

START: dict[str, Any] = {
    "category_threshold": {category.value: 0.3 for category in Category},
    "many_threshold": 0.3,
    "order_weight": {"act": 1.0, "stance": 1.0, "role": 0.5},
    "score": {"bias": 0.0, "category": 1.0, "act": 0.0},
    "role_threshold": dict.fromkeys(ROLES, 0.35),
}
_GRID = [round(step, 2) for step in np.arange(0.2, 0.66, 0.05)]
_ROUNDS = 2
_SLACK = 0.01  # of the sum of the four figures
_LOWEST = 0.1
_FIGURES = ("flag", "category", "claim", "loose")

# article, evidence, category, its chance, the two likeliest acts, the chance that there are two claims
_Candidate = tuple[str, str, str, float, list[str], float]


def tune(dev: list[Labelled], judge: Judge) -> dict[str, Any]:
    """The settings that serve the dev gold best: the sum of the four figures of finding, then the roles by their F1."""
    settings = {name: dict(value) if isinstance(value, dict) else value for name, value in START.items()}
    settings["order_weight"] |= blend(dev, judge)
    judge = replace(judge, models=Models(judge.models.linear, settings))
    candidates = [candidate for one in dev for candidate in _candidates(one, judge)]
    gold = [one.row for one in dev]
    for _ in range(_ROUNDS):
        for category in settings["category_threshold"]:
            _best(settings["category_threshold"], category, lambda: _found(gold, candidates, settings))
        _best(settings, "many_threshold", lambda: _found(gold, candidates, settings))
    # Requests to the UN are few and dear: of thresholds that serve about as well, the one that misses fewest.
    _best(settings["category_threshold"], UN_REQUEST, lambda: _found(gold, candidates, settings), slack=_SLACK)
    settings |= tune_roles(dev, replace(judge, models=Models(judge.models.linear, settings)))
    settings |= _calibrated(dev, replace(judge, models=Models(judge.models.linear, settings)))
    return settings


def _calibrated(dev: list[Labelled], judge: Judge) -> dict[str, Any]:
    """Weights of the score, and its curve: how many claims of each tenth of the score are right."""
    odds, right = [], []
    for one in dev:
        choices = choose_claims(judge, one.context)
        claims = [_bare(choice) for choice in choices]
        paired = [claim for _, claim in pair_claims(one.row, one.row["claims"], claims, need_act=True)]
        odds += [[bounded(choice.candidate.odds), bounded(choice.act_odds)] for choice in choices]
        right += [any(claim is other for other in paired) for claim in claims]
    model = LogisticRegression(C=1.0).fit(np.array(odds), right)
    by_category, by_act = map(float, model.coef_[0])
    weights = {"bias": float(model.intercept_[0]), "category": by_category, "act": by_act}
    scores = np.array([score_of(category, act, weights) for category, act in odds])
    return {
        "score": {name: round(value, 4) for name, value in weights.items()},
        "curve": _curve(scores, np.array(right)),
    }


def _bare(choice: Choice) -> dict[str, Any]:
    evidence = choice.scene.view.sentence.text
    return {"evidence": evidence, "category": choice.scene.category, "act": choice.act}


def _curve(scores: np.ndarray, right: np.ndarray) -> list[dict[str, float]]:
    tenths = (scores * 10).astype(int).clip(0, 9)
    return [
        {
            "score": round(float(scores[tenths == tenth].mean()), 3),
            "right": round(float(right[tenths == tenth].mean()), 3),
            "claims": int((tenths == tenth).sum()),
        }
        for tenth in sorted(set(tenths.tolist()))
    ]


def _best(
    settings: dict[str, Any],
    name: str,
    figure: Callable[[], float],
    grid: Iterable[float] = _GRID,
    slack: float = 0.0,
) -> None:
    """Sets one threshold to the lowest value of the grid whose figure is the highest, or short of it by the slack."""
    figures = {}
    for value in grid:
        settings[name] = value
        figures[value] = figure()
    settings[name] = min(value for value in figures if figures[value] >= max(figures.values()) - slack)


def _candidates(one: Labelled, judge: Judge) -> Iterator[_Candidate]:
    facts = gather_facts(one.context)
    for index, view in enumerate(one.context.views):
        for candidate in judge.candidates(one.context, facts, index, _LOWEST):
            acts, many = _acts(judge, candidate)
            yield one.row["id"], view.sentence.text, candidate.scene.category, probability(candidate.odds), acts, many


def _acts(judge: Judge, candidate: Candidate) -> tuple[list[str], float]:
    if candidate.scene.category == UN_REQUEST:
        return ["request"], 0.0
    odds = judge.act_odds(candidate.scene, candidate.heard)
    return sorted(odds, key=lambda act: -odds[act])[:2], probability(judge.many_odds(candidate.scene))


def _found(gold: list[dict[str, Any]], candidates: Iterable[_Candidate], settings: Mapping[str, Any]) -> float:
    claims: dict[str, list[dict[str, Any]]] = {row["id"]: [] for row in gold}
    for article, evidence, category, chance, acts, many in candidates:
        if chance >= settings["category_threshold"][category]:
            told = acts[: 2 if many >= settings["many_threshold"] else 1]
            claims[article] += [{"evidence": evidence, "category": category, "act": act} for act in told]
    figures = evaluate(gold, claims)
    return sum(figures[name]["f1"] for name in _FIGURES)
