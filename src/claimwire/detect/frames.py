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
from claimwire.model import Claim


def find_claims(context: Context) -> list[Claim]:
    """The claims of an article, title first, in the order of its sentences."""
    judge = load_judge()
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
        acts = {"request": 30.0} if category == UN_REQUEST else judge.act_odds(scene)
        best = max(acts, key=lambda act: acts[act])
        for act, act_odds in acts.items():
            if act == best or probability(act_odds) >= settings["second_act_threshold"]:
                yield scene, act, chance
