"""An entry, and its page if there is one, turned into an article: clean text with dates, dateline and credit."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from claimwire.catalog.feeds import Feed, boilerplate_pattern
from claimwire.extract.page import extract_page
from claimwire.model import Article, Entry
from claimwire.text.language import UNDETERMINED, identify_language
from claimwire.text.markup import collapse_blanks


def extract_article(entry: Entry, feed: Feed, page: bytes | None, fetched_at: datetime) -> Article:
    """The article of an entry. Pure: the same input gives the same article.

    Args:
        entry: as the publisher sent it.
        feed: whose boilerplate rules and language hold.
        page: the bytes of the entry's page, or None where it was not fetched or blocked.
        fetched_at: aware UTC, the time of last resort.
    """
    text = _best_text(entry, page)
    pattern = boilerplate_pattern(feed)
    text = collapse_blanks(pattern.sub("", text) if pattern else text)
    language = identify_language(f"{entry.title}\n{text}", entry.language or feed.language)
    return Article(
        id=article_key(feed.key, entry),
        title=entry.title,
        text=text,
        language="" if language == UNDETERMINED else language,
        published_at=entry.published_at or fetched_at,
        published_at_source="feed" if entry.published_at else "fetched",
        updated_at=entry.updated_at,
        guid=entry.guid or entry.url,
        version=entry.version,
        status=entry.status,
        url=entry.url,
        feed_key=feed.key,
        publisher=feed.publisher,
        dateline=entry.dateline,
        byline=entry.byline,
        credit=entry.credit,
        urgency=entry.urgency,
        subjects=entry.subjects,
        keywords=entry.keywords,
        note=entry.note,
        embargoed_until=entry.embargoed_until,
    )


def article_key(feed_key: str, entry: Entry) -> str:
    """Stable key of one version of an entry: the same for the same feed, guid, version and words."""
    parts = (feed_key, entry.guid or entry.url, entry.version, entry.title, entry.text)
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def page_if_needed(
    page: bytes | None, feed: Feed, is_closed: Callable[[bytes], bool], *, is_extracting_all: bool = False
) -> bytes | None:
    """The page if its extraction can pay: None where the gate says that no claim can be in it.

    Extraction is the dearest step (a page costs as much as detecting in 200 articles), the gate a scan of raw bytes.
    """
    if page is None or is_extracting_all or feed.priority == 1:
        return page
    return None if is_closed(page) else page


def _best_text(entry: Entry, page: bytes | None) -> str:
    """The page's text, unless it is blocked, broken or shorter than what the feed sent."""
    from_page = extract_page(page, entry.url) if page else ""
    return from_page if len(from_page) > len(entry.text) else entry.text
