"""A cap is said to be exceeded by an amount that is less than the cap."""

from datetime import timedelta

from claimwire.assess.caps import states_limit
from claimwire.assess.matched import Matched, in_words
from claimwire.assess.spans import span_of
from claimwire.model import Act, Modality

_A_YEARS_PART = timedelta(days=100)


def breach_below_cap(matched: Matched) -> str | None:
    """Refined products told as crude look like this: 760,000 barrels "over" a cap of four million."""
    claim, share, figure = matched.claim, matched.share, matched.figure
    if claim.act != Act.VIOLATE or claim.modality == Modality.DENIED or not share or not figure:
        return None
    if share.high >= 1 or not matched.quota or any(states_limit(amount, matched.quota) for amount in claim.quantities):
        return None  # who states the limit beside a smaller amount tells of a part: a month's, one supplier's
    period = span_of(claim.period) or span_of(claim.event_date)
    if period and period.last - period.first < _A_YEARS_PART:
        return None
    if matched.scene.setting.day < (matched.quota.valid_from or matched.scene.setting.day):
        return None
    return (
        f"said to break {in_words(matched.quota)}, but “{figure.text}” is only {share.high:.0%} of it:"
        " see whether other goods or another cap are meant"
    )
