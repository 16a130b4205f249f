"""What a rescan would change, as a table for people and a file for spreadsheets."""

import csv
import logging
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from claimwire.model import ReviewStatus, Tally
from claimwire.warehouse.tables import rescan_changes

LOG = logging.getLogger(__name__)

RIGHT = frozenset({ReviewStatus.CONFIRMED, ReviewStatus.CORRECTED, ReviewStatus.DUPLICATE, ReviewStatus.ESCALATED})
"""States that say that the text does make the claim."""

COLUMNS = ("change", "language", "category", "review_status", "article_id", "evidence", "before", "after")
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def write_verdict(engine: Engine, rescan_key: str, folder: Path) -> Tally:
    """Writes `rescan-<key>.csv`, logs the summary; counts the changes by kind."""
    query = select(rescan_changes).where(rescan_changes.c.rescan_key == rescan_key).order_by(rescan_changes.c.id)
    with engine.connect().execution_options(readonly=True) as connection:
        rows = [dict(row) for row in connection.execute(query).mappings()]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"rescan-{rescan_key.replace(':', '')}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows([[_cell(row[name]) for name in COLUMNS] for row in rows if row["change"] != "same"])
    for line in summarise(rows):
        LOG.info(line)
    LOG.info("every change, a line each: %s", path)
    return Tally.of(row["change"] for row in rows)


def summarise(rows: list[dict[str, Any]]) -> list[str]:
    """Gained, lost and changed by language and category, then precision and recall on reviewed items."""
    counts = Counter((row["language"], row["category"], row["change"]) for row in rows)
    lines = [f"{'language':9} {'category':18} {'gained':>7} {'lost':>7} {'changed':>8}"]
    for language, category in sorted({key[:2] for key in counts}):
        gained, lost, changed = (counts[language, category, kind] for kind in ("gained", "lost", "changed"))
        lines.append(f"{language or '-':9} {category:18} {gained:7} {lost:7} {changed:8}")
    return lines + _quality(rows)


def _quality(rows: list[dict[str, Any]]) -> list[str]:
    """On what reviewers decided: how much was right before, and how much of that today's engine still finds."""
    reviewed = [row for row in rows if row["review_status"]]
    right = [row for row in reviewed if row["review_status"] in RIGHT]
    kept = [row for row in reviewed if row["change"] != "lost"]
    kept_right = [row for row in right if row["change"] != "lost"]
    if not reviewed:
        return ["no item here was reviewed: precision and recall are not known"]
    before, after = len(right) / len(reviewed), len(kept_right) / len(kept) if kept else 0.0
    recall = len(kept_right) / len(right) if right else 0.0
    return [
        f"on {len(reviewed)} reviewed items: precision {before:.3f} before, {after:.3f} with today's engine; "
        f"recall of what was confirmed {recall:.3f}"
    ]


def _cell(value: Any) -> str:
    """Text that no spreadsheet takes for a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
