"""Old news from files: each row ends in one disposition, and a file that was cut short goes on where it stopped."""

import gzip
import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from claimwire.archive.importing import choose_files, import_file
from claimwire.errors import NotFound, ParseError
from claimwire.settings import Settings
from claimwire.warehouse.tables import articles, imports, quarantined_entries

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def rows(count: int) -> list[dict[str, str]]:
    return [
        {
            "id": f"old-{number}",
            "title": f"Ministers weigh embargo number {number}",
            "text": f"The council may widen its embargo to {number} more ports, officials said.",
            "published_at": "1998-03-04T10:00:00Z",
        }
        for number in range(count)
    ]


@pytest.fixture
def settings(warehouse, tmp_path) -> Settings:
    return Settings(warehouse_url=warehouse.url.render_as_string(hide_password=False), var_dir=tmp_path / "var")


def test_json_lines_are_loaded_once_and_a_bad_line_is_kept_aside(settings, warehouse, tmp_path):
    path = tmp_path / "old.jsonl"
    lines = [json.dumps(row) for row in rows(3)]
    path.write_text("\n".join([lines[0], "{not json", lines[1], '{"id": "x"}', lines[2]]) + "\n", encoding="utf-8")

    tally = import_file(settings, NOW, path, "archive")

    assert dict(tally.went_out) == {"loaded": 3, "quarantined": 2}
    again = import_file(settings, NOW, path, "archive")
    assert again.came_in == 0, "a finished file is not read twice"
    with warehouse.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 3
        problems = list(connection.scalars(select(quarantined_entries.c.problem)))
    assert any("line 2" in problem for problem in problems)


def test_an_import_that_was_killed_goes_on_where_it_stopped(settings, warehouse, tmp_path):
    path = tmp_path / "old.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(json.dumps(row) for row in rows(1200)).encode()))
    with warehouse.begin() as connection:
        connection.execute(imports.insert().values(path=str(path), rows_done=1000, began_at=NOW))

    tally = import_file(settings, NOW, path, "archive")

    assert dict(tally.went_out) == {"loaded": 200}


def test_parquet_rows_become_articles(settings, tmp_path):
    import pyarrow as arrow
    import pyarrow.parquet as parquet

    path = tmp_path / "old.parquet"
    parquet.write_table(arrow.Table.from_pylist(rows(700)), path)

    assert dict(import_file(settings, NOW, path, "archive").went_out) == {"loaded": 700}


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # warcio leaves its spool to the collector
@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_warc_pages_become_articles(settings, warehouse, tmp_path):
    from io import BytesIO

    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / "old.warc.gz"
    page = (
        "<html><head><title>Quota</title></head><body><article><p>The cartel cut its export quota by a tenth on "
        "Monday, delegates said after talks that lasted until midnight.</p><p>Prices rose.</p></article></body></html>"
    )
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        stored = writer.create_warc_record(
            "http://news.example/1", "response", payload=BytesIO(page.encode()), http_headers=headers
        )
        writer.write_record(stored)

    assert dict(import_file(settings, NOW, path, "archive").went_out) == {"loaded": 1}
    with warehouse.connect() as connection:
        assert "export quota" in connection.scalar(select(articles.c.text))


def test_a_file_that_is_not_what_its_name_says_is_refused(settings, tmp_path):
    path = tmp_path / "old.parquet"
    path.write_bytes(b"this is no table")
    with pytest.raises(ParseError, match="not a Parquet file"):
        import_file(settings, NOW, path, "archive")


def test_a_folder_without_anything_to_import_says_what_it_wants(settings, tmp_path):
    (tmp_path / "notes.txt").write_text("x", encoding="utf-8")
    with pytest.raises(NotFound, match=r"\.jsonl"):
        choose_files(settings, NOW, tmp_path)
