"""A web page to its article's text, by trafilatura, with its weaknesses fenced in."""

import html
import re
from collections.abc import Callable
from dataclasses import dataclass

from claimwire.catalog.feeds import Feed
from claimwire.errors import RefusedBytes
from claimwire.text.charset import decode_text
from claimwire.text.guard import refuse_harmful
from claimwire.text.markup import collapse_blanks, html_to_text

MAX_PAGE_BYTES = 2 << 20  # 5.5 MB of paragraphs cost 8.5 s
_TITLE = re.compile(
    r"<meta\b[^>]*?property=[\"']?og:title[\"']?[^>]*?content=(?:\"([^\"]{3,300})\"|'([^']{3,300})')", re.I
)
_TOLD_SHARE = 0.3  # of the words that the feed tells of an article, at least so many stand on its page


@dataclass(frozen=True, slots=True)
class Page:
    """A page's markup as text, and the article found in it; both "" where the page was refused."""

    markup: str = ""
    text: str = ""


def extract_page(page: bytes, url: str = "", content_type: str = "") -> Page:
    """The article's text, one paragraph a line; empty where there is none, or the page would hurt the parser."""
    import trafilatura

    if len(page) > MAX_PAGE_BYTES:
        return Page()
    try:
        refuse_harmful(page, is_html=True)
    except RefusedBytes:
        return Page()
    markup = decode_text(page, content_type)
    try:
        text = trafilatura.extract(markup, url=url or None, fast=True, include_comments=False, include_tables=False)
    except Exception:  # noqa: BLE001  # one hostile page must not end the collection; the feed's text stands in
        return Page()
    return Page(markup, collapse_blanks(text or ""))


def find_title(markup: str) -> str:
    """The headline that a page tells other sites, for entries that came without one."""
    found = _TITLE.search(markup)
    return html_to_text(found[1] or found[2]).replace("\n", " ") if found else ""


def page_if_needed(
    page: bytes | None, feed: Feed, is_closed: Callable[[str], bool], *, is_extracting_all: bool = False
) -> bytes | None:
    """The page if its extraction can pay: None where the gate says that no claim can be in it.

    Extraction costs as much as detecting in two hundred articles, the gate no more than reading the page once. The gate
    sees characters, not entities: a third of the pages of some languages write their accents as `&eacute;`.
    """
    if page is None or is_extracting_all or feed.priority == 1:
        return page
    return None if is_closed(html.unescape(decode_text(page))) else page


def is_about(text: str, told: str) -> bool:
    """Whether a page's text is of what the feed tells: a wall of cookies or captchas has none of its words."""
    words = _shingles(told)
    return not words or len(words & _shingles(text)) >= _TOLD_SHARE * len(words)


def _shingles(text: str) -> set[str]:
    """Words of four letters and more by their beginning, so that inflection does not part them; pairs of CJK signs."""
    words: set[str] = set()
    for word in text.casefold().split():
        plain = "".join(letter for letter in word if letter.isalnum())
        if plain[:1] >= "\u2e80":
            words.update(plain[at : at + 2] for at in range(max(len(plain) - 1, 1)))
        elif len(plain) > 3:
            words.add(plain[:6])
    return words
