"""Untrusted text as it may be shown: control characters made visible, only web links, nothing endless."""

import re
from datetime import UTC, date, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from babel import Locale

from claimwire.model import Category

# Bidirectional overrides and isolates can make a sentence read as another one; C0 and C1 controls hide text.
# Joiners (U+200C, U+200D) and direction marks (U+200E, U+200F) are ordinary spelling in several scripts and stay.
_HIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")

_LONG = 300


def visible(text: str) -> str:
    """The text with each hidden control replaced by one visible sign, so that offsets stay."""
    return _HIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)


def short(text: str | None, length: int = _LONG) -> str:
    """The text made visible and cut to a length in code points."""
    shown = visible((text or "")[: length + 1])
    return shown if len(shown) <= length else shown[:length].rstrip() + "…"


def safe_url(url: str | None) -> str:
    """The address if it is an ordinary web link, else ""."""
    raw = (url or "").strip()
    try:
        parts = urlsplit(raw)
        is_web = parts.scheme.lower() in {"http", "https"} and bool(parts.hostname)
    except ValueError:  # a bracket or port that no address may have
        return ""
    return raw if is_web and len(raw) <= 4000 and not _HIDDEN.search(raw) and not re.search(r"\s", raw) else ""


def words(code: object) -> str:
    """A code of the codebook in words: `un_request` is "UN request"."""
    text = str(code or "").replace("other:", "").replace("_", " ")
    return "UN request" if code == Category.UN_REQUEST else text


@cache
def full_name(code: str) -> str:
    """The English name of a state's code, or the code in words."""
    return str(Locale("en").territories.get(code, words(code)))


@cache
def language_name(code: str) -> str:
    """The English name of a language's code, or the code."""
    return str(Locale("en").languages.get(code, code or "unknown"))


def moment(at: datetime | None) -> str:
    """A time to the minute in UTC; a dash where it is not known."""
    return at.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ") if at else "–"


def ago(at: datetime | None, now: datetime) -> str:
    """How long ago, in one unit: `5 min`, `3 h`, `12 d`; the day itself where it is more than two months."""
    if at is None:
        return "–"
    gone = max(now - at, timedelta())
    minutes = int(gone.total_seconds() // 60)
    if minutes < 60:
        return f"{minutes} min"
    if gone.days > 60:
        return at.date().isoformat()
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{gone.days} d"


def span(first: date | None, last: date | None) -> str:
    """Days as the codebook writes them: `2018`, `2018-07`, `2018-07-12`, else `from/to`; "" for none."""
    if first is None or last is None:
        return ""
    if first == last:
        return first.isoformat()
    is_whole_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    if not is_whole_months:
        return f"{first.isoformat()}/{last.isoformat()}"
    if first.month == 1 and last.month == 12:
        return f"{first:%Y}" if first.year == last.year else f"{first:%Y}/{last:%Y}"
    start, end = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return start if start == end else f"{start}/{end}"
