"""Roles that a quota settles by itself: who exceeds it is who it binds, and who speaks of it did not set it."""

from collections.abc import Mapping

from claimwire.detect.features_act import Scene
from claimwire.detect.frames_rules import find_set_by
from claimwire.model import Act, Category

Roles = Mapping[str, tuple[str, ...]]
_BOUND = (Act.VIOLATE, Act.COMPLY)


def settle_quota(scene: Scene, act: str, roles: Roles) -> Roles:
    """The roles of a claim about a quota with what the text need not say; other claims' roles as they are."""
    if scene.category != Category.TRADE_QUOTA:
        return roles
    if act in _BOUND and not roles["actor"]:
        return {**roles, "actor": roles["target"]}
    quota = find_set_by(scene.view) if act == Act.IMPOSE else None
    if quota is None:
        return roles
    behind = {mention.code for mention in scene.view.mentions if mention.start >= quota.end}
    return {**roles, "actor": tuple(code for code in roles["actor"] if code in behind)}
