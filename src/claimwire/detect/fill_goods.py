"""What: the goods that a measure is about, and the amounts as written."""

from claimwire.detect.context import Context, Kind, Mention
from claimwire.detect.features_act import Scene, way
from claimwire.model import Quantity

_NEAR = {"trade_quota": 90, "trade_restriction": 90, "sanction": 30, "un_request": 60}
"""Code points, breaks counted in, between goods and the measure: sanctions are seldom about the goods farther off."""

_NARROWER = {"oil": {"crude_oil", "refined_petroleum"}}
_ABOUT_GOODS = frozenset({"trade_quota", "trade_restriction"})


def goods_of(context: Context, scene: Scene) -> tuple[str, ...]:
    """Codes of the goods beside the measure; of a claim about trade, else those of the title."""
    here = [mention for mention in scene.view.mentions if mention.kind is Kind.COMMODITY]
    goods = [mention for mention in here if _is_near(scene, mention)]
    if not goods and scene.category in _ABOUT_GOODS:
        goods = here or [mention for mention in context.views[0].mentions if mention.kind is Kind.COMMODITY]
    codes = dict.fromkeys(_code(context, scene, mention) for mention in goods)
    return tuple(code for code in codes if not _NARROWER.get(code, set()) & codes.keys())


def _code(context: Context, scene: Scene, mention: Mention) -> str:
    if mention.code != "other":
        return mention.code
    view = scene.view if mention in scene.view.mentions else context.views[0]
    return f"other:{view.sentence.text[mention.start : mention.end].lower()}"


def _is_near(scene: Scene, mention: Mention) -> bool:
    if not scene.anchors:
        return True
    return any(way(scene.view.sentence.text, mention, anchor)[0] <= _NEAR[scene.category] for anchor in scene.anchors)


def amounts_of(scene: Scene) -> tuple[str | None, tuple[Quantity, ...]]:
    """The amounts of the measure or its breach: as written, and as numbers; nearest to the measure first."""
    found = [quantity for quantity in scene.view.quantities if quantity.unit]
    if not found:
        return None, ()
    if scene.anchors:
        anchor = scene.anchors[0]
        found.sort(key=lambda quantity: min(abs(quantity.start - anchor.end), abs(anchor.start - quantity.end)))
    return found[0].text, tuple(found)
