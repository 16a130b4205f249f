"""Finds the claims of an article: frames and models choose category and act, the other stages fill the roles."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from claimwire.detect.context import Context
from claimwire.detect.features import Facts, gather_facts
from claimwire.detect.fill import fill_claim
from claimwire.detect.frames_rules import find_set_by
from claimwire.detect.models import probability
from claimwire.detect.models_choice import UN_REQUEST, Candidate, Choice, Judge, load_judge
from claimwire.detect.roles_quota import settle_quota
from claimwire.detect.roles_settle import Odds, draft_roles, pick_roles, settle_odds
from claimwire.detect.score import score_of
from claimwire.model import Act, Category, Claim

SURE = 4.0  # log-odds of an act that a rule settles


def find_claims(context: Context) -> list[Claim]:
    """The claims of an article, title first, in the order of its sentences."""
    return find_claims_by(load_judge(), context)


def find_claims_by(judge: Judge, context: Context) -> list[Claim]:
    """The claims as a given judge sees them."""
    settings = judge.models.settings
    found = []
    for choice, odds in weigh_roles(judge, context, choose_claims(judge, context)):
        roles = settle_quota(choice.scene, choice.act, pick_roles(odds, choice.heard_roles, settings))
        score = score_of(choice.candidate.odds, choice.act_odds, settings["score"])
        found.append(replace(fill_claim(judge, context, choice, roles), score=score))
    return found


def weigh_roles(judge: Judge, context: Context, choices: Sequence[Choice]) -> list[tuple[Choice, dict[str, Odds]]]:
    """The choices of an article, with the log-odds of each party in each role."""
    linear = judge.models.linear
    drafts = [draft_roles(linear["role"], context, choice.index, choice.scene, choice.act) for choice in choices]
    return list(zip(choices, settle_odds(linear["role_settle"], drafts), strict=True))


def choose_claims(judge: Judge, context: Context) -> list[Choice]:
    """What the models let pass of an article, in the order of its sentences."""
    facts = gather_facts(context)
    return [choice for index in range(len(context.views)) for choice in choose(judge, context, facts, index)]


def choose(judge: Judge, context: Context, facts: Facts, index: int) -> Iterator[Choice]:
    """What the models let pass of one sentence."""
    is_set_by = find_set_by(context.views[index]) is not None
    for candidate in judge.candidates(context, facts, index):
        category = candidate.scene.category
        if is_set_by and category == Category.SANCTION:
            continue
        acts = choose_acts(judge, candidate)
        if is_set_by and category == Category.TRADE_QUOTA:
            acts = dict([*acts.items()][:1]) | {Act.IMPOSE.value: SURE}
        for act, act_odds in acts.items():
            yield Choice(index, candidate, act, act_odds)


def choose_acts(judge: Judge, candidate: Candidate) -> dict[str, float]:
    """The likeliest act, with its log-odds; the second too where there seems to be more than one claim."""
    scene = candidate.scene
    if scene.category == UN_REQUEST:
        return {Act.REQUEST.value: SURE}
    odds = judge.act_odds(scene, candidate.heard)
    has_many = probability(judge.many_odds(scene)) >= judge.models.settings["many_threshold"]
    likeliest = sorted(odds, key=lambda act: -odds[act])[: 2 if has_many else 1]
    return {act: odds[act] for act in likeliest}
