"""Roles that a quota settles by itself: who exceeds it is who it binds, and who speaks of it did not set it."""

from collections.abc import Mapping

from claimwire.detect.context import Kind
from claimwire.detect.features_act import Scene
from claimwire.detect.frames_rules import find_set_by
from claimwire.model import Act, Category

Roles = Mapping[str, tuple[str, ...]]
_BOUND = (Act.VIOLATE, Act.COMPLY)
_ADJACENT = 3  # code points


def settle_quota(scene: Scene, act: str, roles: Roles) -> Roles:
    """The roles of a claim about a quota with what the text need not say; other claims' roles as they are."""
    if scene.category != Category.TRADE_QUOTA:
        return roles
    if act in _BOUND:
        subject = _subject(scene, act)
        return {**roles, "actor": (subject,) if subject else roles["actor"] or roles["target"]}
    quota = find_set_by(scene.view) if act == Act.IMPOSE else None
    if quota is None:
        return roles
    behind = {mention.code for mention in scene.view.mentions if mention.start >= quota.end}
    return {**roles, "actor": tuple(code for code in roles["actor"] if code in behind)}


def _subject(scene: Scene, act: str) -> str | None:
    """The party that stands right before the word of the breach: "this country exceeded …"."""
    told = scene.nearest().get(act)
    if told is None:
        return None
    parties = (mention for mention in scene.view.mentions if mention.kind in (Kind.ACTOR, Kind.ORGAN))
    return next((m.code for m in parties if 0 <= told.mention.start - m.end <= _ADJACENT), None)
