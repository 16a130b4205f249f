"""Files of flagged items: CSV, JSON lines, Parquet, Excel. Texts of the wire are never a spreadsheet's formulas."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
from sqlalchemy import JSON, BigInteger, Boolean, Date, Float, Integer

from claimwire.errors import ClaimwireError
from claimwire.warehouse.exporting.frames import COLUMNS, LISTS, SCHEMES
from claimwire.warehouse.tables import flagged_items
from claimwire.warehouse.tables.base import Utc

_JOINED = (*LISTS, "gkg", "hs")
_EXCEL_ROWS = 1_048_575
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")  # not allowed in XML, which Excel files are

Write = Callable[[Iterator[pd.DataFrame], Path], int]


def write_csv(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """UTF-8 with a byte order mark, since Excel takes a CSV without one for Latin-1; gives the number of rows."""
    rows = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        for frame in frames:
            flat(frame).to_csv(file, index=False, header=rows == 0)
            rows += len(frame)
    return rows


def write_jsonl(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """One object a line, lists as lists, times in ISO 8601, to the letter; gives the number of rows."""
    rows = 0
    with path.open("w", encoding="utf-8") as file:
        for frame in frames:
            for row in frame.to_dict("records"):
                file.write(json.dumps(row, ensure_ascii=False, default=_iso) + "\n")
            rows += len(frame)
    return rows


def write_parquet(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """Compressed by zstd, lists as lists, to the letter; gives the number of rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows, schema = 0, _schema(pa)
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for frame in frames:
            writer.write_table(pa.Table.from_pylist(frame.to_dict("records"), schema=schema))
            rows += len(frame)
    return rows


def write_xlsx(frames: Iterator[pd.DataFrame], path: Path) -> int:
    """One sheet with a frozen head; gives the number of rows.

    Raises:
        ClaimwireError: more rows than a sheet holds.
    """
    found = list(frames)
    frame = pd.concat(found, ignore_index=True)
    if len(frame) > _EXCEL_ROWS:
        raise ClaimwireError(
            f"{len(frame):,} rows are more than an Excel sheet holds: narrow the filters, or export csv"
        )
    sheet = flat(frame).map(_zoneless)
    with pd.ExcelWriter(path, engine="openpyxl") as writer:
        sheet.to_excel(writer, sheet_name="flagged items", index=False, freeze_panes=(1, 0))
    return len(frame)


FORMATS: dict[str, Write] = {"csv": write_csv, "jsonl": write_jsonl, "parquet": write_parquet, "xlsx": write_xlsx}


def flat(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as cells: lists joined, findings as their sentences, and nothing that a spreadsheet would reckon."""
    cells = frame.copy()
    for name in cells.columns:
        if name == "findings":
            cells[name] = [" | ".join(finding["message"] for finding in findings) for findings in cells[name]]
        elif name in _JOINED:
            cells[name] = [" | ".join(map(str, values)) for values in cells[name]]
        cells[name] = [_harmless(value) if isinstance(value, str) else value for value in cells[name]]
    return cells


def _zoneless(value: Any) -> Any:
    """Excel knows no zones; all times are UTC."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _iso(value: date) -> str:
    return value.isoformat()


def _schema(pa: Any) -> Any:
    """Arrow's types by those of the table; lists stay lists."""
    findings = pa.list_(pa.struct([("check", pa.string()), ("message", pa.string())]))
    kinds = {Integer: pa.int64(), BigInteger: pa.int64(), Float: pa.float64(), Boolean: pa.bool_(), Date: pa.date32()}
    kinds |= {Utc: pa.timestamp("us", "UTC"), JSON: pa.list_(pa.string())}
    fields = []
    for name in COLUMNS:
        kind = next((arrow for sql, arrow in kinds.items() if isinstance(flagged_items.c[name].type, sql)), pa.string())
        fields.append((name, findings if name == "findings" else kind))
    schemes = [(name, pa.list_(pa.string()) if name in _JOINED else pa.string()) for name in SCHEMES]
    return pa.schema(fields + schemes)


def _harmless(text: str) -> str:
    """An apostrophe before what a spreadsheet takes for a formula: it shows the text and reckons nothing."""
    bare = _CONTROL.sub("", text)
    return f"'{bare}" if bare.lstrip(" ").startswith(_FORMULA) else bare
