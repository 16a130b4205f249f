"""Bytes to entries, one module a wire format.

To add a format, write `parse/<format>.py` with `recognises` and `read`, and put its line into `FORMATS`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, tzinfo
from types import ModuleType

from claimwire.errors import ParseError, RefusedBytes
from claimwire.model import Entry
from claimwire.parse import anpa, ap_json, feed, iptc_7901, json_feed, newsml_1, newsml_g2, ninjs, nitf, sitemap
from claimwire.parse.reading.wire import MAX_BYTES, Wire
from claimwire.text.charset import readings
from claimwire.text.guard import refuse_harmful
from claimwire.text.language import UNDETERMINED, identify_language
from claimwire.text.newswire import desk_status, desk_version

FORMATS: Mapping[str, ModuleType] = {
    "feed": feed,
    "json_feed": json_feed,
    "sitemap": sitemap,
    "newsml_g2": newsml_g2,
    "newsml_1": newsml_1,
    "nitf": nitf,
    "ap_json": ap_json,
    "ninjs": ninjs,
    "anpa": anpa,
    "iptc_7901": iptc_7901,
}
"""Name → module with `recognises(wire) -> bool` and `read(wire) -> list[Entry]`; the first that recognises reads."""


_FOR_READERS = (feed, json_feed, sitemap)  # made for the public: no desk speaks in them to another


def parse_entries(body: bytes, content_type: str = "", base_url: str = "", zone: tzinfo | None = None) -> list[Entry]:
    """Entries of a response or a delivered file, in its order; the format is told from the bytes alone.

    Args:
        body: the bytes as they came, at most 15 MiB.
        content_type: the header, for its charset.
        base_url: where the bytes came from; relative links are resolved against it.
        zone: the feed's zone, for times that name none; UTC where nobody said, as feedparser takes it.

    Raises:
        ParseError: not a format we know, or broken beyond repair.
        RefusedBytes: bytes that would hurt a parser, refused before one saw them.
    """
    if len(body) > MAX_BYTES:
        raise RefusedBytes(f"{len(body):,} bytes, more than {MAX_BYTES:,}: refused unread")
    if not body.strip():
        raise ParseError("no bytes: an empty file or response")
    wire = Wire(body, content_type, base_url, zone or UTC)
    for reading in readings(body, content_type):
        refuse_harmful(reading)
    if is_web_page(wire):
        raise ParseError("a web page, not a feed: the address may have moved, or a wall stands before it")
    reader = next((module for module in FORMATS.values() if module.recognises(wire)), feed)
    try:
        entries: list[Entry] = reader.read(wire)
    except ParseError:
        raise
    except Exception as error:  # libraries fail in many ways on hostile bytes; one bad file is one bad outcome
        raise ParseError(f"broken beyond repair: {type(error).__name__}: {error}") from error
    return entries if reader in _FOR_READERS else [_with_desk_marks(entry) for entry in entries]


def _with_desk_marks(entry: Entry) -> Entry:
    """The entry with what the desk wrote in words and not in codes, and a language where the format has none."""
    marked = desk_status(entry.title, entry.slug, entry.note, entry.text)
    is_graver = marked == "canceled" or entry.status == "usable"
    return replace(
        entry,
        status=marked if marked and is_graver else entry.status,
        version=entry.version or desk_version(entry.slug, entry.title),
        language=entry.language or identify_language(f"{entry.title}\n{entry.text}").removeprefix(UNDETERMINED),
    )


def is_web_page(wire: Wire) -> bool:
    """Whether the bytes are HTML in place of a feed."""
    return wire.root.lower() == "html" or wire.head[:15].lower() == "<!doctype html>"
