"""Which cap a claim is about, and how much of it its amount is."""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from claimwire.assess.assessment import Span
from claimwire.assess.setting import Setting, codes_of, hit_by, numbers_in
from claimwire.assess.spans import span_of
from claimwire.catalog.registers import Limit, Quota
from claimwire.catalog.units import Conversions
from claimwire.model import Act, Amount, Category, Claim, Measure, Quantity

NEAR = 0.02  # a cap told as "half a million" is the cap; one per cent off is rounding, five is another number
_ENOUGH = 2.0  # points below which no cap is named; a target in common alone gives none
_A_YEAR = "/year"
_TELLING = 10_000  # so large a number in a text about the cap is hardly another
_SETTINGS = {Act.IMPOSE, Act.TIGHTEN, Act.EXTEND}
_ADOPTED = re.compile(r"\d{4}-\d{2}-\d{2}")
_ADOPTION_TOLD_WITHIN = timedelta(days=100)  # "at the end of 2017"
_BREACHES = {Act.VIOLATE, Act.EVADE}
_RESOLUTION = re.compile(r"\d{3,4}")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a cap, 1.0 = all of it."""

    value: float
    low: float
    high: float


def identify_quota(claim: Claim, setting: Setting, quotas: Iterable[Quota]) -> Quota | None:
    """The cap that a claim is about, by target, goods, amount, time and the instrument named; None if none fits."""
    if not _may_concern_a_cap(claim):
        return None
    scored = [(fit, quota) for quota in quotas if (fit := _fit(claim, setting, quota)) >= _ENOUGH]
    best = max(scored, key=lambda pair: (round(pair[0], 3), bool(pair[1].loosely), pair[1].id), default=None)
    return best[1] if best else None


def figure_of(claim: Claim, quotas: Sequence[Quota]) -> Quantity | None:
    """The first amount of goods that is not itself the limit of a cap on the same target."""
    caps = [quota for quota in quotas if set(quota.target) & set(hit_by(claim))]
    for quantity in claim.quantities:
        if _is_goods(quantity) and not any(states_limit(quantity, cap) for cap in caps):
            return quantity
    return None


def share_of(figure: Quantity | None, quota: Quota | None, conversions: Conversions) -> Share | None:
    """The figure as a share of the cap, in the cap's own unit or in barrels; None where neither can be."""
    if figure is None or quota is None or quota.kind != "cap":
        return None
    for limit in filter(None, (quota.limit, quota.or_limit)):
        amount = _in_unit(figure, limit.unit)
        if amount is None and limit.unit == "bbl":
            amount = in_barrels(figure, quota.commodity, conversions)
        if amount and limit.value:
            low, high = bounds_of(amount)
            return Share(amount.value / limit.value, low / limit.value, high / limit.value)
    return None


def in_barrels(figure: Quantity, goods: Iterable[str], conversions: Conversions) -> Amount | None:
    """The figure in barrels of the first of these goods that has a factor; None where none has."""
    amount = figure.normalised
    if amount is None:
        return None
    amount = replace(amount, unit=amount.unit.removesuffix(_A_YEAR))
    found = (conversions.in_barrels(amount, good) for good in goods)
    return next((barrels for barrels in found if barrels and barrels.unit == "bbl"), None)


def bounds_of(amount: Amount) -> tuple[float, float]:
    """Low and high; both the value where nothing is uncertain."""
    return (
        amount.value if amount.low is None else amount.low,
        amount.value if amount.high is None else amount.high,
    )


def adopted_on(quota: Quota) -> date | None:
    """The day of the instrument that set the cap; None where the record has none."""
    adopted = _ADOPTED.search(quota.instrument)
    return date.fromisoformat(adopted.group()) if adopted else None


def states_limit(quantity: Quantity, quota: Quota) -> bool:
    """Whether the amount is the limit of the cap, in any unit that the cap is written in."""
    if quantity.unit.endswith(_A_YEAR) and quota.period != "year":
        return False
    limits = [limit for limit in (quota.limit, quota.or_limit) if limit]
    if not quantity.unit.removesuffix(_A_YEAR):  # "500,000 are allowed a year": to the letter, and no small number
        return any(limit.value == quantity.value >= _TELLING for limit in limits)
    return any(_is_near(_in_unit(quantity, limit.unit), limit) for limit in limits)


