"""Whatever a server says, one `Response` comes out, and nothing is raised."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimwire.fetch.client import Client, Limits
from claimwire.fetch.feed import fetch_feed
from claimwire.fetch.outcomes import compose_line, read_entries
from claimwire.fetch.page import fetch_page
from claimwire.fetch.schedule import Harvest, advance
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

from .site import NOW, RSS, Site, make_feed, serving


def resolve(host: str, *words: Any) -> Any:
    """Only the site itself has an address: a test asks nobody else."""
    if host != "127.0.0.1":
        raise socket.gaierror(socket.EAI_NONAME, "no such name")
    return socket.getaddrinfo(host, *words)


LIMITS = Limits(connect_seconds=1, read_seconds=0.4, total_seconds=0.8)
CLIENT = Client("t", allowed_hosts=["127.0.0.1"], limits=LIMITS, resolve=resolve)
HEADER = st.text(st.characters(codec="latin-1", exclude_characters="\r\n"), max_size=60)
SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def world() -> Iterator[Site]:
    with serving() as site:
        yield site


def answer_raw(site: Site, raw: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(raw)
        handler.close_connection = True

    site.answers["/feed"] = answer


def all_the_way(site: Site) -> Response:
    """A fetch, its parsing, its scheduling and its line, and the same address as a page."""
    feed, state = make_feed(url=site.url(), timezone="Asia/Tokyo"), FeedState()
    response, entries = read_entries(feed, fetch_feed(CLIENT, feed, state, NOW))
    after = advance(feed, state, response, Harvest(len(entries), len(entries)))
    assert compose_line(feed.key, response, state, after).startswith("feed wire: ")
    assert after.next_poll_at is not None
    assert isinstance(fetch_page(CLIENT, feed.key, site.url(), NOW).outcome, Outcome)
    return response


@SLOW
@given(st.binary(max_size=300))
def test_any_bytes(world: Site, raw: bytes) -> None:
    answer_raw(world, raw)
    assert all_the_way(world).outcome is not Outcome.NEW


@SLOW
@given(status=st.integers(0, 999), headers=st.dictionaries(st.sampled_from(
    ["Location", "Content-Type", "Content-Encoding", "Content-Length", "Retry-After", "ETag", "Last-Modified",
     "Cache-Control", "Transfer-Encoding", "Set-Cookie", "Link"]), HEADER))  # fmt: skip
def test_any_status_and_headers(world: Site, status: int, headers: dict[str, str]) -> None:
    lines = [f"HTTP/1.1 {status} X", *(f"{name}: {value}" for name, value in headers.items())]
    answer_raw(world, "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + RSS)
    assert isinstance(all_the_way(world).outcome, Outcome)


@SLOW
@given(st.text(max_size=80) | st.from_regex(r"(https?|file|ftp|//)?:?/?/?[\[\]a-z0-9.:@%/?#-]{0,40}", fullmatch=True))
def test_any_place_to_go(world: Site, place: str) -> None:
    value = place.replace("\r", "").replace("\n", "").encode()
    answer_raw(world, b"HTTP/1.1 302 X\r\nContent-Length: 0\r\nLocation: " + value + b"\r\n\r\n")
    assert all_the_way(world).outcome is not Outcome.NEW


@SLOW
@given(st.text(max_size=60))
def test_any_address_of_a_page(world: Site, url: str) -> None:
    assert isinstance(fetch_page(CLIENT, "wire", url, NOW).outcome, Outcome)
    assert isinstance(fetch_page(CLIENT, "wire", f"http://127.0.0.1:{world.port}/{url}", NOW).outcome, Outcome)
