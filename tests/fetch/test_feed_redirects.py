"""Redirects, addresses, credentials: where a fetch may lead and what it takes along."""

from dataclasses import replace
from typing import Any

import pytest

from claimwire.catalog.feeds import Credentials
from claimwire.fetch.client import Client
from claimwire.fetch.feed import fetch_feed
from claimwire.fetch.schedule import Harvest, advance, first_state
from claimwire.model import Outcome

from .site import NOW, RSS, Site, drip, make_feed
from .test_feed import STATE, fetch


def test_a_loop_ends_after_five_redirects(site: Site, client: Client) -> None:
    site.say("/feed", b"", 302, Location="/feed")
    assert fetch(client, site.url()).outcome is Outcome.REDIRECT_LOOP
    assert len(site.asked) == 6


@pytest.mark.parametrize(
    "location",
    [
        "http://169.254.169.254/latest/meta-data", "http://10.0.0.1/", "http://[::1]/", "http://[::ffff:127.0.0.1]/",
        "file:///etc/passwd", "ftp://127.0.0.1/x", "http://2130706433/", "http://0x7f000001/", "http://127.1/",
        "http://[fe80::1]/", "http://user:word@127.0.0.1/", "//169.254.169.254/", "http://wire.example:25/",
        "http://[bad/",
    ],
)  # fmt: skip
def test_no_redirect_leads_to_a_private_address(site: Site, client: Client, location: str) -> None:
    site.say("/feed", b"", 302, Location=location)
    assert fetch(client, site.url()).outcome is Outcome.BLOCKED_ADDRESS
    assert len(site.asked) == 1


def test_a_redirect_to_nowhere_is_an_error_of_theirs(site: Site, client: Client) -> None:
    site.say("/feed", b"", 302)
    assert fetch(client, site.url()).outcome is Outcome.HTTP_ERROR


def test_only_a_chain_of_permanent_redirects_is_a_move(site: Site, client: Client) -> None:
    site.say("/feed", b"", 301, Location="/a")
    site.say("/a", b"", 308, Location="/new")
    site.say("/new")
    assert fetch(client, site.url()).moved_to == site.url("/new")
    site.say("/a", b"", 302, Location="/new")
    assert fetch(client, site.url()).moved_to == ""


def test_a_move_is_adopted_after_three_sightings_and_dropped_when_it_fails(site: Site, client: Client) -> None:
    site.say("/feed", b"", 301, Location="/new")
    site.say("/new")
    feed = make_feed(url=site.url())
    state = first_state(feed)
    for _ in range(4):
        state = advance(feed, state, fetch_feed(client, feed, state, NOW), Harvest())
    assert [ask.path for ask in site.asked] == ["/feed", "/new"] * 3 + ["/new"]
    site.say("/new", b"", 404)
    for _ in range(2):
        state = advance(feed, state, fetch_feed(client, feed, state, NOW), Harvest())
    assert site.asked[-2].path == "/feed"


def test_the_body_of_a_redirect_is_not_waited_for(site: Site, client: Client) -> None:
    head = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Encoding: gzip\r\n\r\n"
    site.answers["/feed"] = lambda handler: drip(handler, head, b"x")
    site.say("/there")
    response = fetch(client, site.url())
    assert response.outcome is Outcome.NEW
    assert response.elapsed_seconds < 0.4


def test_redirects_in_utf8_are_followed(site: Site, client: Client) -> None:
    site.say("/feed", b"", 302, Location="/caf\u00e9".encode().decode("latin-1"))
    site.say("/caf%C3%A9")
    assert fetch(client, site.url()).outcome is Outcome.NEW


# ── addresses ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "[::1]", "2130706433", "127.1", "0"])
def test_without_the_allow_list_loopback_is_blocked(site: Site, host: str) -> None:
    response = fetch(Client("t"), f"http://{host}/feed")
    assert response.outcome is Outcome.BLOCKED_ADDRESS
    assert site.asked == []


