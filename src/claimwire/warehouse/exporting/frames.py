"""Flagged items as data frames, a bounded number of rows at a time, with the codes of other schemes."""

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Engine, select

from claimwire.catalog.claims import Claims
from claimwire.model import Act, Category
from claimwire.warehouse.desk_filter import ItemFilter, conditions
from claimwire.warehouse.tables import flagged_items

ROWS = 20_000

Row = Mapping[Any, Any]
"""One item by column."""

LISTS = ("actor", "addressee", "target", "commodity", "priority_reasons")
"""Lists of plain values; told in one cell, joined by " | "."""

COLUMNS = (
    *("id", "flagged_at", "category", "act", "actor", "addressee", "target", "measure", "asked", "commodity"),
    *("quantity", "quantity_value", "quantity_unit", "quantity_bbl", "quantity_bbl_low", "quantity_bbl_high"),
    *("period_from", "period_to", "event_from", "event_to", "modality", "attribution", "evidence", "evidence_field"),
    *("evidence_start", "evidence_end", "headline", "url", "publisher", "feed_key", "language", "published_at"),
    *("article_id", "story_id", "thread_id", "step_key", "is_main", "quota_id", "share_of_quota"),
    *("share_of_quota_low", "share_of_quota_high", "findings", "origins", "score", "priority", "priority_reasons"),
    *("review_status", "reviewer", "reviewed_at", "engine_version", "lexicon_version"),
)


def read_frames(engine: Engine, wanted: ItemFilter, claims: Claims, rows: int = ROWS) -> Iterator[pd.DataFrame]:
    """Frames of at most `rows` items by id, each with the codes of `SCHEMES`; one empty frame where none fits."""
    where = conditions(wanted, flagged_items, engine.dialect.name)
    columns = [flagged_items.c[name] for name in COLUMNS]
    last, is_first = 0, True
    while True:
        query = select(*columns).where(*where, flagged_items.c.id > last).order_by(flagged_items.c.id).limit(rows)
        with engine.connect().execution_options(readonly=True) as connection:
            found = [dict(row) for row in connection.execute(query).mappings()]
        if found or is_first:
            yield pd.DataFrame(
                [row | codes_of(row, claims) for row in found], columns=[*COLUMNS, *SCHEMES], dtype=object
            )
        if len(found) < rows:
            return
        last, is_first = found[-1]["id"], False


SCHEMES = ("cameo", "plover", "gkg", "iptc", "hs")


def codes_of(row: Row, claims: Claims) -> dict[str, Any]:
    """The item in other schemes: CAMEO and PLOVER by act, GKG themes and IPTC topic by category, HS by goods."""
    act, category = claims.acts[Act(row["act"])], claims.categories[Category(row["category"])]
    goods = [claims.commodities[good] for good in row["commodity"] if good in claims.commodities]
    return {
        "cameo": act.cameo or category.cameo,
        "plover": act.plover or category.plover,
        "gkg": list(category.gkg),
        "iptc": category.iptc,
        "hs": sorted({heading for good in goods for heading in good.hs}),
    }
