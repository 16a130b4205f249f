"""What several commands show alike: the table of flagged items."""

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Engine, func, select

from claimwire.warehouse.tables import flagged_items

COLUMNS = ("claim", "who → whom | against", "evidence", "source")


LONGEST = 140  # code points of a sentence; the rest stands in the warehouse


def show_flagged(engine: Engine, console: Console, *, limit: int = 20) -> int:
    """Prints the flagged items that an analyst should read first; returns how many there are in all."""
    columns = flagged_items.c
    chosen = select(flagged_items).order_by(columns.priority.desc(), columns.score.desc(), columns.id).limit(limit)
    with engine.connect().execution_options(readonly=True) as connection:
        total = connection.scalar(select(func.count()).select_from(flagged_items)) or 0
        rows = connection.execute(chosen).mappings().all()
    table = Table(
        *COLUMNS, show_lines=True, title=f"{total} flagged items" + (f", the first {limit}" if total > limit else "")
    )
    for row in rows:
        table.add_row(*(Text(cell) for cell in _cells(row)))
    console.print(table)
    return total


def _cells(row: Any) -> tuple[str, ...]:
    evidence = " ".join(row["evidence"].split())
    stance = row["modality"] + (f" ({row['attribution']})" if row["attribution"] else "")
    parties = (
        f"{' '.join(row['actor']) or '–'} → {' '.join(row['addressee']) or '–'} | {' '.join(row['target']) or '–'}"
    )
    return (
        f"{row['category']}\n{row['act']} {row['measure']}, {stance}",
        parties,
        evidence if len(evidence) <= LONGEST else evidence[: LONGEST - 1] + "…",
        f"{row['publisher']} [{row['language']}]",
    )
