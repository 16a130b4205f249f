"""Finds the claims of an article: frames and models choose category and act, the other stages fill the roles."""

from collections.abc import Iterator
from dataclasses import replace

from claimwire.detect.context import Context
from claimwire.detect.features import Facts, gather_facts
from claimwire.detect.features_act import Scene
from claimwire.detect.fill import fill_claim
from claimwire.detect.models import probability
from claimwire.detect.models_choice import UN_REQUEST, Judge, load_judge
from claimwire.detect.roles_settle import draft_roles, settle_roles
from claimwire.model import Act, Claim


def find_claims(context: Context) -> list[Claim]:
    """The claims of an article, title first, in the order of its sentences."""
    return find_claims_by(load_judge(), context)


def find_claims_by(judge: Judge, context: Context) -> list[Claim]:
    """The claims as a given judge sees them."""
    facts = gather_facts(context)
    chosen = [
        (index, *choice) for index in range(len(context.views)) for choice in choose(judge, context, facts, index)
    ]
    linear, settings = judge.models.linear, judge.models.settings
    drafts = [draft_roles(linear["role"], context, index, scene, act) for index, scene, act, _ in chosen]
    settled = settle_roles(linear["role_settle"], drafts, settings["role_threshold"])
    return [
        replace(fill_claim(judge, context, scene, act, roles), score=round(score, 4))
        for (_, scene, act, score), roles in zip(chosen, settled, strict=True)
    ]


def choose(judge: Judge, context: Context, facts: Facts, index: int) -> Iterator[tuple[Scene, str, float]]:
    """The scenes of a sentence that are claims, each with an act and the probability that it is right."""
    settings = judge.models.settings
    for category, odds in judge.category_odds(context, facts, index).items():
        chance = probability(odds)
        if chance < settings["category_threshold"][category]:
            continue
        scene = judge.scene(context.views[index], category)
        for act in choose_acts(judge, scene):
            yield scene, act, chance


def choose_acts(judge: Judge, scene: Scene) -> list[str]:
    """The likeliest act; the second too where the sentence seems to hold more than one claim of the category."""
    if scene.category == UN_REQUEST:
        return [Act.REQUEST.value]
    odds = judge.act_odds(scene)
    has_many = probability(judge.many_odds(scene)) >= judge.models.settings["many_threshold"]
    return sorted(odds, key=lambda act: -odds[act])[: 2 if has_many else 1]
