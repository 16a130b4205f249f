"""What a step does to its thread, and where the thread stands after it."""

from collections.abc import Iterable
from datetime import date

from claimwire.model import Act, Claim, Modality

STAGES = ("asked", "drafted", "held", "refused", "adopted", "applied", "broken", "denied", "eased", "ended")
"""All stages, as a matter usually runs through them."""

STATUSES = ("open", "on_hold", "blocked", "adopted", "in_force", "expired", "lifted")

CLOSED = {"blocked", "adopted", "in_force", "expired", "lifted"}
"""Statuses of a thread that nobody waits for any longer."""

_OF_ACT = {
    Act.REQUEST: "asked",
    Act.PROPOSE: "drafted",
    Act.THREATEN: "drafted",
    Act.OPPOSE: "refused",
    Act.IMPOSE: "adopted",
    Act.TIGHTEN: "adopted",
    Act.EXTEND: "adopted",
    Act.ENFORCE: "applied",
    Act.COMPLY: "applied",
    Act.VIOLATE: "broken",
    Act.EVADE: "broken",
    Act.EASE: "eased",
    Act.LIFT: "ended",
}

_DENIED = {"broken": "denied", "asked": "refused", "adopted": "refused", "eased": "refused", "ended": "refused"}
"""What it means that an act was not done: a request not met, a measure not agreed, a breach denied."""

_NEXT = {
    "asked": {"": "open", "expired": "open", "lifted": "open"},
    "drafted": {"": "open", "expired": "open", "lifted": "open"},
    "held": {"": "on_hold", "open": "on_hold"},
    "refused": {"": "blocked", "open": "blocked", "on_hold": "blocked"},
    "adopted": {"": "adopted", "open": "adopted", "on_hold": "adopted", "blocked": "adopted", "expired": "adopted"},
    "applied": {"": "in_force", "adopted": "in_force"},
    "broken": {"": "in_force", "adopted": "in_force"},  # what is broken is in force
    "denied": {"": "in_force", "adopted": "in_force"},
    "eased": {"": "in_force", "adopted": "in_force"},
    "ended": {},
    "lapsed": {"adopted": "expired", "in_force": "expired"},  # told by no claim: the record says that its caps ended
}

_QUESTIONS = {"asked", "drafted"}
_ANSWERS = {"refused", "adopted", "ended"}
_OF_A_DAY = {"drafted": 0, "asked": 2, "held": 3, "refused": 3}
"""A draft is adopted on its day, news of a refusal tells the request again, and a request names what is in force."""


def stage_of(claim: Claim) -> str:
    """The stage that a claim tells; "" where it tells none (a measure merely mentioned, a thing merely possible)."""
    stage = _OF_ACT.get(claim.act, "")
    if claim.modality == Modality.DENIED:
        return _DENIED.get(stage, "")
    if claim.modality in {Modality.PLANNED, Modality.POSSIBLE}:
        return "drafted" if stage in {"adopted", "ended", "eased", "drafted"} else ""
    if stage == "refused" and any("hold" in rule for rule in claim.rules):
        return "held"
    return stage


def is_question(stage: str) -> bool:
    """Whether the stage waits for an answer."""
    return stage in _QUESTIONS


def in_order(steps: Iterable[tuple[date, str]]) -> list[tuple[date, str]]:
    """Days and stages as they happened; those of one day in the order that makes sense of them."""
    return sorted(steps, key=lambda step: (step[0], _OF_A_DAY.get(step[1], 1)))


def open_since(steps: Iterable[tuple[date, str]]) -> date | None:
    """The day of the first request or draft that nobody has answered; None where none waits.

    What is asked anew after an answer is as old as the new asking. `steps` are in order.
    """
    since = None
    for day, stage in steps:
        if stage in _QUESTIONS:
            since = since or day
        elif stage in _ANSWERS:
            since = None
    return since


def status_after(stages: Iterable[str], status: str = "") -> str:
    """The status of a thread after these stages, oldest first; `open` where none says anything."""
    for stage in stages:
        if stage == "ended":
            status = "lifted"
        elif stage in {"asked", "drafted"} and status in {"blocked", "on_hold"}:
            status = "open"  # asked anew after a refusal
        else:
            status = _NEXT[stage].get(status, status)
    return status or "open"
