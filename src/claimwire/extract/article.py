"""An entry, and its page if there is one, turned into an article: clean text with dates, dateline and credit."""

import hashlib
from datetime import UTC, datetime, time, timedelta, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

from claimwire.catalog.calendar import load_calendars
from claimwire.catalog.feeds import Feed
from claimwire.extract.page import Page, extract_page, find_title, is_about
from claimwire.extract.page_date import find_page_date
from claimwire.extract.trim import Copy, trim_copy
from claimwire.model import Article, Entry
from claimwire.text.dates import find_dates
from claimwire.text.language import UNDETERMINED, identify_language
from claimwire.text.newswire import desk_status, desk_version, take_byline

LONGEST_TEXT = 300_000
"""Code points of a text that are read: no dispatch is as long, and a hostile feed's would cost hours further on."""

_calendars = cache(load_calendars)
_GRAVER = ("usable", "embargoed", "corrected", "canceled")


def extract_article(entry: Entry, feed: Feed, page: bytes | None, fetched_at: datetime) -> Article:
    """The article of an entry. Pure: the same input gives the same article.

    Args:
        entry: as the publisher sent it.
        feed: whose boilerplate rules, zone and language hold.
        page: the bytes of the entry's page, or None where it was not fetched or blocked.
        fetched_at: aware UTC, the time of last resort.
    """
    read = extract_page(page, entry.url) if page else Page()
    title = entry.title or find_title(read.markup)
    copy = trim_copy(_best_text(entry, read.text), title, feed)
    language = identify_language(f"{title}\n{copy.text}", entry.language or feed.language)
    published_at, source = _published(entry, feed, read, copy, fetched_at)
    note = " ".join(filter(None, (entry.note, copy.note)))
    return Article(
        id=article_key(feed.key, entry),
        title=title,
        text=copy.text,
        language="" if language == UNDETERMINED else language,
        published_at=published_at,
        published_at_source=source,
        updated_at=entry.updated_at,
        guid=entry.guid or entry.url,
        version=entry.version or desk_version(entry.slug, entry.title),
        status=_status(entry, note),
        url=entry.url,
        feed_key=feed.key,
        publisher=feed.publisher,
        dateline=copy.dateline or entry.dateline,
        byline=take_byline(f"{entry.byline}\n.").byline or entry.byline or copy.byline,
        credit=copy.credit or entry.credit,
        urgency=entry.urgency,
        subjects=entry.subjects,
        keywords=entry.keywords,
        note=note,
        embargoed_until=entry.embargoed_until,
    )


def article_key(feed_key: str, entry: Entry) -> str:
    """Stable key of one version of an entry: the same for the same feed, guid, version and words."""
    parts = (feed_key, entry.guid or entry.url, entry.version, entry.title, entry.text)
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "replace"), digest_size=12).hexdigest()


def _best_text(entry: Entry, from_page: str) -> str:
    """The page's text, unless it is shorter than what the feed sent or about something else: then it was blocked."""
    is_better = len(from_page) > len(entry.text) and is_about(from_page, f"{entry.title} {entry.summary}")
    return (from_page if is_better else entry.text)[:LONGEST_TEXT]


def _status(entry: Entry, note: str) -> str:
    told = desk_status(entry.title, entry.slug, note, entry.text)
    return max(entry.status, told or "usable", key=_GRAVER.index)


def _published(entry: Entry, feed: Feed, page: Page, copy: Copy, fetched_at: datetime) -> tuple[datetime, str]:
    """When, and who says so: the feed, the page, the dateline, or nobody but our clock."""
    if entry.published_at:
        return entry.published_at, "feed"
    zone: tzinfo = ZoneInfo(feed.timezone) if feed.timezone else UTC
    on_page = find_page_date(page.markup, entry.url, zone, fetched_at) if page.markup else None
    if on_page:
        return on_page, "page"
    dated = _dateline_date(copy.dateline or entry.dateline, entry.language or feed.language, zone, fetched_at)
    return (dated, "dateline") if dated else (fetched_at, "fetched")


def _dateline_date(dateline: str, language: str, zone: tzinfo, fetched_at: datetime) -> datetime | None:
    """The day in a dateline, at its beginning; not one still to come."""
    found = find_dates(dateline, language[:2].lower(), fetched_at, _calendars()) if dateline else []
    for mention in found:
        if mention.kind == "day":
            day = datetime.combine(datetime.fromisoformat(mention.value).date(), time(), zone).astimezone(UTC)
            return day if day <= fetched_at + timedelta(days=1) else None
    return None
