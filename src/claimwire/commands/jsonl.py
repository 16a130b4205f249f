"""Articles and their claims as JSON lines: what `detect --jsonl` and `evaluate` read and write."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from claimwire.errors import ClaimwireError
from claimwire.model import Article


def read_rows(lines: Iterable[bytes], name: str) -> Iterator[dict[str, Any]]:
    """The objects of JSON lines, blank lines left out.

    Raises:
        ClaimwireError: a line is no JSON object with an id; names file and line.
    """
    for number, line in enumerate(lines, 1):
        if not line.isspace():
            yield row_of(line, f"{name}:{number}")


def row_of(line: bytes, place: str) -> dict[str, Any]:
    """The object of one line; ClaimwireError, with its place, where it is none or has no id."""
    try:
        row = json.loads(line)
    except ValueError as error:
        raise ClaimwireError(f"{place}: not JSON: {error}") from error
    if not isinstance(row, dict) or "id" not in row:
        raise ClaimwireError(f"{place}: not an article: an object with id, title and text is needed")
    return row


def article_of(row: dict[str, Any]) -> Article:
    """The article of a row. A `published_at` that is not a whole day or more is as good as none."""
    return Article(
        id=str(row["id"]),
        title=str(row.get("title") or ""),
        text=str(row.get("text") or ""),
        language=str(row.get("lang") or ""),
        published_at=_moment(row.get("published_at")),
    )


def _moment(stated: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(stated)) if stated else None
    except ValueError:  # a month, a year, "yesterday": nothing that a weekday could be counted from
        return None
    return moment.replace(tzinfo=UTC) if moment and not moment.tzinfo else moment
