"""Settles the roles of an article's claims together: who acts in one sentence mostly acts in the next.

The first model weighs each party by its own sentence. The second sees that weight beside those of its rivals in the
same claim and beside its own in the article's other claims. What it says is added to what the order model heard.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from claimwire.detect.context import Context
from claimwire.detect.features_act import Scene
from claimwire.detect.models import Linear, probability
from claimwire.detect.roles import ROLES, find_parties, role_features

_STEPS = tuple(step / 2 for step in range(-9, 7))  # log-odds that a weight is compared with
_NONE = -9.0

Odds = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim before its roles are settled: what the first model says of each party, and where that is named."""

    category: str
    act: str
    odds: Mapping[str, Odds]  # by code, by role
    where: Mapping[str, str]


def draft_roles(model: Linear, context: Context, index: int, scene: Scene, act: str) -> Draft:
    """Weighs every party that may play a role in a claim of a sentence."""
    features = role_features(context, index, scene, act)
    odds = {code: model.odds_by_name(names) for code, names in features.items()}
    return Draft(scene.category, act, odds, {party.code: party.where for party in find_parties(context, index)})


def settling_features(drafts: Sequence[Draft], at: int, code: str) -> list[str]:
    """What the second model sees of one party in one of the article's claims."""
    draft = drafts[at]
    where = draft.where[code]
    is_here = where == "here"
    others = [other.odds[code] for place, other in enumerate(drafts) if place != at and code in other.odds]
    rivals = [odds for rival, odds in draft.odds.items() if rival != code]
    named = sum(place == "here" for place in draft.where.values())
    features = [f"{where} {min(3, named)}", f"act {draft.act}", f"{draft.category}", f"act {draft.act} here {is_here}"]
    for role in ROLES:
        own = draft.odds[code][role]
        rival = max((odds[role] for odds in rivals), default=_NONE)
        elsewhere = max((odds[role] for odds in others), default=_NONE)
        features += [f"own {role} {step}" for step in _STEPS if own > step]
        features += [f"own {role} {step} here" for step in _STEPS if is_here and own > step]
        features += [f"rival {role} {step}" for step in _STEPS if rival > step]
        features += [f"lead {role} {step}" for step in _STEPS if own - rival > step]
        features += [f"elsewhere {role} {step}" for step in _STEPS if elsewhere > step]
        features += [f"elsewhere {role} {step} not here" for step in _STEPS if not is_here and elsewhere > step]
    return features


def settle_odds(model: Linear, drafts: Sequence[Draft]) -> list[dict[str, Odds]]:
    """By claim and code, the log-odds of each role, the article's other claims seen."""
    return [
        {code: model.odds_by_name(settling_features(drafts, at, code)) for code in draft.odds}
        for at, draft in enumerate(drafts)
    ]


def pick_roles(
    odds: Mapping[str, Odds], heard: Mapping[str, Odds], settings: Mapping[str, Any]
) -> dict[str, tuple[str, ...]]:
    """The codes of each role of a claim, the likeliest first; a role that nobody clearly plays stays empty.

    Args:
        odds: log-odds of each role by code, from `settle_odds`.
        heard: what the order model says of the parties named in the sentence.
        settings: thresholds, and the weight of what was heard.
    """
    weight, thresholds = settings["order_weight"]["role"], settings["role_threshold"]
    chosen = {}
    for role in ROLES:
        said = {code: weight * by_role[role] for code, by_role in heard.items()}
        likely = [(-probability(odds[code][role] + said.get(code, 0.0)), code) for code in odds]
        chosen[role] = tuple(code for chance, code in sorted(likely) if -chance >= thresholds[role])
    return chosen
