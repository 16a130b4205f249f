"""News sitemaps, for publishers without a feed. Source: sitemaps.org and the news extension of 2009."""

from claimwire.errors import ParseError
from claimwire.model import Entry
from claimwire.parse.reading.wire import Wire
from claimwire.parse.reading.xml import Element, find_text, keywords_of, read_xml
from claimwire.text.times import parse_time


def recognises(wire: Wire) -> bool:
    """Whether the first element is a sitemap's, or that of an index of them."""
    return wire.root in {"urlset", "sitemapindex"}


def read(wire: Wire) -> list[Entry]:
    """Entries of those addresses that carry news tags; they have a title and no text.

    Raises:
        ParseError: for an index, or a sitemap of pages that are not news.
    """
    root = read_xml(wire)
    if root.tag == "sitemapindex":
        listed = find_text(root, "sitemap/loc")
        raise ParseError(
            f"an index of sitemaps, not one: take one of those it lists{', as ' + listed if listed else ''}"
        )
    entries = [_entry(url, news, wire) for url in root.iter("url") for news in url.findall("news")[:1]]
    if not entries and root.find("url") is not None:
        raise ParseError("a sitemap without news tags: it lists pages, not news")
    return entries


def _entry(url: Element, news: Element, wire: Wire) -> Entry:
    location = find_text(url, "loc")
    published_at = parse_time(find_text(news, "publication_date"), wire.zone)
    updated_at = parse_time(find_text(url, "lastmod"), wire.zone)
    return Entry(
        guid=location,
        format="sitemap",
        url=location,
        title=find_text(news, "title"),
        language=find_text(news, "publication/language"),
        published_at=published_at or updated_at,
        updated_at=updated_at,
        keywords=keywords_of(iter(find_text(news, "keywords").split(","))),
    )
