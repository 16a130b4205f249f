"""The claim puts a cap in a time when it was not in force, or before it was set."""

from datetime import date, timedelta

from claimwire.assess.caps import adopted_on, states_limit
from claimwire.assess.matched import Matched, in_words
from claimwire.assess.spans import span_of
from claimwire.catalog.registers import Quota
from claimwire.model import Act

_AHEAD = timedelta(days=100)  # a cap of January is set in autumn
_SETTING = {Act.IMPOSE, Act.TIGHTEN, Act.IN_FORCE}


def wrong_year(matched: Matched) -> str | None:
    """Only where the claim names the time and the amount, so that the cap is sure."""
    claim = matched.claim
    if matched.quota is None or claim.act == Act.LIFT:
        return None
    stated = [cap for cap in matched.caps() if any(states_limit(quantity, cap) for quantity in claim.quantities)]
    if not stated:
        return None
    return _outside_its_time(matched, stated) or _before_it_was_set(matched, stated)


def _outside_its_time(matched: Matched, stated: list[Quota]) -> str | None:
    span = span_of(matched.claim.period)
    if span is None or any(cap.is_valid(span.first, span.last) for cap in stated):
        return None
    return f"told of {matched.claim.period}, when {in_words(stated[0])} was not in force"


def _before_it_was_set(matched: Matched, stated: list[Quota]) -> str | None:
    """A cap told later than it was set may be told in passing; one that is told before cannot be it."""
    claim = matched.claim
    span = span_of(claim.event_date)
    set_on = min(filter(None, map(_set_on, stated)), default=None)
    if span is None or claim.act not in _SETTING or set_on is None or span.last >= set_on:
        return None
    return f"told of {claim.event_date}, but {in_words(stated[0])} was not set before {set_on}"


def _set_on(cap: Quota) -> date | None:
    """When it was set, or the first day on which it may have been."""
    return adopted_on(cap) or (cap.valid_from and cap.valid_from - _AHEAD)
