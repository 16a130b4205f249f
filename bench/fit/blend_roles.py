"""Sets on the dev gold how much the order model counts for roles, and how likely a role must be."""

from typing import Any

import numpy as np
from corpus import Labelled

from claimwire.detect.evaluation import pair_claims
from claimwire.detect.frames import choose_claims, find_claims_by, weigh_roles
from claimwire.detect.models import probability
from claimwire.detect.models_choice import Judge
from claimwire.detect.roles import ROLES

_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.5)
_THRESHOLDS = tuple(round(step, 3) for step in np.arange(0.15, 0.66, 0.025).tolist())

_Row = tuple[float, float, bool]  # log-odds by the linear models, by the order model, and whether the role is played


def tune_roles(dev: list[Labelled], judge: Judge) -> dict[str, Any]:
    """`role_threshold`, and `order_weight` with its `role`: what gives the highest F1 on claims that are right."""
    rows, untold = _rows(dev, judge)
    best = max(_WEIGHTS, key=lambda weight: sum(_highest(rows[role], untold[role], weight)[0] for role in ROLES))
    return {
        "order_weight": {**judge.models.settings["order_weight"], "role": best},
        "role_threshold": {role: _highest(rows[role], untold[role], best)[1] for role in ROLES},
    }


def _rows(dev: list[Labelled], judge: Judge) -> tuple[dict[str, list[_Row]], dict[str, int]]:
    """By role, every party that may play it, and how many labelled ones were not even weighed."""
    rows: dict[str, list[_Row]] = {role: [] for role in ROLES}
    untold = dict.fromkeys(ROLES, 0)
    for one in dev:
        choices = weigh_roles(judge, one.context, choose_claims(judge, one.context))
        claims = [claim.to_json() for claim in find_claims_by(judge, one.context)]
        for label, claim in pair_claims(one.row, one.row["claims"], claims, need_act=False):
            at = next(at for at, other in enumerate(claims) if other is claim)
            choice, odds = choices[at]
            for role in ROLES:
                told = set(label.get(role) or ())
                untold[role] += len(told - set(odds))
                rows[role] += [
                    (by_role[role], choice.heard_roles.get(code, {}).get(role, 0.0), code in told)
                    for code, by_role in odds.items()
                ]
    return rows, untold


def _highest(rows: list[_Row], untold: int, weight: float) -> tuple[float, float]:
    """The best F1 of the thresholds, and the threshold."""
    chances = np.array([probability(linear + weight * heard) for linear, heard, _ in rows])
    played = np.array([is_played for *_, is_played in rows])
    figures = {
        threshold: float(
            2 * (played & (chances >= threshold)).sum() / ((chances >= threshold).sum() + played.sum() + untold)
        )
        for threshold in _THRESHOLDS
    }
    best = max(figures, key=lambda threshold: figures[threshold])
    return figures[best], best
