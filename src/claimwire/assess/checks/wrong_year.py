"""The claim puts a cap in a time when it was not in force."""

from claimwire.assess.caps import states_limit
from claimwire.assess.matched import Matched, in_words
from claimwire.assess.spans import span_of
from claimwire.model import Act


def wrong_year(matched: Matched) -> str | None:
    """Only where the claim names the period and the amount, so that the cap is sure."""
    claim, quota = matched.claim, matched.quota
    span = span_of(claim.period)
    if quota is None or span is None or claim.act == Act.LIFT:
        return None
    stated = [cap for cap in matched.caps() if any(states_limit(quantity, cap) for quantity in claim.quantities)]
    if not stated or any(cap.is_valid(span.first, span.last) for cap in stated):
        return None
    return f"told of {claim.period}, when {in_words(stated[0])} was not in force"
