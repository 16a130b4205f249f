"""One fetch of one feed: whatever happens, one `Response` comes out."""

import base64
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from claimwire.catalog.feeds import Credentials, Feed
from claimwire.errors import FetchError
from claimwire.fetch.address import origin
from claimwire.fetch.client import Client, Dress, Reply
from claimwire.fetch.headers import UNSAID_REST_SECONDS, advertised_seconds, max_age_seconds, retry_after_seconds
from claimwire.fetch.outcomes import outcome_of_status, refuse
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

ACCEPT = (
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)

FULL_EVERY = timedelta(days=1)
"""A whole body is asked for at least this often: some servers answer "not modified" for ever."""

Secret = Callable[[str], str]
"""Looks a secret up by its name in the environment; empty where there is none."""


def fetch_feed(client: Client, feed: Feed, state: FeedState, now: datetime, secret: Secret = lambda _: "") -> Response:
    """What one fetch of a feed over HTTP ended in; raises nothing."""
    began = time.monotonic()
    url = state.moved_to if state.is_move_adopted else feed.url
    try:
        login = _login(feed.credentials, secret)
        reply = client.get(url, client.limits.feed_bytes, _dress(url, state, login, now))
        response = _judge(feed, state, reply, now)
    except FetchError as error:
        response = replace(refuse(feed, error, now, url), message=f"{feed.host}: {error}")
    return replace(response, elapsed_seconds=time.monotonic() - began)


def _login(credentials: Credentials | None, secret: Secret) -> Mapping[str, str]:
    if credentials is None:
        return {}
    value = secret(credentials.env)
    if not value:
        raise FetchError(f"needs credentials: set {credentials.env}", "unauthorised")
    if not value.isprintable():
        raise FetchError(f"{credentials.env} holds a line break or another unprintable character", "unauthorised")
    if credentials.kind == "basic":
        return {"Authorization": "Basic " + base64.b64encode(value.encode()).decode("ascii")}
    return {"Cookie" if credentials.kind == "cookie" else credentials.header: value}


def _dress(url: str, state: FeedState, login: Mapping[str, str], now: datetime) -> Dress:
    """Credentials go to the feed's own origin only, validators to the exact address that gave them."""
    home = origin(url)
    is_full_due = state.last_full_at is None or now - state.last_full_at >= FULL_EVERY

    def dress(hop: str) -> dict[str, str]:
        headers = {"Accept": ACCEPT}
        if origin(hop) == home:
            headers |= login
        if hop == state.validator_url and not is_full_due:
            headers |= {"If-None-Match": state.etag} if state.etag else {}
            headers |= {"If-Modified-Since": state.last_modified} if state.last_modified else {}
        return headers

    return dress


def _judge(feed: Feed, state: FeedState, reply: Reply, now: datetime) -> Response:
    headers = reply.headers
    response = Response(
        feed.key,
        Outcome.NEW,
        now,
        url=reply.url,
        status=reply.status,
        content_type=headers.get("content-type", ""),
        moved_to=reply.moved_to,
        retry_after_seconds=retry_after_seconds(headers.get("retry-after"), now),
        max_age_seconds=max_age_seconds(headers),
    )
    if reply.status == 304 and state.last_full_at is not None:
        return replace(response, outcome=Outcome.UNCHANGED, message="not modified")
    if not 200 <= reply.status < 300:
        outcome = outcome_of_status(reply.status, has_retry_after="retry-after" in headers)
        rest = response.retry_after_seconds
        if rest is None and outcome is Outcome.RATE_LIMITED:
            rest = UNSAID_REST_SECONDS
        message = f"{reply.status} from {feed.host}"
        return replace(response, outcome=outcome, retry_after_seconds=rest, message=message)
    if not reply.body.strip():
        return replace(response, outcome=Outcome.EMPTY, message=f"{reply.status} from {feed.host} without a body")
    return _with_body(response, state, reply)


def _with_body(response: Response, state: FeedState, reply: Reply) -> Response:
    asked_for = [seconds for seconds in (response.max_age_seconds, advertised_seconds(reply.body)) if seconds]
    response = replace(
        response,
        body=reply.body,
        etag=_sendable(reply.headers.get("etag", "")),
        last_modified=_sendable(reply.headers.get("last-modified", "")),
        max_age_seconds=max(asked_for, default=None),
    )
    if body_sha256(reply.body) == state.body_sha256:
        return replace(response, outcome=Outcome.UNCHANGED, message="the same bytes as before")
    return response


def body_sha256(body: bytes) -> str:
    """The name of a body: two bodies with one name are the same."""
    return hashlib.sha256(body).hexdigest()


def _sendable(validator: str) -> str:
    """A validator that can be sent back as it came; anything odd is not worth a conditional request."""
    return validator if len(validator) <= 500 and validator.isascii() and validator.isprintable() else ""
