"""Fills a chosen scene into a claim: measure, roles, stance, time, goods, amounts and marks."""

from collections.abc import Iterator, Mapping

from claimwire.detect.context import Context, Kind, Mention
from claimwire.detect.features_act import Scene
from claimwire.detect.fill_goods import amounts_of, goods_of
from claimwire.detect.fill_when import when_of
from claimwire.detect.frames_rules import find_set_by
from claimwire.detect.frames_un import Asking, find_askings
from claimwire.detect.models_choice import UN_REQUEST, Choice, Judge
from claimwire.detect.stance import attribution_of
from claimwire.model import Act, Category, Claim, Mark, Measure, Modality

_USUAL = {"un_request": "none", "trade_quota": "quota", "sanction": "sanctions", "trade_restriction": "tariff"}
_MOST_ASKED = 120  # code points of what is asked for
_MARKED = {
    Kind.MEASURE: "measure",
    Kind.CURB: "measure",
    Kind.ACT: "act",
    Kind.COMMODITY: "commodity",
    Kind.SAYING: "attribution",
}

Roles = Mapping[str, tuple[str, ...]]


def fill_claim(judge: Judge, context: Context, choice: Choice, roles: Roles) -> Claim:
    """The claim of a choice; its score is still to be set."""
    scene, act = choice.scene, choice.act
    sentence = scene.view.sentence
    event_date, period = when_of(scene, act)
    quantity, quantities = amounts_of(scene)
    modality = modality_of(judge, choice, roles)
    return Claim(
        category=Category(scene.category),
        act=Act(act),
        evidence=sentence.text,
        field=sentence.field,
        start=sentence.start,
        end=sentence.end,
        actor=roles["actor"],
        addressee=roles["addressee"],
        target=roles["target"],
        measure=Measure(measure_of(scene)),
        asked=asked_of(scene),
        commodity=() if is_setting(scene, act) else goods_of(context, scene),
        quantity=quantity,
        quantities=quantities,
        period=period,
        event_date=event_date,
        modality=modality,
        attribution=None if is_own_asking(scene, modality) else attribution_of(scene, act, modality, roles["actor"]),
        rules=(rule_of(scene, act),),
        marks=tuple(_marks(scene, roles)),
    )


def modality_of(judge: Judge, choice: Choice, roles: Roles) -> Modality:
    """The writer's stance; what a quota was "set by" is told in passing, as known."""
    if is_setting(choice.scene, choice.act):
        return Modality.ASSERTED
    odds = judge.stance_odds(choice.scene, choice.act, roles["actor"], choice.candidate.heard)
    return Modality(max(odds, key=lambda name: odds[name]))


def is_own_asking(scene: Scene, modality: str) -> bool:
    """Whether a request to the UN is told by the writer: asking is itself the saying, and nobody else vouches."""
    return scene.category == UN_REQUEST and modality == Modality.ASSERTED


def is_setting(scene: Scene, act: str) -> bool:
    """Whether the claim is the setting of a quota, told in passing of something else."""
    return act == Act.IMPOSE and scene.category == Category.TRADE_QUOTA and find_set_by(scene.view) is not None


def rule_of(scene: Scene, act: str) -> str:
    """The name of the frame behind a claim."""
    if scene.category == UN_REQUEST:
        return f"{UN_REQUEST}.ask_organ" if find_askings(scene.view) else f"{UN_REQUEST}.model"
    if is_setting(scene, act):
        return f"{scene.category}.set_by"
    return f"{scene.category}.{scene.offer.frame}"


def measure_of(scene: Scene) -> str:
    """What the nearest anchor says the measure is."""
    for anchor in scene.anchors:
        if anchor.kind in (Kind.MEASURE, Kind.CURB) and anchor.code:
            return anchor.code
    return _USUAL[scene.category]


def asked_of(scene: Scene) -> str | None:
    """With a request to the UN: what follows the asking, in the words of the text."""
    if scene.category != UN_REQUEST:
        return None
    text = scene.view.sentence.text
    askings: list[Asking] = find_askings(scene.view)
    if not askings:
        return None
    after = max(askings[0].trigger.end, askings[0].organ.end)
    rest = text[after:].strip(" ,.:;")
    start, end = sorted((askings[0].trigger.end, askings[0].organ.start))
    return (rest or text[start:end]).strip()[:_MOST_ASKED] or None


def _marks(scene: Scene, roles: Roles) -> Iterator[Mark]:
    """Where in the article's field the claim's parts stand."""
    offset = scene.view.sentence.start
    for mention in scene.view.mentions:
        role = _role_of(mention, roles)
        if role:
            gloss = f"{mention.concept}: {mention.form}"
            yield Mark(mention.start + offset, mention.end + offset, role, gloss, mention.code)


def _role_of(mention: Mention, roles: Roles) -> str | None:
    if mention.kind in (Kind.ACTOR, Kind.ORGAN):
        return next((role for role, codes in roles.items() if mention.code in codes), None)
    if mention.kind is Kind.STANCE:
        return {"denied": "negation", "hedge": "hedge", "possible": "hedge"}.get(mention.code)
    return _MARKED.get(mention.kind)
