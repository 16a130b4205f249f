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
        if line.isspace():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ClaimwireError(f"{name}:{number}: not JSON: {error}") from error
        if not isinstance(row, dict) or "id" not in row:
            raise ClaimwireError(f"{name}:{number}: not an article: an object with id, title and text is needed")
        yield row


def article_of(row: dict[str, Any]) -> Article:
    """The article of a row; ClaimwireError where `published_at` is no date."""
    return Article(
        id=str(row["id"]),
        title=row.get("title") or "",
        text=row.get("text") or "",
        language=row.get("lang") or "",
        published_at=_moment(row),
    )


def _moment(row: dict[str, Any]) -> datetime | None:
    stated = row.get("published_at")
    if not stated:
        return None
    try:
        moment = datetime.fromisoformat(stated)
    except (TypeError, ValueError) as error:
        raise ClaimwireError(f"article {row['id']}: published_at {stated!r} is no ISO date") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
