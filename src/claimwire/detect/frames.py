"""Finds the claims of an article: frames and models choose category and act, the other stages fill the roles."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from claimwire.detect.context import Context
from claimwire.detect.features import Facts, gather_facts
from claimwire.detect.features_act import Scene
from claimwire.detect.fill import fill_claim
from claimwire.detect.frames_rules import find_set_by
from claimwire.detect.models import probability
from claimwire.detect.models_choice import UN_REQUEST, Judge, load_judge
from claimwire.detect.roles_quota import settle_quota
from claimwire.detect.roles_settle import draft_roles, settle_roles
from claimwire.detect.score import score_of
from claimwire.model import Act, Category, Claim

SURE = 4.0  # log-odds of an act that a rule settles


def find_claims(context: Context) -> list[Claim]:
    """The claims of an article, title first, in the order of its sentences."""
    return find_claims_by(load_judge(), context)


def find_claims_by(judge: Judge, context: Context) -> list[Claim]:
    """The claims as a given judge sees them."""
    linear, settings = judge.models.linear, judge.models.settings
    choices = choose_claims(judge, context)
    drafts = [draft_roles(linear["role"], context, choice.index, choice.scene, choice.act) for choice in choices]
    settled = settle_roles(linear["role_settle"], drafts, settings["role_threshold"])
    found = []
    for choice, roles in zip(choices, settled, strict=True):
        claim = fill_claim(judge, context, choice.scene, choice.act, settle_quota(choice.scene, choice.act, roles))
        score = score_of(choice.category_odds, choice.act_odds, settings["score"])
        found.append(replace(claim, score=score))
    return found


@dataclass(frozen=True, slots=True)
class Choice:
    """A scene that is a claim, with the act chosen and the log-odds of both."""

    index: int
    scene: Scene
    act: str
    category_odds: float
    act_odds: float


def choose_claims(judge: Judge, context: Context) -> list[Choice]:
    """What the models let pass of an article, in the order of its sentences."""
    facts = gather_facts(context)
    return [choice for index in range(len(context.views)) for choice in choose(judge, context, facts, index)]


def choose(judge: Judge, context: Context, facts: Facts, index: int) -> Iterator[Choice]:
    """What the models let pass of one sentence."""
    thresholds = judge.models.settings["category_threshold"]
    view = context.views[index]
    is_set_by = find_set_by(view) is not None
    for category, odds in judge.category_odds(context, facts, index).items():
        if probability(odds) < thresholds[category] or (is_set_by and category == Category.SANCTION):
            continue
        scene = judge.scene(view, category)
        acts = choose_acts(judge, scene)
        if is_set_by and category == Category.TRADE_QUOTA:
            acts = dict([*acts.items()][:1]) | {Act.IMPOSE.value: SURE}
        for act, act_odds in acts.items():
            yield Choice(index, scene, act, odds, act_odds)


def choose_acts(judge: Judge, scene: Scene) -> dict[str, float]:
    """The likeliest act, with its log-odds; the second too where there seems to be more than one claim."""
    if scene.category == UN_REQUEST:
        return {Act.REQUEST.value: SURE}
    odds = judge.act_odds(scene)
    has_many = probability(judge.many_odds(scene)) >= judge.models.settings["many_threshold"]
    likeliest = sorted(odds, key=lambda act: -odds[act])[: 2 if has_many else 1]
    return {act: odds[act] for act in likeliest}
