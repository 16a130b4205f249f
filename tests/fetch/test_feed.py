"""Point by point: how a feed that misbehaves ends, over a real connection."""

import gzip
import threading
import zlib
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from claimwire.fetch.client import Client, Limits
from claimwire.fetch.feed import fetch_feed
from claimwire.fetch.outcomes import read_entries
from claimwire.fetch.schedule import Harvest, advance, first_state
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

from .site import NOW, RSS, Site, drip, make_feed

STATE = FeedState()


def fetch(client: Client, url: str, state: FeedState = STATE, **facts: Any) -> Response:
    return fetch_feed(client, make_feed(url=url, **facts), state, NOW)


def ended(client: Client, url: str) -> Response:
    """With what the parser made of it, as a round does."""
    return read_entries(make_feed(url=url), fetch(client, url))[0]


def test_a_sound_feed_brings_bytes_and_validators(site: Site, client: Client) -> None:
    site.say("/feed", ETag='"v1"', Last_Modified="Tue, 24 Nov 2026 05:00:00 GMT", Content_Type="text/xml")
    response = fetch(client, site.url())
    assert (response.outcome, response.body, response.etag) == (Outcome.NEW, RSS, '"v1"')
    assert response.last_modified == "Tue, 24 Nov 2026 05:00:00 GMT"
    asked = site.asked[0].headers
    assert asked["user-agent"] == "claimwire-test"
    assert asked["accept-encoding"] == "gzip, deflate"


@pytest.mark.parametrize(
    ("encoding", "pack"), [("gzip", gzip.compress), ("x-gzip", gzip.compress), ("deflate", zlib.compress)]
)
def test_gzip_and_deflate_are_read(site: Site, client: Client, encoding: str, pack: Any) -> None:
    site.say("/feed", pack(RSS), Content_Encoding=encoding)
    assert fetch(client, site.url()).body == RSS


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "compress", "x-unknown"])
def test_any_other_encoding_is_refused(site: Site, client: Client, encoding: str) -> None:
    site.say("/feed", b"whatever", Content_Encoding=encoding)
    assert fetch(client, site.url()).outcome is Outcome.REFUSED_ENCODING


def test_broken_compression_has_a_name(site: Site, client: Client) -> None:
    site.say("/feed", b"this is not gzip", Content_Encoding="gzip")
    assert fetch(client, site.url()).outcome is Outcome.REFUSED_ENCODING


def test_a_gzip_bomb_is_given_up_at_the_limit(site: Site) -> None:
    client = Client("t", allowed_hosts=["127.0.0.1"], limits=Limits(feed_bytes=1 << 20))
    site.say("/feed", gzip.compress(bytes(64 << 20)), Content_Encoding="gzip")
    response = fetch(client, site.url())
    assert response.outcome is Outcome.TOO_LARGE
    assert "1024 KiB" in response.message


def test_a_body_of_forty_megabytes_is_too_large(site: Site, client: Client) -> None:
    site.say("/announced", b"x" * (40 << 20))
    site.answers["/chunked"] = send_forty_megabytes
    assert fetch(client, site.url("/announced")).outcome is Outcome.TOO_LARGE
    assert fetch(client, site.url("/chunked")).outcome is Outcome.TOO_LARGE


def send_forty_megabytes(handler: Any) -> None:
    handler.protocol_version = "HTTP/1.1"
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    for _ in range(40):
        handler.wfile.write(b"100000\r\n" + b"x" * (1 << 20) + b"\r\n")


def test_a_feed_that_is_down_is_unreachable(client: Client) -> None:
    response = fetch(client, "http://127.0.0.1:1/feed")
    assert response.outcome is Outcome.UNREACHABLE
    assert "127.0.0.1" in response.message


def test_a_page_in_place_of_a_feed_is_named(site: Site, client: Client) -> None:
    site.say("/feed", b"<!doctype html><html><head><title>Sorry</title></head><body>Come back later</body></html>")
    assert ended(client, site.url()).outcome is Outcome.NOT_A_FEED


def test_bytes_that_are_no_xml_are_named(site: Site, client: Client) -> None:
    site.say("/feed", b"\x89PNG not a feed at all")
    assert ended(client, site.url()).outcome is Outcome.PARSE_FAILED


def test_an_empty_feed_and_an_empty_body_are_empty(site: Site, client: Client) -> None:
    site.say("/feed", b"<rss version='2.0'><channel><title>Wire</title></channel></rss>")
    site.say("/nothing", b"")
    assert ended(client, site.url()).outcome is Outcome.EMPTY
    assert ended(client, site.url("/nothing")).outcome is Outcome.EMPTY


def test_an_undated_entry_still_comes_through(site: Site, client: Client) -> None:
    site.say("/feed", RSS.replace(b"<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate>", b""))
    response, entries = read_entries(make_feed(url=site.url()), fetch(client, site.url()))
    assert response.outcome is Outcome.NEW
    assert [(entry.title, entry.published_at) for entry in entries] == [("Harbour opens", None)]


def test_entity_bombs_and_attribute_floods_are_refused_unread(site: Site, client: Client) -> None:
    entities = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    site.say("/laughs", b"<!DOCTYPE rss [<!ENTITY l0 'lol'>" + entities + b"]><rss><channel>&l9;</channel></rss>")
    site.say("/flood", b"<rss " + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"></rss>")
    site.say("/files", b'<!DOCTYPE rss [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss>&f;</rss>')
    for path in ("/laughs", "/flood", "/files"):
        assert ended(client, site.url(path)).outcome is Outcome.REFUSED_BYTES, path


