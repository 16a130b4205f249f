"""A cap is told as set by somebody who did not set it."""

from claimwire.assess.matched import Matched, in_words
from claimwire.model import Act, Modality

_SETTING = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND}


def wrong_authority(matched: Matched) -> str | None:
    """A sponsor of a resolution is not its author; the message leaves it to the analyst whether that is meant."""
    claim, quota = matched.claim, matched.quota
    if quota is None or quota.target == () or claim.modality not in {Modality.ASSERTED, Modality.ALLEGED}:
        return None
    setters = set(claim.actor) if claim.act in _SETTING else set()
    if not setters or quota.body in setters or setters & set(quota.target):
        return None
    return (
        f"told as set by {'+'.join(sorted(setters))}, but {in_words(quota)} was set by {quota.body}: {quota.instrument}"
    )
