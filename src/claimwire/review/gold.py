"""Labelled articles from decisions and readings: one JSON object a line, as `score.py` reads them."""

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from claimwire.review.shown import span
from claimwire.warehouse.desk_gold import iterate_read, iterate_reviewed

_PLAIN = (
    *("category", "act", "actor", "addressee", "target", "measure", "asked", "commodity", "quantity", "modality"),
    "attribution",
)


def gold_lines(connection: Connection) -> Iterator[str]:
    """One line an article, by id; a blind reading wins over decisions, for it covers the whole article."""
    done: set[int] = set()
    for article, claims in iterate_read(connection):
        done.add(article["article_id"])
        yield _line(article, claims)
    for article, items in iterate_reviewed(connection):
        if article["article_id"] not in done:
            yield _line(article, [_claim(item) for item in items])


def _line(article: dict[str, Any], claims: list[dict[str, Any]]) -> str:
    published_at = article["published_at"]
    row = {
        "id": f"{article['lang'] or 'und'}/claimwire:{article['article_id']}",
        "lang": article["lang"] or "und",
        "published_at": published_at.date().isoformat() if published_at else None,
        "title": article["title"],
        "text": article["text"],
        "claims": claims,
    }
    return json.dumps(row, ensure_ascii=False)


def _claim(item: dict[str, Any]) -> dict[str, Any]:
    days = {
        "period": span(item["period_from"], item["period_to"]) or None,
        "event_date": span(item["event_from"], item["event_to"]) or None,
    }
    return {"quote": item["evidence"], **{name: item[name] for name in _PLAIN}, **days}
