"""ISO dates as the codebook writes them (`2018`, `2017-10/2017-12`, `2018-07-12`) as spans of days."""

import re
from calendar import monthrange
from datetime import date

from claimwire.assess.assessment import Span

_DATE = re.compile(r"(\d{4})(?:-(?:Q([1-4])|(\d{2})(?:-(\d{2}))?))?\Z")


def span_of(iso: str | None) -> Span | None:
    """The days that an ISO date, month, quarter, year or `from/to` covers; None where it is not one."""
    first, _, last = (iso or "").partition("/")
    start, end = _days(first.strip()), _days((last or first).strip())
    return Span(start.first, end.last) if start and end and start.first <= end.last else None


def _days(text: str) -> Span | None:
    match = _DATE.match(text)
    if not match:
        return None
    year, quarter, month, day = (int(part) if part else None for part in match.groups())
    try:
        if day:
            return Span(*[date(year or 0, month or 0, day)] * 2)
        first, last = (month, month) if month else (quarter * 3 - 2, quarter * 3) if quarter else (1, 12)
        return Span(date(year or 0, first, 1), date(year or 0, last, monthrange(year or 0, last)[1]))
    except ValueError:  # a thirteenth month, the year 0
        return None
