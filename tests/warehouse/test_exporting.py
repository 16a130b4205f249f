"""Files of flagged items, read back as their readers do."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
import stix2
from lxml import etree
from sqlalchemy import Engine, update

from claimwire.catalog.claims import load_claims
from claimwire.warehouse.desk_filter import ItemFilter
from claimwire.warehouse.exporting.atom import write_atom
from claimwire.warehouse.exporting.files import write_csv, write_jsonl, write_parquet, write_xlsx
from claimwire.warehouse.exporting.frames import read_frames
from claimwire.warehouse.exporting.stix import write_stix
from claimwire.warehouse.tables import flagged_items

from .conftest import a_claim, an_article
from .test_items import flag

EVIL = '=HYPERLINK("http://evil.example","click")'


@pytest.fixture
def filled(wired: Engine) -> Engine:
    flag(wired, an_article("a1", title=EVIL), a_claim(actor=("US", "UN"), commodity=("oil",)))
    flag(wired, an_article("a2", title="@SUM(1)\x01", language="fr"), a_claim(target=("IR",)))
    return wired


def frames(engine: Engine, **wanted: object) -> Iterator[pd.DataFrame]:
    return read_frames(engine, ItemFilter.model_validate({"status": ["any"]} | wanted), load_claims(), rows=1)


def test_csv_has_all_rows_and_no_formula(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    assert write_csv(frames(filled), path) == 2
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert [row["headline"] for row in rows] == [f"'{EVIL}", "'@SUM(1)"]
    assert (rows[0]["actor"], rows[0]["plover"], rows[0]["hs"]) == ("US | UN", "REJECT", "2709 | 2710")
    assert (rows[0]["quantity_value"], rows[0]["article_id"]) == ("", "1")


def test_excel_shows_texts_and_reckons_nothing(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.xlsx"
    assert write_xlsx(frames(filled), path) == 2
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    assert {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row} <= {"s", "inlineStr", "n", "d", "b"}
    assert sheet["A1"].value == "id"


def test_json_lines_keep_texts_to_the_letter(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.jsonl"
    assert write_jsonl(frames(filled), path) == 2
    first = json.loads(path.read_text(encoding="utf-8").splitlines()[0])
    assert (first["headline"], first["actor"], first["published_at"]) == (
        EVIL,
        ["US", "UN"],
        "2026-11-20T12:00:00+00:00",
    )


def test_parquet_keeps_lists_and_types(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.parquet"
    assert write_parquet(frames(filled), path) == 2
    table = pq.read_table(path)
    assert table.column("target").to_pylist() == [["KP"], ["IR"]]
    assert str(table.schema.field("published_at").type) == "timestamp[us, tz=UTC]"


def test_filters_narrow_and_nothing_is_a_file_with_a_head(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    assert write_csv(frames(filled, target=["IR"]), path) == 1
    assert write_csv(frames(filled, target=["XX"]), path) == 0
    assert path.read_text(encoding="utf-8-sig").startswith("id,flagged_at,category")


def test_atom_is_well_formed_and_links(filled: Engine, tmp_path: Path) -> None:
    path = tmp_path / "items.atom"
    assert write_atom(frames(filled), path) == 2
    feed = etree.parse(path).getroot()
    links = feed.findall(".//{*}link")
    assert [link.get("href") for link in links] == ["https://wire.example/a1", "https://wire.example/a2"]


def test_stix_is_valid_and_the_same_each_time(filled: Engine, tmp_path: Path) -> None:
    with filled.begin() as connection:
        connection.execute(update(flagged_items).values(review_status="confirmed"))
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    for path in (first, second):
        assert write_stix(frames(filled, status=["confirmed"]), path) == 2
    assert first.read_bytes() == second.read_bytes()
    bundle = stix2.parse(first.read_text(encoding="utf-8"))
    kinds = [each["type"] for each in bundle.objects]
    assert sorted(kinds) == ["identity", "identity", "location", "location", "location", "report", "report"]
