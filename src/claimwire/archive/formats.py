"""Old news as files: JSON lines, Parquet and WARC, each a stream of (row number, article or what is wrong with it)."""

import gzip
import io
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO

from claimwire.catalog.feeds import Feed
from claimwire.errors import ParseError
from claimwire.extract.article import extract_article
from claimwire.extract.page import MAX_PAGE_BYTES
from claimwire.model import Article, Entry
from claimwire.text.language import identify_language

Row = tuple[int, Article | str]
"""A row's number from 1, and its article, or the problem in words."""

BATCH = 500


def read_jsonl(file: BinaryIO, feed: Feed, now: datetime) -> Iterator[Row]:
    """One JSON object a line: `title` and `text`, and whatever else of an article is known."""
    for number, line in enumerate(file, 1):
        try:
            yield number, article_of(json.loads(line), feed, now)
        except (ValueError, ParseError) as error:
            yield number, f"line {number}: {error}"


def read_parquet(file: BinaryIO, feed: Feed, now: datetime) -> Iterator[Row]:
    """A table with the same names as columns, read a batch at a time.

    Raises:
        ParseError: the file is no Parquet; a row that cannot be read comes as its problem in words.
    """
    import pyarrow as arrow
    from pyarrow import parquet

    try:
        table = parquet.ParquetFile(file)
    except arrow.ArrowInvalid as error:
        raise ParseError(f"not a Parquet file: {error}") from error
    number = 0
    for batch in table.iter_batches(batch_size=BATCH):
        for row in batch.to_pylist():
            number += 1
            try:
                yield number, article_of(row, feed, now)
            except ParseError as error:
                yield number, f"row {number}: {error}"


def read_warc(file: BinaryIO, feed: Feed, now: datetime) -> Iterator[Row]:
    """Web pages as a crawler stored them; what is no page of HTML is passed over.

    Raises:
        ParseError: the file is no WARC, or breaks off.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    try:
        for stored in ArchiveIterator(file):
            is_page = stored.rec_type == "response" and "html" in (stored.http_headers.get_header("Content-Type") or "")
            if not is_page:
                continue
            number += 1
            url = stored.rec_headers.get_header("WARC-Target-URI") or ""
            entry = Entry(guid=url, format="warc", url=url, published_at=None)
            article = extract_article(entry, feed, stored.content_stream().read(MAX_PAGE_BYTES + 1), now)
            yield number, article if article.text else f"page {number}: no text in {url[:200]}"
    except ArchiveLoadFailed as error:
        raise ParseError(f"not a WARC file, or cut off after page {number}: {error}") from error


FORMATS: dict[str, Callable[[BinaryIO, Feed, datetime], Iterator[Row]]] = {
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".parquet": read_parquet,
    ".warc": read_warc,
}
"""What a file is, by the end of its name; `.gz` behind it is unpacked on the way."""


def format_of(name: str) -> str:
    """The key of `FORMATS` that fits a file's name; "" where none does."""
    plain = name.lower().removesuffix(".gz")
    return next((end for end in FORMATS if plain.endswith(end)), "")


def unpacked(file: BinaryIO, name: str) -> BinaryIO:
    """The file itself, or what a `.gz` unpacks to; WARC readers unpack for themselves, member by member."""
    if name.lower().endswith(".gz") and format_of(name) != ".warc":
        return io.BufferedReader(gzip.GzipFile(fileobj=file))
    return file


def article_of(row: Any, feed: Feed, now: datetime) -> Article:
    """An article of one row's values.

    Raises:
        ParseError: it is no object, or has neither title nor text, or a date that cannot be read.
    """
    if not isinstance(row, dict):
        raise ParseError("not an object with title and text")
    title, text = str(row.get("title") or ""), str(row.get("text") or "")
    guid = str(row.get("id") or row.get("guid") or row.get("url") or "")
    if not guid or not (title or text):
        raise ParseError("needs an id (or url), and a title or a text")
    published_at = _time_of(row.get("published_at"))
    language = str(row.get("lang") or row.get("language") or "")
    return Article(
        id=guid,
        guid=guid,
        title=title,
        text=text,
        language=language or identify_language(f"{title}\n{text}"),
        published_at=published_at or now,
        published_at_source="feed" if published_at else "fetched",
        feed_key=feed.key,
        publisher=str(row.get("publisher") or feed.publisher),
        url=str(row.get("url") or ""),
        byline=str(row.get("byline") or ""),
        credit=str(row.get("credit") or ""),
        dateline=str(row.get("dateline") or ""),
    )


def _time_of(value: Any) -> datetime | None:
    if value in (None, ""):
        return None
    try:
        time = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).replace("Z", "+00:00"))
    except ValueError as error:
        raise ParseError(f"published_at {str(value)[:40]!r} is not an ISO date") from error
    return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
