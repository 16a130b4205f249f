"""One fetch of an article's page."""

import time
from dataclasses import replace
from datetime import datetime

from claimwire.errors import FetchError
from claimwire.fetch.client import Client
from claimwire.fetch.headers import retry_after_seconds
from claimwire.fetch.outcomes import outcome_of_status
from claimwire.model import Outcome, Response
from claimwire.text.charset import decode_text

ACCEPT = {"Accept": "text/html, application/xhtml+xml;q=0.9, */*;q=0.3"}
MARKUP = ("text/html", "application/xhtml+xml", "text/plain", "")


def fetch_page(client: Client, feed_key: str, url: str, now: datetime) -> Response:
    """What one fetch of a page ended in; raises nothing. `body` is the page in UTF-8, whatever it came in."""
    began = time.monotonic()
    try:
        reply = client.get(url, client.limits.page_bytes, lambda _: ACCEPT)
    except FetchError as error:
        return Response(feed_key, Outcome(error.outcome), now, url=url, message=str(error))
    response = Response(
        feed_key,
        Outcome.NEW,
        now,
        url=reply.url,
        status=reply.status,
        content_type=reply.headers.get("content-type", ""),
        retry_after_seconds=retry_after_seconds(reply.headers.get("retry-after"), now),
        elapsed_seconds=time.monotonic() - began,
    )
    if not 200 <= reply.status < 300:
        outcome = outcome_of_status(reply.status, has_retry_after="retry-after" in reply.headers)
        return replace(response, outcome=outcome, message=f"{reply.status} for the page")
    if response.content_type.partition(";")[0].strip().lower() not in MARKUP:
        return replace(response, outcome=Outcome.REFUSED_BYTES, message=f"no page but {response.content_type[:60]}")
    if not reply.body.strip():
        return replace(response, outcome=Outcome.EMPTY, message="a page without a body")
    # Its charset may stand in the header alone, and whoever reads the body later has no header.
    return replace(response, body=decode_text(reply.body, response.content_type).encode("utf-8", "replace"))