def _may_concern_a_cap(claim: Claim) -> bool:
    is_capped = claim.measure in {Measure.QUOTA, Measure.PRICE_CAP} or claim.category == Category.TRADE_QUOTA
    return is_capped or (claim.act in _BREACHES and any(_is_goods(quantity) for quantity in claim.quantities))


def _is_goods(quantity: Quantity) -> bool:
    return quantity.normalised is not None and quantity.normalised.unit.removesuffix(_A_YEAR) in {"bbl", "t"}


def _fit(claim: Claim, setting: Setting, quota: Quota) -> float:
    """Points for each slot that agrees; minus infinity where one rules the cap out."""
    is_price = claim.measure == Measure.PRICE_CAP
    if (
        (quota.kind == "price_cap") != is_price
        or quota.kind not in {"cap", "price_cap"}
        or not _binds(claim, setting, quota)
    ):
        return -math.inf
    states_it = any(states_limit(quantity, quota) for quantity in claim.quantities)
    goods = _fit_of_goods(claim, setting, quota)
    if goods is None and not states_it:
        return -math.inf
    named = _RESOLUTION.findall(quota.instrument)[:1]
    by_instrument = 4.0 * (named[:1] != [] and named[0] in numbers_in(claim.evidence))
    in_article = 1.0 * (named[:1] != [] and named[0] in setting.numbers)
    time = _fit_of_adoption(claim, quota) or _fit_of_time(
        span_of(claim.period) or span_of(claim.event_date), setting.day, quota
    )
    return (goods or 0.0) + 4.0 * states_it + by_instrument + in_article + time - quota.superseded


def _binds(claim: Claim, setting: Setting, quota: Quota) -> bool:
    """Whether the claim can concern those whom the cap binds; one on record for all must be named by its body."""
    hit = set(codes_of(hit_by(claim)) or setting.target)
    named = {*claim.actor, *claim.addressee, *hit, claim.attribution or ""}
    if quota.direction == "production" or not quota.target:
        return quota.body in named
    return bool(hit & set(quota.target))


def _fit_of_goods(claim: Claim, setting: Setting, quota: Quota) -> float | None:
    goods = set(claim.commodity or setting.commodity)
    if not goods:
        return 0.0 if quota.target else None
    if goods & set(quota.commodity):
        return 3.0
    return 1.0 if goods & set(quota.loosely) else None


def _fit_of_adoption(claim: Claim, quota: Quota) -> float:
    """3 where the claim tells the setting of a cap and dates it to the day of the instrument."""
    adopted, span = adopted_on(quota), span_of(claim.event_date)
    if not adopted or not span or claim.act not in _SETTINGS or span.last - span.first > _ADOPTION_TOLD_WITHIN:
        return 0.0
    return 3.0 * (span.first <= adopted <= span.last)


def _fit_of_time(span: Span | None, day: date, quota: Quota) -> float:
    """2 in force, less the further away; a reporter may write of a cap some weeks before it begins."""
    first, last = (span.first, span.last) if span else (day, day)
    if quota.is_valid(first, last):
        return 2.0
    gaps = [
        (quota.valid_from - last).days if quota.valid_from else 0,
        (first - quota.valid_to).days if quota.valid_to else 0,
    ]
    return -min(3.0, 0.5 + max(gaps) / 90)


def _in_unit(quantity: Quantity, unit: str) -> Amount | None:
    """The amount in that unit: as written, or as normalised. "Barrels a year" are barrels; of other rates none is."""
    amount = quantity.normalised
    if amount and amount.unit.removesuffix(_A_YEAR) == unit:
        return replace(amount, unit=unit)
    return Amount(quantity.value, unit) if quantity.unit == unit else None


def _is_near(amount: Amount | None, limit: Limit) -> bool:
    return amount is not None and abs(amount.value - limit.value) <= NEAR * limit.value
