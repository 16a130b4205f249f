"""What headers say: how long to wait, how long a body keeps."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

DAY_SECONDS = 86400.0

UNSAID_REST_SECONDS = 600.0
"""Rest after a 429 that does not say for how long."""

_TTL = re.compile(rb"<ttl>\s*(\d{1,6})\s*</ttl>")
_UPDATE_PERIOD = re.compile(rb"<(?:sy:)?updatePeriod>\s*(hourly|daily|weekly|monthly|yearly)\s*<", re.IGNORECASE)
_UPDATE_FREQUENCY = re.compile(rb"<(?:sy:)?updateFrequency>\s*(\d{1,4})\s*<", re.IGNORECASE)
_PERIOD_SECONDS = {b"hourly": 3600.0, b"daily": DAY_SECONDS}  # longer ones exceed the cap of a day anyhow


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """Seconds that `Retry-After` asks for, given as a number or as a date; None where it says nothing usable.

    Capped at a day: a wire once asked for 88 hours (Media Cloud's fetcher saw it).
    """
    raw = (value or "").strip()
    if raw.isascii() and raw.isdigit():
        return min(float(raw[:12]), DAY_SECONDS)
    when = http_date(raw)
    return None if when is None else min(max(0.0, (when - now).total_seconds()), DAY_SECONDS)


def max_age_seconds(headers: Mapping[str, str]) -> float | None:
    """How long `Cache-Control: max-age` says that a body stays good; None where it does not say.

    Names of headers are lower-case here and all over `fetch`.
    """
    found = re.search(r"(?:^|[\s,])max-age=\"?(\d{1,12})", headers.get("cache-control", ""), re.IGNORECASE)
    return min(float(found[1]), DAY_SECONDS) if found else None


def http_date(value: str) -> datetime | None:
    """An HTTP date as aware UTC; None for anything else."""
    try:
        when = parsedate_to_datetime(value)
    except (TypeError, ValueError, IndexError):
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def advertised_seconds(body: bytes) -> float | None:
    """How long a feed asks to be left alone: RSS `ttl` (minutes) or `sy:updatePeriod`; None where it does not say."""
    head = body[:16384]
    if found := _TTL.search(head):
        return min(int(found[1]) * 60.0, DAY_SECONDS)
    if period := _UPDATE_PERIOD.search(head):
        frequency = _UPDATE_FREQUENCY.search(head)
        times = max(1, int(frequency[1])) if frequency else 1
        return _PERIOD_SECONDS.get(period[1].lower(), DAY_SECONDS) / times
    return None
