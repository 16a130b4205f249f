"""Fills a chosen scene into a claim: measure, roles, stance, time, goods and amounts."""

from claimwire.detect.context import Context, Kind
from claimwire.detect.features_act import Scene
from claimwire.detect.frames_un import find_askings
from claimwire.detect.models_choice import UN_REQUEST
from claimwire.model import Act, Category, Claim, Measure

_USUAL = {"un_request": "none", "trade_quota": "quota", "sanction": "sanctions", "trade_restriction": "tariff"}


def fill_claim(context: Context, index: int, scene: Scene, act: str, score: float) -> Claim:
    """The claim of a scene with all its roles."""
    sentence = scene.view.sentence
    return Claim(
        category=Category(scene.category),
        act=Act(act),
        evidence=sentence.text,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        measure=Measure(measure_of(scene)),
        score=round(score, 4),
        rules=(rule_of(scene),),
    )


def rule_of(scene: Scene) -> str:
    """The name of the frame behind a claim."""
    if scene.category == UN_REQUEST:
        return f"{UN_REQUEST}.ask_organ" if find_askings(scene.view) else f"{UN_REQUEST}.model"
    return f"{scene.category}.{scene.offer.frame}"


def measure_of(scene: Scene) -> str:
    """What the nearest anchor says the measure is."""
    for anchor in scene.anchors:
        if anchor.kind in (Kind.MEASURE, Kind.CURB) and anchor.code:
            return anchor.code
    return _USUAL[scene.category]
