"""Reviewed articles as labelled ones, in the format that `score.py` reads."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, exists, select

from claimwire.model import ReviewStatus
from claimwire.warehouse.tables import articles, flagged_items, readings

Row = dict[str, Any]

_SETTLED = (ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED, ReviewStatus.REJECTED, ReviewStatus.DUPLICATE)
_COPIED = (
    *("category", "act", "actor", "addressee", "target", "measure", "asked", "commodity", "quantity", "modality"),
    "attribution",
)
_SPANS = ("period_from", "period_to", "event_from", "event_to")


def iterate_reviewed(connection: Connection) -> Iterator[tuple[Row, list[Row]]]:
    """Articles of which every flagged item is settled, with the items that are claims; articles without text are left.

    An article with one open item is left out: to a scorer a claim that nobody has judged yet would look like none.
    """
    other = flagged_items.alias("other")
    is_open = exists().where(
        other.c.article_id == articles.c.id,
        other.c.review_status.not_in([*map(str, _SETTLED), str(ReviewStatus.WITHDRAWN)]),
    )
    names = ("review_status", "duplicate_of", "evidence", "id", *_COPIED, *_SPANS)
    statement = (
        select(
            articles.c.id.label("article_id"), articles.c.title, articles.c.text, articles.c.language.label("lang"),
            articles.c.published_at, *(flagged_items.c[name] for name in names),
        )
        .join(flagged_items, flagged_items.c.article_id == articles.c.id)
        .where(~is_open, articles.c.text != "", flagged_items.c.review_status.in_(map(str, _SETTLED)))
        .order_by(articles.c.id, flagged_items.c.id)
    )  # fmt: skip
    found = connection.execution_options(yield_per=1000).execute(statement).mappings()
    for _, group in groupby(found, key=lambda row: row["article_id"]):
        rows = [dict(row) for row in group]
        ids = {row["id"] for row in rows}
        yield rows[0], [row for row in rows if _is_claim(row, ids)]


def iterate_read(connection: Connection) -> Iterator[tuple[Row, list[Row]]]:
    """Articles that somebody read blind, with the claims found; most hold none, which no other source tells."""
    statement = (
        select(
            articles.c.id.label("article_id"), articles.c.title, articles.c.text, articles.c.language.label("lang"),
            articles.c.published_at, readings.c.claims,
        )
        .join(readings, readings.c.article_id == articles.c.id)
        .where(readings.c.read_at.is_not(None), articles.c.text != "")
        .order_by(articles.c.id)
    )  # fmt: skip
    for row in connection.execute(statement).mappings():
        yield dict(row), list(row["claims"])


def _is_claim(row: Row, ids_in_article: set[int]) -> bool:
    """A duplicate of another article's claim is a claim here; of the same article's, it was said before."""
    if row["review_status"] == ReviewStatus.DUPLICATE:
        return row["duplicate_of"] not in ids_in_article
    return bool(row["review_status"] != ReviewStatus.REJECTED)
