"""Sets on the dev gold how much the order model counts beside the linear ones: for acts and for stances."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from corpus import Labelled, by_category

from claimwire.detect.features_act import Scene
from claimwire.detect.models import Models
from claimwire.detect.models_choice import UN_REQUEST, Judge
from claimwire.detect.models_order import Heard

_GRID = (0.3, 0.5, 0.7, 0.85, 1.0, 1.25, 1.5, 2.0)


@dataclass(frozen=True)
class _Told:
    """A labelled scene, and what the order model hears in it."""

    scene: Scene
    heard: Heard
    labels: list[dict[str, Any]]


def blend(dev: list[Labelled], judge: Judge) -> dict[str, float]:
    """The weight of the order model for acts and for stances; of those that serve alike, the middle one."""
    told = list(_told(dev, judge))
    return {
        "act": _best(judge, told, "act", _right_acts),
        "stance": _best(judge, told, "stance", _right_stances),
    }


def _told(dev: list[Labelled], judge: Judge) -> Iterator[_Told]:
    for one in dev:
        for view, labels in zip(one.context.views, one.labels, strict=True):
            for category, its_labels in by_category(labels).items():
                scene = judge.scene(view, category)
                yield _Told(scene, judge.order.hear(scene), its_labels)


def _best(judge: Judge, told: list[_Told], name: str, right: Callable[[Judge, _Told], int]) -> float:
    figures = {weight: sum(right(_weighing(judge, name, weight), one) for one in told) for weight in _GRID}
    alike = [weight for weight, figure in figures.items() if figure == max(figures.values())]
    return alike[len(alike) // 2]


def _weighing(judge: Judge, name: str, weight: float) -> Judge:
    settings = {**judge.models.settings, "order_weight": {**judge.models.settings["order_weight"], name: weight}}
    return replace(judge, models=Models(judge.models.linear, settings))


def _right_acts(judge: Judge, one: _Told) -> int:
    if one.scene.category == UN_REQUEST:
        return 0
    odds = judge.act_odds(one.scene, one.heard)
    return max(odds, key=lambda act: odds[act]) in {label["act"] for label in one.labels}


def _right_stances(judge: Judge, one: _Told) -> int:
    right = 0
    for label in one.labels:
        odds = judge.stance_odds(one.scene, label["act"], label.get("actor") or [], one.heard)
        right += max(odds, key=lambda name: odds[name]) == label["modality"]
    return right
