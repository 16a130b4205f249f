"""Labelled articles for fitting: the gold, and passages of our own in `own/<lang>-<theme>-<nn>.txt`."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from notation import read_notation

from claimwire.detect.context import Context, SentenceView
from claimwire.detect.library import Library
from claimwire.detect.reading import read_article
from claimwire.detect.reference import resolve_references
from claimwire.model import Article

OWN = Path(__file__).parent / "own"
_DAY = len("2018-07-12")


@dataclass(frozen=True)
class Labelled:
    """An article as detection reads it, with the labelled claims of each of its sentences."""

    row: dict[str, Any]
    context: Context
    labels: tuple[tuple[dict[str, Any], ...], ...]
    is_own: bool = False


def read_corpus(path: Path, library: Library) -> list[Labelled]:
    """Every article of a JSON-lines file."""
    rows = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").split("\n")))
    return [label_row(row, library) for row in rows]


def read_own(library: Library, theme: str = "*") -> list[Labelled]:
    """Our own labelled passages, language by language, of one theme or of all; none is no error."""
    return [
        label_row(row, library, is_own=True)
        for path in sorted(OWN.glob(f"*-{theme}-*.txt"))
        for row in read_notation(path)
    ]


def article_of(row: dict[str, Any]) -> Article:
    """The row of the gold as an article; a date that is no day is taken as the middle of its month."""
    stamp = (row.get("published_at") or "")[:_DAY]
    stamp = f"{stamp}-15" if len(stamp) == len("2018-07") else stamp
    published = datetime.fromisoformat(stamp).replace(tzinfo=UTC) if len(stamp) == _DAY else None
    return Article(
        row["id"], row.get("title") or "", row.get("text") or "", language=row["lang"], published_at=published
    )


def label_row(row: dict[str, Any], library: Library, *, is_own: bool = False) -> Labelled:
    """An article as detection reads it, its claims laid to its sentences by their quotes."""
    row.setdefault("claims", [])
    context = resolve_references(read_article(article_of(row), library))
    labels: list[list[dict[str, Any]]] = [[] for _ in context.views]
    for claim in row["claims"]:
        for field, start, end in _places(row, claim["quote"]):
            at = _best(context.views, field, start, end)
            if at is not None and claim not in labels[at]:
                labels[at].append(claim)
    return Labelled(row, context, tuple(map(tuple, labels)), is_own)


def by_category(labels: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The labels of one sentence by category: each is a scene of its own."""
    told: dict[str, list[dict[str, Any]]] = {}
    for label in labels:
        told.setdefault(label["category"], []).append(label)
    return told


def _places(row: dict[str, Any], quote: str) -> Iterator[tuple[str, int, int]]:
    """Every place of a quote, as (field, start, end)."""
    for field in ("title", "text"):
        body, start = row.get(field) or "", -1
        while quote and (start := body.find(quote, start + 1)) >= 0:
            yield field, start, start + len(quote)


def _best(views: tuple[SentenceView, ...], field: str, start: int, end: int) -> int | None:
    """The sentence that holds most of a stretch."""
    shared = [
        (min(end, view.sentence.end) - max(start, view.sentence.start), -at)
        for at, view in enumerate(views)
        if view.sentence.field == field
    ]
    most, at = max(shared, default=(0, 0))
    return -at if most > 0 else None
