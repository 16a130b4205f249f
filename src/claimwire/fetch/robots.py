"""robots.txt, asked before an article's page is fetched. Feeds are published to be polled, and are not asked for it."""

import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from claimwire.errors import FetchError
from claimwire.fetch.client import Client

KEPT_FOR = timedelta(days=1)
AGENT = "claimwire"


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows, as read at a time."""

    read_at: datetime
    is_unreachable: bool = False  # RFC 9309, 2.3.1.4: a server that fails is not to be crawled
    robots: Protego | None = None  # None: everything is allowed

    def allows(self, url: str) -> bool:
        """Whether this page may be fetched."""
        if self.is_unreachable:
            return False
        return self.robots is None or bool(self.robots.can_fetch(url, AGENT))

    @property
    def gap_seconds(self) -> float:
        """Rest between requests that the site asks for (`Crawl-delay`), at most a minute."""
        delay = self.robots.crawl_delay(AGENT) if self.robots else None
        return min(float(delay or 0.0), 60.0)


@dataclass(slots=True)
class RobotsCache:
    """Rules by origin, kept for a day."""

    _rules: dict[str, Rules] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def known(self, url: str, now: datetime) -> Rules | None:
        """The rules for a page, where they have been read lately."""
        with self._lock:
            rules = self._rules.get(_origin(url))
        return rules if rules and now - rules.read_at < KEPT_FOR else None

    def read(self, client: Client, url: str, now: datetime) -> Rules:
        """Fetches the rules for a page: one request."""
        rules = _fetch_rules(client, _origin(url), now)
        with self._lock:
            self._rules[_origin(url)] = rules
        return rules


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _fetch_rules(client: Client, origin: str, now: datetime) -> Rules:
    try:
        reply = client.get(f"{origin}/robots.txt", client.limits.robots_bytes)
    except FetchError as error:
        # A file beyond the limit, or one that leads astray, binds nobody; a server that cannot be reached does.
        return Rules(now, is_unreachable=error.outcome in {"unreachable", "dns_failed", "timed_out", "tls_failed"})
    if reply.status >= 500 or reply.status == 429:
        return Rules(now, is_unreachable=True)
    if reply.status >= 400:
        return Rules(now)
    return Rules(now, robots=Protego.parse(reply.body.decode("utf-8", "replace")))
