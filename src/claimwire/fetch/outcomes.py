"""Every way a fetch can end, as one `Outcome` and a line for a person at three in the morning."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from claimwire.catalog.feeds import Feed
from claimwire.errors import FetchError, ParseError, RefusedBytes
from claimwire.fetch.state import FeedState
from claimwire.model import Entry, Outcome, Response
from claimwire.parse import is_web_page, parse_entries
from claimwire.parse.reading.wire import Wire

GOOD = frozenset({Outcome.NEW, Outcome.UNCHANGED, Outcome.EMPTY})
"""The other side did what it should."""

NETWORK = frozenset({Outcome.UNREACHABLE, Outcome.DNS_FAILED, Outcome.TIMED_OUT, Outcome.TLS_FAILED})
"""May be our own network as well as theirs."""

_BY_STATUS = {
    401: Outcome.UNAUTHORISED,
    403: Outcome.UNAUTHORISED,
    407: Outcome.UNAUTHORISED,
    410: Outcome.GONE,
    429: Outcome.RATE_LIMITED,
}
_ORDINALS = ("", "", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def outcome_of_status(status: int, *, has_retry_after: bool) -> Outcome:
    """What a status that brought no feed is called."""
    if status == 503 and has_retry_after:
        return Outcome.RATE_LIMITED
    return _BY_STATUS.get(status, Outcome.HTTP_ERROR)


def read_entries(feed: Feed, response: Response) -> tuple[Response, list[Entry]]:
    """The entries of a response; the outcome is put right where its bytes turn out to be no feed, or an empty one."""
    if response.outcome is not Outcome.NEW or response.body is None:
        return response, []
    zone = ZoneInfo(feed.timezone) if feed.timezone else None
    base_url = "" if feed.folder else response.url  # a name of a delivered file must not become part of a guid
    try:
        entries = parse_entries(response.body, response.content_type, base_url, zone)
    except RefusedBytes as error:
        return replace(response, outcome=Outcome.REFUSED_BYTES, message=str(error)), []
    except ParseError as error:
        wire = Wire(response.body, response.content_type, response.url, UTC)
        outcome = Outcome.NOT_A_FEED if is_web_page(wire) else Outcome.PARSE_FAILED
        return replace(response, outcome=outcome, message=str(error)), []
    if not entries:
        return replace(response, outcome=Outcome.EMPTY, message="a sound feed without entries"), []
    return response, entries


def refuse(feed: Feed, error: FetchError, now: datetime, url: str) -> Response:
    """The response that an exception of a fetch comes to."""
    return Response(feed.key, Outcome(error.outcome), now, url=url, message=str(error))


def compose_line(feed_key: str, response: Response, before: FeedState, after: FeedState) -> str:
    """All that the night shift needs on one line: which feed, what happened, since when, what comes next."""
    parts = [response.message or str(response.outcome)]
    if response.outcome not in GOOD | {Outcome.NETWORK_DOWN}:
        if after.failed_runs > 1:
            count = after.failed_runs
            parts[0] += f", {_ORDINALS[count] if count < len(_ORDINALS) else count} in a row"
        good = before.last_good_at
        parts.append(f"last good fetch {good:%Y-%m-%d %H:%MZ}" if good else "never fetched well")
    if after.is_quarantined:
        parts.append("quarantined, tried daily")
    if after.next_poll_at:
        is_today = after.next_poll_at.date() == response.fetched_at.date()
        parts.append(f"next try {after.next_poll_at:{'%H:%MZ' if is_today else '%Y-%m-%d %H:%MZ'}}")
    return f"feed {feed_key}: {'; '.join(parts)}"
