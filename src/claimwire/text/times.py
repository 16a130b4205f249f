"""Times as wire formats write them, to aware UTC."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

_ISO = re.compile(
    r"""(\d{4})-?(\d{2})(?:-?(\d{2}))?             # 2018-07-12, 20180712, 2018-07
        (?:[T\s]*(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?)?
        \s*(Z|UTC|GMT|[+-]\d{2}:?(?:\d{2})?)?$""",
    re.X | re.I,
)
_NAMED_ZONE = re.compile(r"(?:[+-]\d{2}:?\d{2}|\b(?!(?:AM|PM)\b)[A-Z]{1,5})\s*(?:\(.*\))?\s*$")


def parse_time(raw: str | None, zone: tzinfo = UTC) -> datetime | None:
    """Aware UTC, or None where `raw` is no time. A time without a zone is read in `zone`."""
    raw = (raw or "").strip()
    if not raw:
        return None
    found = _ISO.match(raw)
    try:
        return _from_iso(found, zone) if found else _from_mail(raw, zone)
    except (ValueError, OverflowError, TypeError, IndexError):
        return None


def has_zone(raw: str) -> bool:
    """Whether a time says in which zone it is."""
    found = _ISO.match(raw.strip())
    return bool(found.group(8)) if found else bool(_NAMED_ZONE.search(raw.strip()))


def in_zone(moment: datetime, zone: tzinfo) -> datetime:
    """The same clock reading in `zone`, as aware UTC."""
    return moment.replace(tzinfo=zone).astimezone(UTC)


def _from_iso(found: re.Match[str], zone: tzinfo) -> datetime:
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups()[:6])
    moment = datetime(year, month, day or 1, hour, minute, min(second, 59), tzinfo=_offset(found.group(8)) or zone)
    return moment.astimezone(UTC)


def _offset(raw: str | None) -> tzinfo | None:
    if not raw:
        return None
    if raw[0] not in "+-":
        return UTC
    digits = raw[1:].replace(":", "").ljust(4, "0")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
    return datetime.strptime(raw[0] + _clock(ahead), "%z").tzinfo


def _clock(ahead: timedelta) -> str:
    minutes = int(ahead.total_seconds()) // 60
    return f"{minutes // 60:02d}{minutes % 60:02d}"


def _from_mail(raw: str, zone: tzinfo) -> datetime:
    moment = parsedate_to_datetime(raw)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)
