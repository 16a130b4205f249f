"""The tables in words, for people who write SQL: generated from the comments that the database itself carries."""

from collections.abc import Iterable

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql

from claimwire.warehouse.tables import METADATA

FIRST = ("flagged_items", "item_codes", "threads", "thread_steps", "decisions", "articles", "stories")
"""Tables that analysts ask most; the rest follows by name."""

VIEWS = {
    "cap_ledger": "Amounts against each cap: reported, estimated, alleged; by year, by who says so.",
    "article_steps": "Which step of which thread an article tells: its main claim's.",
}


def describe_tables() -> str:
    """Markdown: one heading a table, one row a column."""
    tables = [*(METADATA.tables[name] for name in FIRST), *_rest()]
    views = "\n".join(f"* `{name}`: {gist}" for name, gist in VIEWS.items())
    return "\n".join((*map(_describe, tables), "### Views", "", views, ""))


def _rest() -> Iterable[Table]:
    return (table for name, table in sorted(METADATA.tables.items()) if name not in FIRST)


def _describe(table: Table) -> str:
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    lines = [f"### {table.name}", "", table.comment or "", "", "| column | type | is |", "|---|---|---|"]
    for column in table.columns:
        target = next((f" → `{key.target_fullname}`" for key in column.foreign_keys), "")
        gist = (column.comment or "").replace("|", "\\|")
        lines.append(f"| `{column.name}` | {column.type.compile(dialect).lower()} | {gist}{target} |")
    return "\n".join((*lines, ""))
