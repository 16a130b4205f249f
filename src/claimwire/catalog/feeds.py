"""The catalogue of feeds: `data/feeds/*.yml`, one publisher a file.

What stands at the top of a file holds for all feeds of its publisher; a `Feed` is that plus one block of `feeds:`.
"""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from claimwire.catalog.strict import Strict, load_strict
from claimwire.errors import CatalogError

Kind = Literal["agency", "broadcaster", "newspaper", "official", "trade_press", "law", "sample"]
Format = Literal[
    "rss", "atom", "rdf", "json", "sitemap", "newsml_g2", "newsml_1", "nitf", "ninjs", "iptc_7901", "anpa", "ap_json"
]

ELLIPSIS = 120

MANY = "mul"
"""The language of a feed that carries several (ISO 639-2)."""


def _known_zone(name: str) -> str:
    if name:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError) as error:
            raise ValueError(f"no time zone is called {name!r}") from error
    return name


def _has_host(url: str) -> str:
    if url and not urlsplit(url).hostname:
        raise ValueError(f"no host in {url!r}")
    return url


class Expect(Strict):
    """How many new items a day are usual; outside of the band somebody should look."""

    min: float | None = Field(default=None, ge=0)
    max: float | None = Field(default=None, gt=0)


class Credentials(Strict):
    """How a feed lets us in. The secret itself stands in the environment, under the name `env`.

    `basic` wants `user:password` there, `header` the value of `header`, `cookie` a whole Cookie line.
    """

    kind: Literal["basic", "header", "cookie"]
    env: str = Field(pattern=r"^[A-Z][A-Z0-9_]+$")
    header: str = Field(default="Authorization", pattern=r"^[A-Za-z0-9-]+$")


class Carrier(Strict):
    """Who publishes: what holds for each of its feeds."""

    publisher: str = Field(min_length=1)
    family: str = ""  # publishers of one house count as one origin
    country: str = Field(default="", pattern=r"^([A-Z]{2,3})?$")
    kind: Kind
    tier: int = Field(default=2, ge=1, le=4)  # trust: 1 agencies and official sources … 4 rumour
    state_media: bool = False  # its words are that state's claim
    timezone: Annotated[str, AfterValidator(_known_zone)] = ""  # of dates that carry none
    boilerplate: tuple[str, ...] = ()  # phrases to cut: see `boilerplate_pattern`
    source: str = Field(min_length=1)  # where this file's facts come from


class Address(Strict):
    """One feed of a publisher: where it is, how often to look, what it should yield."""

    key: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)
    title: str = ""
    url: Annotated[str, AfterValidator(_has_host)] = Field(default="", pattern=r"^(https?://\S+)?$")
    folder: str = ""
    mode: Literal["pick", "read"] = "pick"  # pick: files are archived once read; read: they stay (packaged samples)
    format: Format | None = None
    language: str = Field(pattern=r"^([a-z]{2}|mul)$")  # ISO 639-1, or MANY
    topics: tuple[str, ...] = ()
    priority: int = Field(default=2, ge=1, le=3)
    interval_minutes: int = Field(default=60, ge=5, le=1440)
    expect: Expect = Expect()
    content: Literal["full", "summary", "headline"] = "summary"
    access: Literal["open", "metered", "paywall", "geo_blocked", "bot_protected"] = "open"
    credentials: Credentials | None = None
    confidence: Literal["high", "medium", "low"] = "medium"
    is_enabled: bool = True
    notes: str = ""

    @model_validator(mode="after")
    def _one_place(self) -> "Address":
        if bool(self.url) == bool(self.folder):
            raise ValueError("a feed has either a url or a folder")
        return self

    @property
    def host(self) -> str:
        """Lower-case host of the address; empty for a folder."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def is_page_needed(self) -> bool:
        """Whether the article's text must be fetched from its page."""
        return not self.folder and self.content != "full"


class Feed(Carrier, Address):
    """One feed with all that is known of its publisher."""


class PublisherFile(Carrier):
    """One file of `data/feeds/`."""

    feeds: tuple[Address, ...] = Field(min_length=1)

    def flatten(self) -> Iterable[Feed]:
        """Each block with the publisher's facts."""
        facts = self.model_dump(exclude={"feeds"})
        return (Feed.model_validate(facts | block.model_dump()) for block in self.feeds)


def load_feeds(root: Path) -> list[Feed]:
    """Every feed of `root/feeds/*.yml`, enabled or not, in the order of the files' names.

    Raises:
        CatalogError: for the first fault, with file, key and line; keys and addresses are unique over all files.
    """
    feeds: list[Feed] = []
    seen: dict[str, str] = {}
    for path in sorted((root / "feeds").glob("*.yml")):
        for number, feed in enumerate(load_strict(path, PublisherFile).flatten()):
            for name in (feed.key, feed.url or feed.folder):
                if name in seen:
                    raise CatalogError(path, f"{name} stands in {seen[name]} too", key=f"feeds.{number}")
                seen[name] = path.name
            feeds.append(feed)
    return feeds


def boilerplate_pattern(feed: Feed) -> re.Pattern[str] | None:
    """One pattern over all phrases that the publisher puts into every text; None where it has none.

    A phrase is cut where it ends a line. One with … (up to `ELLIPSIS` characters) is cut where it is a whole line: a
    summary that has run together with its boilerplate must not go with it.
    """
    if not feed.boilerplate:
        return None
    return re.compile("|".join(map(_phrase_pattern, feed.boilerplate)), re.MULTILINE)


def _phrase_pattern(phrase: str) -> str:
    body = rf"[^\n]{{0,{ELLIPSIS}}}?".join(map(re.escape, phrase.split("…")))
    return ("^" if "…" in phrase else r"(?:^|(?<=\s))") + body + r"[ \t]*$"
