"""An amount is told as the limit, but no cap on record for the target has that limit."""

from claimwire.assess.caps import states_limit
from claimwire.assess.matched import Matched, in_words
from claimwire.model import Act, Category, Measure, Quantity

_STATING = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND, Act.IN_FORCE}


def no_such_cap(matched: Matched) -> str | None:
    """Only where the claim states a limit with one amount, on goods for which the record knows a cap in that unit."""
    claim = matched.claim
    if claim.act not in _STATING or claim.category != Category.TRADE_QUOTA or claim.measure != Measure.QUOTA:
        return None
    amounts = [quantity for quantity in claim.quantities if _is_total(quantity)]
    if len(amounts) != 1 or len(claim.commodity) != 1:
        return None
    caps = [cap for cap in matched.caps() if cap.limit and cap.limit.unit == "bbl"]
    alike = [cap for cap in caps if set(claim.commodity) & {*cap.commodity, *cap.loosely} and not cap.superseded]
    if not alike or any(states_limit(amounts[0], cap) for cap in caps):
        return None
    return f"“{amounts[0].text}” is told as the limit, but the record has " + "; ".join(map(in_words, alike))


def _is_total(quantity: Quantity) -> bool:
    return bool(quantity.normalised and quantity.normalised.unit == "bbl")
