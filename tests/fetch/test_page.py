from datetime import timedelta

import pytest

from claimwire.fetch.client import Client
from claimwire.fetch.page import fetch_page
from claimwire.fetch.robots import RobotsCache
from claimwire.model import Outcome

from .site import NOW, Site

ROBOTS = b"""\
User-agent: otherbot
Disallow: /

User-agent: *
Crawl-delay: 2.5
Disallow: /private
Allow: /private/open
Disallow: /*.pdf$
"""


def test_a_page_comes_in_utf8_whatever_it_was_sent_in(site: Site, client: Client) -> None:
    site.say("/page", "<html><p>Гавань открыта</p></html>".encode("cp1251"), Content_Type="text/html; charset=cp1251")
    page = fetch_page(client, "wire", site.url("/page"), NOW)
    assert page.outcome is Outcome.NEW
    assert page.body is not None
    assert "Гавань открыта" in page.body.decode()


@pytest.mark.parametrize(
    ("body", "status", "kind", "outcome"),
    [
        (b"%PDF", 200, "application/pdf", Outcome.REFUSED_BYTES), (b" ", 200, "text/html", Outcome.EMPTY),
        (b"x", 403, "text/html", Outcome.UNAUTHORISED), (b"x" * ((2 << 20) + 1), 200, "text/html", Outcome.TOO_LARGE),
        (b"<p>", 200, "application/xhtml+xml", Outcome.NEW), (b"<p>", 200, "", Outcome.NEW),
    ],
)  # fmt: skip
def test_how_a_page_ends(site: Site, client: Client, body: bytes, status: int, kind: str, outcome: Outcome) -> None:
    site.say("/page", body, status, Content_Type=kind)
    assert fetch_page(client, "wire", site.url("/page"), NOW).outcome is outcome


def test_links_of_entries_lead_to_no_private_address(client: Client) -> None:
    for url in ("http://10.0.0.1/", "http://169.254.169.254/", "file:///etc/passwd", "http://127.0.0.2:9/"):
        assert fetch_page(client, "wire", url, NOW).outcome is Outcome.BLOCKED_ADDRESS


@pytest.mark.parametrize(
    ("path", "is_allowed"),
    [("/news", True), ("/private/x", False), ("/private/open/x", True), ("/a.pdf", False), ("/a.pdf?x", True)],
)
def test_robots_rules_are_kept(site: Site, client: Client, path: str, is_allowed: bool) -> None:
    site.say("/robots.txt", ROBOTS)
    rules = RobotsCache().read(client, site.url(path), NOW)
    assert rules.allows(site.url(path)) is is_allowed
    assert rules.gap_seconds == 2.5


@pytest.mark.parametrize(("status", "is_allowed"), [(404, True), (403, True), (500, False), (503, False), (429, False)])
def test_a_site_without_rules_allows_and_one_in_trouble_does_not(
    site: Site, client: Client, status: int, is_allowed: bool
) -> None:
    site.say("/robots.txt", b"no", status)
    assert RobotsCache().read(client, site.url("/x"), NOW).allows(site.url("/x")) is is_allowed


def test_rules_beyond_the_limit_bind_nobody(site: Site, client: Client) -> None:
    site.say("/robots.txt", b"User-agent: *\n" + b"Disallow: /x\n" * 50_000)
    assert RobotsCache().read(client, site.url("/x"), NOW).allows(site.url("/x"))


def test_rules_are_known_for_a_day(site: Site, client: Client) -> None:
    site.say("/robots.txt", ROBOTS)
    cache = RobotsCache()
    assert cache.known(site.url("/a"), NOW) is None
    cache.read(client, site.url("/a"), NOW)
    assert cache.known(site.url("/b"), NOW + timedelta(hours=23)) is not None
    assert cache.known(site.url("/b", host="localhost"), NOW) is None
    assert cache.known(site.url("/b"), NOW + timedelta(hours=24)) is None
