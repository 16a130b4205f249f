"""Bytes to entries, one module a wire format.

To add a format, write `parse/<format>.py` with `recognises` and `read`, and put its line into `FORMATS`.
"""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from types import ModuleType

from claimwire.errors import ParseError, RefusedBytes
from claimwire.model import Entry
from claimwire.parse import feed
from claimwire.parse.reading.wire import MAX_BYTES, Wire
from claimwire.text.guard import refuse_harmful

FORMATS: Mapping[str, ModuleType] = {
    "feed": feed,
}
"""Name → module with `recognises(wire) -> bool` and `read(wire) -> list[Entry]`; the first that recognises reads."""


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
    refuse_harmful(body if b"<" in body and b"\0" not in body[:200] else wire.text.encode("utf-8", "replace"))
    if is_web_page(wire):
        raise ParseError("a web page, not a feed: the address may have moved, or a wall stands before it")
    reader = next((module for module in FORMATS.values() if module.recognises(wire)), feed)
    entries: list[Entry] = reader.read(wire)
    return entries


def is_web_page(wire: Wire) -> bool:
    """Whether the bytes are HTML in place of a feed."""
    return wire.root.lower() == "html" or wire.head[:15].lower() == "<!doctype html>"