@pytest.mark.parametrize("head", [b"HTTP/1.1 200 OK\r\n\r\n", b"HTTP/1.1 200 OK\r\n", b""])
def test_a_slow_drip_is_cut_at_the_deadline(site: Site, client: Client, head: bytes) -> None:
    piece = b"x" if head.endswith(b"\r\n\r\n") or not head else b"X-More: y\r\n"
    site.answers["/feed"] = lambda handler: drip(handler, head, piece)
    response = fetch(client, site.url())
    assert response.outcome is Outcome.TIMED_OUT
    assert 0.85 <= response.elapsed_seconds < 2


def test_a_server_that_says_nothing_times_out(site: Site, client: Client) -> None:
    release = threading.Event()
    site.answers["/feed"] = lambda _: release.wait(2)  # type: ignore[assignment,return-value]
    response = fetch(client, site.url())
    release.set()
    assert response.outcome is Outcome.TIMED_OUT
    assert response.elapsed_seconds < 0.85


def test_a_cut_body_is_not_taken_for_a_whole_one(site: Site, client: Client) -> None:
    site.say("/feed", RSS, Content_Length=str(len(RSS) + 100))
    assert fetch(client, site.url()).outcome is Outcome.UNREACHABLE


def test_tls_that_fails_is_named(site: Site, client: Client) -> None:
    assert fetch(client, site.url().replace("http:", "https:")).outcome is Outcome.TLS_FAILED


def test_a_name_that_does_not_resolve_is_named(client: Client) -> None:
    assert fetch(client, "http://no-such-host.invalid/feed").outcome is Outcome.DNS_FAILED


@pytest.mark.parametrize(
    ("status", "headers", "outcome"),
    [
        (401, {}, Outcome.UNAUTHORISED), (403, {}, Outcome.UNAUTHORISED), (404, {}, Outcome.HTTP_ERROR),
        (410, {}, Outcome.GONE), (429, {}, Outcome.RATE_LIMITED), (500, {}, Outcome.HTTP_ERROR),
        (503, {}, Outcome.HTTP_ERROR), (503, {"Retry_After": "60"}, Outcome.RATE_LIMITED),
        (304, {}, Outcome.HTTP_ERROR), (300, {}, Outcome.HTTP_ERROR), (204, {}, Outcome.EMPTY),
    ],
)  # fmt: skip
def test_each_status_has_its_outcome(
    site: Site, client: Client, status: int, headers: dict[str, str], outcome: Outcome
) -> None:
    site.say("/feed", b"", status, **headers)
    response = fetch(client, site.url())
    assert (response.outcome, response.status) == (outcome, status)


def test_retry_after_comes_as_seconds_or_as_a_date(site: Site, client: Client) -> None:
    site.say("/feed", b"", 429, Retry_After="120")
    assert fetch(client, site.url()).retry_after_seconds == 120
    site.say("/feed", b"", 429, Retry_After="Tue, 24 Nov 2026 06:10:00 GMT")
    assert fetch(client, site.url()).retry_after_seconds == 600


def test_a_429_that_does_not_say_for_how_long_means_ten_minutes(site: Site, client: Client) -> None:
    site.say("/feed", b"", 429)
    assert fetch(client, site.url()).retry_after_seconds == 600
    site.say("/feed", b"", 404)
    assert fetch(client, site.url()).retry_after_seconds is None


# ── conditional requests ─────────────────────────────────────────────────────────────────────────


def polled(client: Client, url: str) -> FeedState:
    feed = make_feed(url=url)
    state = first_state(feed)
    return advance(feed, state, fetch_feed(client, feed, state, NOW), Harvest(1, 1))


def test_validators_go_back_to_the_address_that_gave_them(site: Site, client: Client) -> None:
    site.say("/feed", ETag='W/"a b"', Last_Modified="Tue, 24 Nov 2026 05:00:00 GMT")
    state = polled(client, site.url())
    site.say("/feed", b"", 304)
    response = fetch(client, site.url(), state)
    assert response.outcome is Outcome.UNCHANGED
    headers = site.asked[-1].headers
    assert headers["if-none-match"] == 'W/"a b"'
    assert headers["if-modified-since"] == "Tue, 24 Nov 2026 05:00:00 GMT"


def test_validators_do_not_go_to_another_address(site: Site, client: Client) -> None:
    site.say("/feed", ETag='"v1"')
    site.say("/other", ETag='"v1"')
    state = polled(client, site.url())
    fetch(client, site.url("/other"), state)
    assert "if-none-match" not in site.asked[-1].headers


def test_validators_of_a_redirected_feed_belong_to_where_it_led(site: Site, client: Client) -> None:
    site.say("/feed", b"", 302, Location="/there")
    site.say("/there", ETag='"v1"')
    state = polled(client, site.url())
    fetch(client, site.url(), state)
    assert "if-none-match" not in site.asked_for("/feed")[-1].headers
    assert site.asked_for("/there")[-1].headers["if-none-match"] == '"v1"'


def test_once_a_day_the_whole_body_is_asked_for(site: Site, client: Client) -> None:
    site.say("/feed", ETag='"v1"')
    state = replace(polled(client, site.url()), last_full_at=NOW - timedelta(hours=24))
    fetch(client, site.url(), state)
    assert "if-none-match" not in site.asked[-1].headers


def test_the_same_bytes_are_unchanged_whatever_the_server_says(site: Site, client: Client) -> None:
    site.say("/feed")
    state = polled(client, site.url())
    response = fetch(client, site.url(), state)
    assert (response.status, response.outcome) == (200, Outcome.UNCHANGED)


def test_a_validator_that_cannot_be_a_header_is_not_sent_back(site: Site, client: Client) -> None:
    site.say("/feed", ETag='"caf\u00e9"')
    state = polled(client, site.url())
    assert state.etag == ""
    assert fetch(client, site.url(), state).outcome is Outcome.UNCHANGED


# ── redirects ────────────────────────────────────────────────────────────────────────────────────
