"""Text search over sentences and headlines, in any script."""

from typing import Any

from sqlalchemy import ColumnElement, or_

_MAX_WORDS = 8


def text_conditions(query: str, columns: Any, dialect: str) -> list[ColumnElement[bool]]:
    """One condition a word: it stands in the sentence or the headline, in any case."""
    del dialect
    return [
        or_(columns.evidence.icontains(word, autoescape=True), columns.headline.icontains(word, autoescape=True))
        for word in query.replace("\0", "").split()[:_MAX_WORDS]
    ]
