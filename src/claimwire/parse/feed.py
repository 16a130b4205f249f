"""RSS 0.9x, 1.0 and 2.0, Atom 0.3 and 1.0, RDF and CDF: whatever feedparser reads.

feedparser gets bytes only (a string would be fetched as an address or opened as a file), its sanitiser off, since
nothing here is ever shown raw and it is the half of its cost.
"""

import calendar
import io
import pyexpat
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import feedparser

from claimwire.errors import ParseError
from claimwire.model import Entry
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import collapse_blanks, html_to_text
from claimwire.text.times import has_zone, in_zone

if pyexpat.version_info < (2, 4, 0):  # older ones expand entities without a limit
    raise ImportError(f"{pyexpat.EXPAT_VERSION} lets XML bombs through; claimwire needs expat 2.4 or later")

_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_PLAIN = "text/plain"
_NAMES = ("urn:", "tag:", "uuid:")  # feedparser takes an entry's id for its link where it has no other


def recognises(wire: Wire) -> bool:
    """Whether the first element is a feed's."""
    return wire.root.lower() in _ROOTS


def read(wire: Wire) -> list[Entry]:
    """Entries in the feed's order; a feed without any gives none.

    Raises:
        ParseError: where feedparser finds no feed at all.
    """
    headers = {"content-type": wire.content_type, "content-location": wire.base_url}
    feed = feedparser.parse(
        io.BytesIO(wire.body),
        response_headers={name: value for name, value in headers.items() if value},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not (feed.get("version") or feed.entries or recognises(wire)):
        raise ParseError("no feed in these bytes")
    family = (feed.get("version") or wire.root or "rss").lower()
    name = next((known for known in ("atom", "rdf", "cdf") if known in family or wire.root.lower() == known), "rss")
    return [_entry(raw, feed.feed, name, wire) for raw in feed.entries]


def _entry(raw: Any, feed: Any, name: str, wire: Wire) -> Entry:
    content = next((part for part in raw.get("content", ()) if part.get("value")), None)
    detail = raw.get("summary_detail") or {}
    summary = _plain(raw.get("summary"), detail.get("type"))
    link = raw.get("link") or ""
    url = "" if link.startswith(_NAMES) else link
    updated_at = _time(raw, "updated", wire)
    published_at = _time(raw, "published", wire) or _time(raw, "created", wire) or updated_at
    return Entry(
        guid=raw.get("id") or link,
        format=name,
        url=url,
        title=" ".join(_plain(raw.get("title"), (raw.get("title_detail") or {}).get("type")).split()),
        summary=summary,
        text=_plain(content.value, content.get("type")) if content else summary,
        html=content.value if content else raw.get("summary") or "",
        language=_language(raw, content, feed),
        published_at=published_at,
        updated_at=updated_at,
        byline=" ".join((raw.get("author") or "").split()),
        credit=_credit(raw),
        keywords=tuple(dict.fromkeys(_tags(raw))),
    )


def _plain(value: str | None, kind: str | None) -> str:
    return collapse_blanks(value or "") if kind == _PLAIN else html_to_text(value or "")


def _language(raw: Any, content: Any, feed: Any) -> str:
    """The nearest `xml:lang`, else the feed's own."""
    details = (content or {}, raw.get("title_detail") or {}, raw.get("summary_detail") or {}, feed)
    return next((str(detail["language"]) for detail in details if detail.get("language")), "")


def _credit(raw: Any) -> str:
    given = raw.get("media_credit") or []
    named = [credit.get("content") or "" for credit in given if isinstance(credit, dict)]
    return next((name.strip() for name in named if name.strip()), "") or (raw.get("source") or {}).get("title") or ""


def _tags(raw: Any) -> Iterator[str]:
    for tag in raw.get("tags") or ():
        label = tag.get("label") or tag.get("term")
        if label and label.strip():
            yield label.strip()


def _time(raw: Any, name: str, wire: Wire) -> datetime | None:
    """The time as feedparser read it, moved from UTC to the wire's zone where the feed named none."""
    # Its mapping answers "updated" with "published" where the former is missing: ask for the key itself.
    parsed = dict.get(raw, f"{name}_parsed")
    if not parsed:
        return None
    try:
        moment = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if wire.zone is UTC or has_zone(str(dict.get(raw, name))) else in_zone(moment, wire.zone)
