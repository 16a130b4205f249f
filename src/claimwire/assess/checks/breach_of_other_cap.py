"""A cap is said to be broken for which no breach is on record, while one is for another cap on the same target."""

from claimwire.assess.matched import Matched, in_words
from claimwire.assess.spans import span_of
from claimwire.catalog.registers import Figure, Quota
from claimwire.model import Act, Modality


def breach_of_other_cap(matched: Matched) -> str | None:
    """« Les quotas de brut » told of 2018: the amounts over a cap in that year are all of refined products."""
    claim, quota = matched.claim, matched.quota
    if claim.act != Act.VIOLATE or claim.modality == Modality.DENIED or quota is None or matched.figure:
        return None
    if not claim.commodity or not set(claim.commodity) <= set(quota.commodity):
        return None
    period = span_of(claim.period)
    year = (period.first if period else matched.scene.setting.day).year
    figures = [figure for figure in matched.scene.registers.figures if _covers(figure, year)]
    over = [cap for cap in matched.caps() if any(_is_over(figure, cap) for figure in figures)]
    if not over or any(figure.quota == quota.id for figure in figures):
        return None
    return f"told of {in_words(quota)}, but the record of {year} has amounts over {in_words(over[0])}, and none of this"


def _covers(figure: Figure, year: int) -> bool:
    span = span_of(figure.period)
    return span is not None and span.first.year <= year <= span.last.year


def _is_over(figure: Figure, cap: Quota) -> bool:
    if figure.quota != cap.id or cap.limit is None:
        return False
    return figure.amount.unit == cap.limit.unit and figure.amount.value > cap.limit.value
