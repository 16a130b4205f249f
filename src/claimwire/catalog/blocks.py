"""Writing blocks into `data/feeds/`: for feeds that were discovered or came in an OPML file."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from claimwire.catalog.feeds import load_feeds
from claimwire.errors import CatalogError


@dataclass(frozen=True, slots=True)
class NewFeed:
    """A feed that is not in the catalogue yet; an empty key is made from its host."""

    url: str
    publisher: str
    language: str
    source: str
    key: str = ""
    title: str = ""
    kind: str = "newspaper"
    entries_per_day: float | None = None

    @property
    def host(self) -> str:
        """Lower-case host of the address."""
        return (urlsplit(self.url).hostname or "").lower()


def add_feeds(root: Path, new: Sequence[NewFeed]) -> list[Path]:
    """Writes a block for each feed, into the file of its host or a new one; known addresses are left out.

    Returns:
        The file of each block written.

    Raises:
        CatalogError: the catalogue would not load with them; then nothing has changed.
    """
    known = load_feeds(root)
    urls, keys = {feed.url for feed in known}, {feed.key for feed in known}
    files = _files_by_host(root)
    texts: dict[Path, str] = {}
    written: list[Path] = []
    for feed in new:
        if feed.url in urls:
            continue
        site = feed.host.removeprefix("www.")
        key = _free_key(feed.key or slug(f"{site} {feed.language}"), keys)
        path = files.setdefault(feed.host, root / "feeds" / f"{slug(site)}.yml")
        text = texts.get(path) or (path.read_text(encoding="utf-8") if path.exists() else _head(feed))
        texts[path] = text.rstrip("\n") + "\n" + _block(feed, key)
        written.append(path)
        urls.add(feed.url)
        keys.add(key)
    _write_all(root, texts)
    return written


def slug(text: str) -> str:
    """Lower-case words joined by hyphens, at most 60 characters."""
    return "-".join(re.findall(r"[a-z0-9]+", text.lower()))[:60].strip("-") or "feed"


def _files_by_host(root: Path) -> dict[str, Path]:
    files: dict[str, Path] = {}
    for path in sorted((root / "feeds").glob("*.yml")):
        blocks = yaml.safe_load(path.read_text(encoding="utf-8")).get("feeds", [])
        for host in {urlsplit(block.get("url", "")).hostname for block in blocks}:
            files.setdefault((host or "").lower(), path)
    files.pop("", None)
    return files


def _free_key(wanted: str, taken: Collection[str]) -> str:
    candidate, number = wanted, 2
    while candidate in taken:
        candidate, number = f"{wanted}-{number}", number + 1
    return candidate


def _write_all(root: Path, texts: dict[Path, str]) -> None:
    before = {path: path.read_text(encoding="utf-8") if path.exists() else None for path in texts}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    try:
        load_feeds(root)
    except CatalogError:
        for path, text_before in before.items():
            path.unlink() if text_before is None else path.write_text(text_before, encoding="utf-8")
        raise


def _head(feed: NewFeed) -> str:
    return _dump({"publisher": feed.publisher, "kind": feed.kind, "tier": 3, "source": feed.source}) + "feeds:\n"


def _block(feed: NewFeed, key: str) -> str:
    block: dict[str, Any] = {"key": key, "url": feed.url, "language": feed.language}
    if feed.title:
        block["title"] = feed.title
    if feed.entries_per_day:
        # A fifth of what is usual, and five times as much: wide enough for weekends and big days.
        block["expect"] = {"min": round(feed.entries_per_day / 5, 2), "max": round(feed.entries_per_day * 5, 1)}
    block["confidence"] = "medium"
    lines = _dump(block).splitlines(keepends=True)
    return "".join(("  - " if number == 0 else "    ") + line for number, line in enumerate(lines))


def _dump(value: dict[str, Any]) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=1000))
