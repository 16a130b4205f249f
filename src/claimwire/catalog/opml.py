"""OPML 2.0: the lists of feeds that readers exchange."""

import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import get_args

from lxml import etree

from claimwire.catalog.blocks import NewFeed, slug
from claimwire.catalog.feeds import Feed, Kind
from claimwire.errors import ParseError

UNTITLED = "Imported feeds"


def write_opml(feeds: Sequence[Feed]) -> bytes:
    """Feeds with an address as OPML, one folder a publisher; `language` and `key` come along as attributes."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "claimwire feeds"
    body = etree.SubElement(root, "body")
    web = sorted((feed for feed in feeds if feed.url), key=lambda feed: (feed.publisher, feed.key))
    for publisher, members in groupby(web, key=lambda feed: feed.publisher):
        folder = etree.SubElement(body, "outline", text=publisher)
        for feed in members:
            name = feed.title or feed.key
            facts = {"language": feed.language, "key": feed.key, "kind": feed.kind}
            etree.SubElement(folder, "outline", facts, type="rss", text=name, title=name, xmlUrl=feed.url)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def read_opml(raw: bytes, language: str, source: str) -> list[NewFeed]:
    """The feeds of an OPML file; `language` is that of outlines which name none.

    Raises:
        ParseError: it is no OPML.
    """
    # Neither entities nor the network: the file comes from somebody else.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(raw, parser)
    except etree.XMLSyntaxError as error:
        raise ParseError(f"no OPML: {error.msg}") from error
    if root.tag != "opml":
        raise ParseError(f"no OPML: its first element is {str(root.tag)[:40]!r}")
    return [_feed_of(outline, language, source) for outline in _with_address(root)]


def _with_address(root: etree._Element) -> Iterable[etree._Element]:
    return (one for one in root.iter("outline") if (one.get("xmlUrl") or "").startswith(("http://", "https://")))


def _feed_of(outline: etree._Element, language: str, source: str) -> NewFeed:
    parent = outline.getparent()
    folder = parent.get("text", "") if parent is not None and parent.tag == "outline" else ""
    title = outline.get("title") or outline.get("text") or ""
    spoken, kind, key = (outline.get(name, "") for name in ("language", "kind", "key"))
    return NewFeed(
        url=outline.get("xmlUrl", ""),
        publisher=folder or title or UNTITLED,
        language=spoken[:2].lower() if re.match(r"[A-Za-z]{2}\b", spoken) else language,
        source=source,
        key=slug(key) if key else "",
        title=title,
        kind=kind if kind in get_args(Kind) else "newspaper",
    )
