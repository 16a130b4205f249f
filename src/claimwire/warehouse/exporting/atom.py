"""Confirmed items as an Atom feed (RFC 4287), for feed readers and other programs."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
from lxml import etree

from claimwire.warehouse.exporting.frames import Row

_ATOM = "http://www.w3.org/2005/Atom"
_NEWEST = 200  # a feed is for what is new; the archive is in the warehouse


def write_atom(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """The newest items, one entry each; gives how many."""
    rows = [row for frame in frames for row in frame.to_dict("records")]
    rows = sorted(rows, key=_changed_at, reverse=True)[:_NEWEST]
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", "urn:claimwire:items")
    _add(feed, "title", "claimwire: confirmed claims")
    _add(feed, "updated", (_changed_at(rows[0]) if rows else datetime(1970, 1, 1, tzinfo=UTC)).isoformat())
    _add(_add(feed, "author"), "name", "claimwire")
    for row in rows:
        _add_entry(feed, row)
    path.write_bytes(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))
    return len(rows)


def _changed_at(row: Row) -> datetime:
    value = row["reviewed_at"] or row["flagged_at"]
    return value if isinstance(value, datetime) else datetime(1970, 1, 1, tzinfo=UTC)


def _add_entry(feed: etree._Element, row: Row) -> None:
    entry = _add(feed, "entry")
    _add(entry, "id", f"urn:claimwire:item:{row['id']}")
    _add(entry, "title", f"{row['category']}, {row['act']}: {row['headline'] or row['evidence']}")
    _add(entry, "updated", _changed_at(row).isoformat())
    if row["published_at"]:
        _add(entry, "published", row["published_at"].isoformat())
    if str(row["url"]).startswith(("https://", "http://")):
        _add(entry, "link").set("href", str(row["url"]))
    for name in ("category", "act", "measure", "modality"):
        _add(entry, "category").set("term", f"{name}:{row[name]}")
    _add(entry, "content", str(row["evidence"])).set("type", "text")
    _add(_add(entry, "author"), "name", str(row["publisher"]) or "unknown")


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    if text is not None:
        child.text = "".join(sign for sign in text if sign in "\t\n\r" or ord(sign) >= 32)
    return child
