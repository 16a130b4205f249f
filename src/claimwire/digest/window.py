"""When a digest is due and what time it covers: pure arithmetic over zones.

A digest is sent when the clock of its zone shows its hour. An hour that the clock skips in spring is taken as if the
clock had not jumped, one that comes twice in autumn is the first: so each day has exactly one moment of sending.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from claimwire.catalog.subscriptions import WEEK, Subscription

_DAY = timedelta(days=1)


def sending_moment(subscription: Subscription, day: date) -> datetime:
    """When the digest of that day is sent, in UTC."""
    return datetime.combine(day, subscription.sending_time, subscription.zone).astimezone(UTC)


def due_days(subscription: Subscription, interval_start: datetime, interval_end: datetime) -> Iterator[date]:
    """Days whose moment of sending lies in [interval_start, interval_end), oldest first."""
    day = interval_start.astimezone(subscription.zone).date() - _DAY
    last = interval_end.astimezone(subscription.zone).date() + _DAY
    while day <= last:
        is_due = interval_start <= sending_moment(subscription, day) < interval_end
        if is_due and WEEK[day.weekday()] in subscription.days:
            yield day
        day += _DAY


def window(subscription: Subscription, day: date, now: datetime) -> tuple[datetime, datetime]:
    """(from, to) of the digest of that day: since the sending before it, up to its own.

    A digest of today that is asked for by hand, after its hour, covers what came since then too.
    """
    end = sending_moment(subscription, day)
    if now.astimezone(subscription.zone).date() == day:
        end = max(end, now)
    before = day - _DAY
    while WEEK[before.weekday()] not in subscription.days:
        before -= _DAY
    return sending_moment(subscription, before), end
