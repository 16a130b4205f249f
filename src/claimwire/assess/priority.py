"""What to read first, and why, in words. Deterministic; the points are in `data/registers/matters.yml`."""

from dataclasses import dataclass

from claimwire.assess.caps import Share
from claimwire.assess.threads import Told
from claimwire.catalog.registers import Matters, Quota
from claimwire.model import Claim, Modality

_FULL = 100.0
_CONDITIONAL = {Modality.POSSIBLE: 0.5, Modality.PLANNED: 0.8}


@dataclass(frozen=True, slots=True)
class Weighed:
    """All that the priority of a claim depends on."""

    told: Told
    quota: Quota | None
    share: Share | None
    is_contradicted: bool
    is_main: bool
    is_new: bool  # no such step in its thread for `novelty_days`
    origins: int
    voice: str = ""  # the state whose own word the feed is


def prioritise(weighed: Weighed, matters: Matters) -> tuple[float, tuple[str, ...]]:
    """Points of 100 and their reasons, the weightiest first."""
    points = [pair for pair in _points(weighed, matters) if pair[0]]
    certainty = _CONDITIONAL.get(weighed.told.claim.modality, 1.0) * (0.5 + weighed.told.claim.score / 2)
    total = min(_FULL, sum(value for value, _ in points) * certainty)
    reasons = [reason for _, reason in sorted(points, key=lambda pair: -pair[0]) if reason]
    if weighed.voice:
        reasons.append(f"the word of {weighed.voice}: state media")
    return round(total, 1), tuple(reasons)


def _points(weighed: Weighed, matters: Matters) -> list[tuple[float, str]]:
    claim = weighed.told.claim
    return [
        (matters.acts.get(claim.act, 0.0), _act_in_words(claim)),
        _body(claim, weighed.quota, matters),
        _size(weighed.share, weighed.quota),
        (10.0 * weighed.is_main, ""),
        (10.0 * (weighed.is_new and weighed.is_main), f"first of its kind in {matters.novelty_days} days"),
        (min(10.0, 4.0 * (weighed.origins - 1)), f"told by {weighed.origins} independent origins"),
        (8.0 * weighed.is_contradicted, "contradicts the record"),
    ]


def _act_in_words(claim: Claim) -> str:
    act = str(claim.act).replace("_", " ")
    return f"{act}, {claim.modality}" if claim.modality != Modality.ASSERTED else act


def _body(claim: Claim, quota: Quota | None, matters: Matters) -> tuple[float, str]:
    named = {*claim.actor, *claim.addressee, *claim.target, quota.body if quota else ""}
    return max(((points, body) for body, points in matters.bodies.items() if body in named), default=(0.0, ""))


def _size(share: Share | None, quota: Quota | None) -> tuple[float, str]:
    if quota is None:
        return 0.0, ""
    if share is None:
        return 5.0, f"about the cap {quota.id}"
    points = 20.0 if share.value >= 1 else 12.0 if share.value >= 0.75 else 5.0
    return points, f"{share.value:.0%} of the cap {quota.id}"