def test_the_address_that_was_checked_is_the_one_connected_to(site: Site) -> None:
    answers = iter([[(2, 1, 6, "", ("127.0.0.1", site.port))]])
    looked_up: list[str] = []

    def resolve(host: str, *_: Any) -> Any:
        looked_up.append(host)
        return next(answers)

    client = Client("t", resolve=resolve)
    assert fetch(client, "http://rebinding.example/feed").outcome is Outcome.BLOCKED_ADDRESS
    assert looked_up == ["rebinding.example"]
    assert site.asked == []


def test_one_private_address_among_public_ones_is_passed_over(site: Site) -> None:
    def resolve(*_: Any) -> Any:
        return [(2, 1, 6, "", ("10.0.0.7", 80)), (2, 1, 6, "", ("169.254.169.254", 80))]

    response = fetch(Client("t", resolve=resolve), "http://mixed.example/feed")
    assert response.outcome is Outcome.BLOCKED_ADDRESS


# ── credentials ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("credentials", "value", "header", "sent"),
    [
        (Credentials(kind="basic", env="WIRE_LOGIN"), "desk:word", "authorization", "Basic ZGVzazp3b3Jk"),
        (Credentials(kind="header", env="WIRE_LOGIN", header="X-Api-Key"), "k3y", "x-api-key", "k3y"),
        (Credentials(kind="cookie", env="WIRE_LOGIN"), "session=1", "cookie", "session=1"),
    ],
)
def test_credentials_stay_with_the_origin(
    site: Site, client: Client, credentials: Credentials, value: str, header: str, sent: str
) -> None:
    site.say("/feed", b"", 302, Location="/same")
    site.say("/same", b"", 302, Location=site.url("/other", host="localhost"))
    site.say("/other")
    feed = make_feed(url=site.url(), credentials=credentials)
    response = fetch_feed(client, feed, STATE, NOW, {"WIRE_LOGIN": value}.__getitem__)
    assert response.outcome is Outcome.NEW
    assert [ask.headers.get(header) for ask in site.asked] == [sent, sent, None]
    assert value not in repr(replace(response, body=b""))


def test_missing_credentials_are_named_and_nothing_is_asked(site: Site, client: Client) -> None:
    feed = make_feed(url=site.url(), credentials=Credentials(kind="basic", env="WIRE_LOGIN"))
    response = fetch_feed(client, feed, STATE, NOW)
    assert response.outcome is Outcome.UNAUTHORISED
    assert "WIRE_LOGIN" in response.message
    assert site.asked == []


def test_a_secret_with_a_line_break_is_refused_and_not_shown(site: Site, client: Client) -> None:
    feed = make_feed(url=site.url(), credentials=Credentials(kind="header", env="WIRE_LOGIN"))
    response = fetch_feed(client, feed, STATE, NOW, lambda _: "secret\r\nX-Evil: 1")
    assert response.outcome is Outcome.UNAUTHORISED
    assert "secret" not in response.message


def test_cookies_of_the_server_are_not_kept(site: Site, client: Client) -> None:
    site.say("/feed", Set_Cookie="track=1; Path=/")
    fetch(client, site.url())
    fetch(client, site.url())
    assert "cookie" not in site.asked[-1].headers


def test_proxies_of_the_environment_are_not_used(site: Site, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    site.say("/feed")
    assert fetch(client, site.url()).outcome is Outcome.NEW


# ── what a server asks for ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("inside", "headers", "seconds"),
    [
        (b"<ttl>90</ttl>", {}, 5400), (b"", {"Cache_Control": "public, max-age=1800"}, 1800),
        (b"<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>", {}, 900),
        (b"<ttl>10</ttl>", {"Cache_Control": "max-age=1800"}, 1800), (b"<ttl>999999</ttl>", {}, 86400), (b"", {}, None),
    ],
)  # fmt: skip
def test_what_a_feed_asks_for_is_heard(
    site: Site, client: Client, inside: bytes, headers: dict[str, str], seconds: float | None
) -> None:
    site.say("/feed", RSS.replace(b"<item>", inside + b"<item>", 1), **headers)
    assert fetch(client, site.url()).max_age_seconds == seconds
