"""The amount is the limit for other goods than the claim names: four million is crude, half a million refined."""

from claimwire.assess.caps import states_limit
from claimwire.assess.lexical import goods_in
from claimwire.assess.matched import Matched, in_words
from claimwire.catalog.registers import Quota


def wrong_goods(matched: Matched) -> str | None:
    """Only where the sentence names no goods that the cap with that limit is on."""
    claim = matched.claim
    if len(claim.commodity) != 1:
        return None
    caps = [cap for cap in matched.caps() if cap.limit]
    named = {*claim.commodity, *goods_in(claim.evidence, matched.scene.article.language)}
    for quantity in claim.quantities:
        stated = [cap for cap in caps if states_limit(quantity, cap)]
        if stated and not any(_covers(cap, good) for cap in stated for good in named):
            goods = claim.commodity[0].replace("_", " ")
            return f"“{quantity.text}” is told as the limit for {goods}, but on record it is {in_words(stated[0])}"
    return None


def _covers(cap: Quota, goods: str) -> bool:
    return goods in {*cap.commodity, *cap.loosely}
