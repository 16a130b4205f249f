"""Text search over sentences and headlines, in any script, by the trigram index of migration 0013."""

from typing import Any

from sqlalchemy import ColumnElement, column, or_, select, table

_MAX_WORDS = 8
_GRAM = 3  # a shorter word has no trigram and is looked for the slow way

_item_text = table("item_text", column("rowid"))  # SQLite's own kind of table: METADATA cannot know it


def text_conditions(query: str, columns: Any, dialect: str, *, is_narrow: bool = False) -> list[ColumnElement[bool]]:
    """Each word of the query stands in the sentence or the headline, in any case; `is_narrow` as in `conditions`."""
    words = query.replace("\0", "").split()[:_MAX_WORDS]
    indexed = [word for word in words if len(word) >= _GRAM] if dialect == "sqlite" else []
    found = [_contains(word, columns) for word in words if word not in indexed]
    if indexed:
        quoted = " ".join('"{}"'.format(word.replace('"', '""')) for word in indexed)
        matching = select(_item_text.c.rowid).where(_matches(quoted))
        is_one = matching.where(_item_text.c.rowid == columns.id).exists()
        found.append(is_one if is_narrow else looked_up(columns.id, dialect).in_(matching))
    return found


def looked_up(row_id: Any, dialect: str) -> Any:
    """A row's number for a test of membership in a list of matches.

    SQLite would walk the matches one by one and sort them; with `+ 0` it walks the queue's index and looks each row up
    in the list, which is many times faster. PostgreSQL weighs both by itself.
    """
    return row_id + 0 if dialect == "sqlite" else row_id


def _matches(quoted: str) -> ColumnElement[bool]:
    return column("item_text", is_literal=True).op("MATCH", is_comparison=True)(quoted)


def _contains(word: str, columns: Any) -> ColumnElement[bool]:
    return or_(columns.evidence.icontains(word, autoescape=True), columns.headline.icontains(word, autoescape=True))
