"""A state is told to have ordered what the same article has it ask a body for."""

from claimwire.assess.lexical import parties_and_acts
from claimwire.assess.matched import Matched
from claimwire.assess.setting import codes_of, hit_by
from claimwire.model import Act, Category, Claim, Measure, Modality

_DONE = {Modality.ASSERTED, Modality.ALLEGED}
_FLOWS = {Measure.EXPORT_BAN, Measure.IMPORT_BAN, Measure.EMBARGO}


def ordered_for_asked(matched: Matched) -> str | None:
    """Who can decide needs not ask; the deliveries are those of others, so an order of the asker binds nobody."""
    claim = matched.claim
    if claim.act != Act.IMPOSE or claim.modality not in _DONE or claim.measure not in _FLOWS:
        return None
    asked = next((fellow for fellow in matched.fellows if _asks_for_it(fellow, claim)), None)
    # « the body must ban it, the paper says » names no asker and tells the request once more
    named, _ = parties_and_acts(claim.evidence, matched.scene.article.language)
    if asked is None or not set(claim.actor) & named:
        return None
    asker, body = "+".join(sorted(set(claim.actor) & set(asked.actor))), "+".join(asked.addressee) or "a UN organ"
    return f"told as ordered by {asker}, while the same article has {asker} ask {body} for it: a request, not an order"


def _asks_for_it(fellow: Claim, claim: Claim) -> bool:
    is_request = fellow.category == Category.UN_REQUEST and fellow.modality == Modality.ASSERTED
    hits_same = bool(set(codes_of(hit_by(fellow))) & set(codes_of(hit_by(claim)))) or not claim.target
    is_asker_alone = bool(claim.actor) and set(claim.actor) <= set(fellow.actor)
    return is_request and hits_same and is_asker_alone
