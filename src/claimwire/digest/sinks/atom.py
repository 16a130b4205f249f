"""An Atom feed (RFC 4287) in the outbox: the newest digests of a subscription, for feed readers and other programs."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lxml import etree

from claimwire.digest.sinks.file import write_whole
from claimwire.digest.sinks.port import Outlets, Receipt, Sink, read_parts
from claimwire.warehouse.digests import Stored

ENTRIES = 30
_ATOM = "http://www.w3.org/2005/Atom"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@contextmanager
def open_atom(outlets: Outlets) -> Iterator[Sink]:
    """A sink that keeps `<outbox>/<recipient>.atom.xml`; a digest that stands there already is left as it is."""

    def deliver(stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        if not _NAME.fullmatch(recipient):
            return Receipt("refused", "a feed's name is letters, digits, - and _")
        path = outlets.outbox / f"{recipient}.atom.xml"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, etree.tostring(_feed(path, recipient, stored), xml_declaration=True, encoding="utf-8"))
        except (OSError, etree.XMLSyntaxError) as error:
            return Receipt("failed", f"{path.name} cannot be written: {error}")
        hand_over()  # only now: an entry of the same id replaces itself
        return Receipt("sent", str(path))

    yield deliver


def _feed(path: Path, name: str, stored: Stored) -> etree._Element:
    feed = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM})
    _add(feed, "id", f"urn:claimwire:digests:{name}")
    _add(feed, "title", f"claimwire: {name}")
    _add(feed, "updated", stored.composed_at.isoformat())
    _add(_add(feed, "author"), "name", "claimwire")
    entry = _entry(stored)
    kept = [old for old in _entries(path) if old.findtext(f"{{{_ATOM}}}id") != entry.findtext(f"{{{_ATOM}}}id")]
    feed.extend([entry, *kept][:ENTRIES])
    return feed


def _entries(path: Path) -> list[etree._Element]:
    if not path.exists():
        return []
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return list(etree.parse(path, parser).getroot().findall(f"{{{_ATOM}}}entry"))


def _entry(stored: Stored) -> etree._Element:
    html, text, _ = read_parts(stored)
    entry = etree.Element(f"{{{_ATOM}}}entry", nsmap={None: _ATOM})
    _add(entry, "id", f"urn:claimwire:{stored.message_id.strip('<>')}")
    _add(entry, "title", stored.subject)
    _add(entry, "updated", stored.composed_at.isoformat())
    # Feed readers do not know `cid:`; the picture's alternative text says the same.
    _add(entry, "content", html).set("type", "html")
    _add(entry, "summary", text[:2000])
    return entry


def _add(parent: etree._Element, name: str, text: str | None = None) -> etree._Element:
    child = etree.SubElement(parent, f"{{{_ATOM}}}{name}")
    child.text = text
    return child
