"""JSON Feed 1.0 and 1.1. Source: jsonfeed.org."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from claimwire.model import Entry
from claimwire.parse.reading.json import line_in, list_in, text_in, texts_in
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import collapse_blanks, html_to_text
from claimwire.text.times import parse_time


def recognises(wire: Wire) -> bool:
    """Whether the object names JSON Feed as its version."""
    return "jsonfeed.org/version" in text_in(wire.json, "version")


def read(wire: Wire) -> list[Entry]:
    """Entries in the feed's order."""
    items = (item for item in list_in(wire.json, "items") if isinstance(item, Mapping))
    return [_entry(item, wire) for item in items]


def _entry(item: Any, wire: Wire) -> Entry:
    html, plain = text_in(item, "content_html"), text_in(item, "content_text")
    url = text_in(item, "url", "external_url")
    summary = html_to_text(text_in(item, "summary"))
    return Entry(
        guid=text_in(item, "id") or url,
        format="json",
        url=_absolute(url, wire.base_url),
        title=line_in(item, "title"),
        summary=summary,
        text=(html_to_text(html) if html else collapse_blanks(plain)) or summary,
        html=html,
        language=text_in(item, "language") or text_in(wire.json, "language"),
        published_at=parse_time(text_in(item, "date_published") or text_in(item, "date_modified"), wire.zone),
        updated_at=parse_time(text_in(item, "date_modified"), wire.zone),
        byline=", ".join(_authors(item) or _authors(wire.json)),
        keywords=tuple(dict.fromkeys(texts_in(item, "tags"))),
    )


def _absolute(url: str, base: str) -> str:
    try:
        return urljoin(base, url) if url else ""
    except ValueError:  # a bracket that opens no IPv6 address
        return url


def _authors(holder: Any) -> list[str]:
    return [name for key in ("authors", "author") for name in texts_in(holder, key, "name")]
