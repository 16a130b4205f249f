"""Trying feeds out without keeping anything: `claimwire feeds check` and `add`."""

import re
import threading
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

from lxml import etree, html

from claimwire.catalog.feeds import MANY, Feed
from claimwire.errors import FetchError, NotFound, ParseError
from claimwire.fetch.client import Client, Reply
from claimwire.fetch.feed import ACCEPT
from claimwire.fetch.round import Catch
from claimwire.fetch.state import FeedState
from claimwire.model import Entry, Outcome
from claimwire.parse import parse_entries
from claimwire.text.charset import decode_text
from claimwire.text.guard import refuse_harmful
from claimwire.text.language import identify_language

STALE = timedelta(days=30)
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml")
USUAL_PATHS = ("/feed", "/rss", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml")
CANDIDATES = 6


@dataclass(slots=True)
class Prober:
    """A desk that wants no page and keeps nothing but the catches themselves."""

    catches: list[Catch] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def wants(self, feed: Feed, entries: Sequence[Entry]) -> Collection[str]:  # noqa: ARG002
        """No page."""
        return ()

    def keep(self, catch: Catch) -> FeedState:
        """Notes what came; the state stays as it was."""
        with self._lock:
            self.catches.append(catch)
        return catch.state


def find_faults(catch: Catch, now: datetime) -> list[str]:
    """What is wrong with a feed, as far as one fetch can tell; empty where nothing is."""
    response, entries = catch.response, catch.entries
    if response.outcome is not Outcome.NEW:
        return [f"{response.outcome}: {response.message}"]
    faults = [f"has moved for good to {response.moved_to}"] if response.moved_to else []
    dates = [entry.published_at for entry in entries if entry.published_at]
    if len(dates) < len(entries) / 2:
        faults.append(f"{len(entries) - len(dates)} of {len(entries)} entries have no date")
    elif now - max(dates) > STALE:
        faults.append(f"its newest entry is of {max(dates):%Y-%m-%d}")
    if sum(date > now + timedelta(hours=1) for date in dates) > len(dates) / 20:
        faults.append("has dates in the future: mend `timezone`")
    spoken = language_of(entries, catch.feed.language)
    if catch.feed.language not in {spoken, MANY}:
        faults.append(f"is in '{spoken}', not in '{catch.feed.language}'")
    if catch.feed.format not in {None, entries[0].format}:
        faults.append(f"comes as {entries[0].format}, not as {catch.feed.format}")
    if not any(entry.url or entry.text for entry in entries):
        faults.append("its entries have neither link nor text")
    return faults


def language_of(entries: Sequence[Entry], hint: str = "") -> str:
    """The language that most entries are in."""
    counts = Counter(identify_language(f"{entry.title}\n{entry.summary}"[:2000], hint) for entry in entries[:20])
    return counts.most_common(1)[0][0] if counts else hint


def entries_per_day(entries: Sequence[Entry]) -> float | None:
    """How many entries a day the dates of a feed show; None where they show nothing."""
    dates = sorted(entry.published_at for entry in entries if entry.published_at)
    if len(dates) < 3 or dates[-1] == dates[0]:
        return None
    return (len(dates) - 1) / ((dates[-1] - dates[0]).total_seconds() / 86400)


@dataclass(frozen=True, slots=True)
class Discovery:
    """A feed that was found behind an address."""

    url: str
    title: str
    entries: tuple[Entry, ...]


def discover_feed(client: Client, url: str) -> Discovery:
    """The feed at an address, or the first sound one that the page there names or that stands in a usual place.

    Raises:
        FetchError: the address itself cannot be fetched.
        NotFound: no feed behind it.
    """
    reply = client.get(url, client.limits.feed_bytes, lambda _: {"Accept": ACCEPT})
    if found := _as_feed(reply):
        return found
    for candidate in _candidates(reply)[:CANDIDATES]:
        try:
            found = _as_feed(client.get(candidate, client.limits.feed_bytes, lambda _: {"Accept": ACCEPT}))
        except FetchError:
            continue
        if found:
            return found
    raise NotFound(f"no feed at {url} nor behind it: look for one on the site and give its own address")


def _as_feed(reply: Reply) -> Discovery | None:
    if reply.status != 200:
        return None
    try:
        entries = parse_entries(reply.body, reply.headers.get("content-type", ""), reply.url)
    except ParseError:
        return None
    return Discovery(reply.url, _title_of(reply), tuple(entries)) if entries else None


def _title_of(reply: Reply) -> str:
    text = decode_text(reply.body[:8192], reply.headers.get("content-type", ""))
    found = re.search(r"<title[^>]*>\s*(?:<!\[CDATA\[)?([^<\]]{1,200})", text)
    return " ".join(found[1].split()) if found else ""


def _candidates(reply: Reply) -> list[str]:
    """Addresses that may be a feed: named by the page, then those that look like one; else the usual places."""
    usual = [urljoin(reply.url, path) for path in USUAL_PATHS]
    try:
        refuse_harmful(reply.body)
        page = html.document_fromstring(decode_text(reply.body, reply.headers.get("content-type", "")))
    except (ParseError, etree.LxmlError, ValueError):
        return usual
    named = [link.get("href", "") for link in page.iter("link") if (link.get("type") or "").lower() in FEED_TYPES]
    looks_like_one = re.compile(r"(rss|atom|feed)[^/]*/?$|\.(rss|xml|rdf)$", re.IGNORECASE)
    linked = [link.get("href", "") for link in page.iter("a") if looks_like_one.search(link.get("href") or "")]
    return list(dict.fromkeys(urljoin(reply.url, href) for href in (*named, *linked) if href)) or usual
