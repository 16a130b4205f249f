"""An amount is told as the limit, but no cap on record for the target has that limit."""

from claimwire.assess.caps import states_limit
from claimwire.assess.matched import Matched, in_words
from claimwire.catalog.registers import Figure, Quota
from claimwire.model import Act, Category, Measure, Quantity
from claimwire.text.numbers import find_quantities

_STATING = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND, Act.IN_FORCE}


def no_such_cap(matched: Matched) -> str | None:
    """Only where the claim states a limit with one amount, on goods for which the record knows a cap in that unit."""
    claim = matched.claim
    if claim.act not in _STATING or claim.category != Category.TRADE_QUOTA or claim.measure == Measure.PRICE_CAP:
        return None
    amounts = [quantity for quantity in claim.quantities if quantity.normalised]
    if len(amounts) != 1 or len(claim.commodity) != 1 or amounts[0].comparator == ">=":
        return None
    caps = [cap for cap in matched.caps() if cap.limit and _is_comparable(amounts[0], cap)]
    alike = [cap for cap in caps if set(claim.commodity) & {*cap.commodity, *cap.loosely} and not cap.superseded]
    scene = matched.scene  # a number with no unit beside it may be the limit: the sentence is read again
    told = find_quantities(claim.evidence, scene.article.language, scene.registers.units)
    if not alike or any(states_limit(amount, cap) for amount in (*amounts, *told) for cap in caps):
        return None
    if any(_is_figure(amounts[0], figure) for figure in scene.registers.figures):
        return None  # an amount delivered, which detection took for the limit
    return f"“{amounts[0].text}” is told as the limit, but the record has " + "; ".join(map(in_words, alike))


def _is_comparable(quantity: Quantity, cap: Quota) -> bool:
    """Whether the cap is in the unit of the amount, and for a year where the amount is."""
    unit, rate, _ = quantity.normalised.unit.partition("/") if quantity.normalised else ("", "", "")
    units = {limit.unit for limit in (cap.limit, cap.or_limit) if limit}
    return unit in units and (not rate or cap.period == "year")


def _is_figure(quantity: Quantity, figure: Figure) -> bool:
    amount = quantity.normalised
    return amount is not None and (amount.value, amount.unit) == (figure.amount.value, figure.amount.unit)
