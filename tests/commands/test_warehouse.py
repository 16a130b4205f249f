"""The commands of the warehouse, as a person types them."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimwire.cli import main


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, migrated_file: Path):
    """Types a command at a fresh warehouse."""
    (tmp_path / "warehouse.db").write_bytes(migrated_file.read_bytes())
    monkeypatch.setenv("CLAIMWIRE_VAR_DIR", str(tmp_path))
    monkeypatch.delenv("CLAIMWIRE_WAREHOUSE_URL", raising=False)
    return lambda *words: CliRunner().invoke(main, words, catch_exceptions=False)


def said(result: Result) -> tuple[int, str]:
    return result.exit_code, result.output.strip()


def test_a_fresh_warehouse_is_loaded_and_sound(run) -> None:
    loaded = run("registers", "load")
    assert loaded.exit_code == 0
    assert loaded.output.endswith("new rows\n")
    assert said(run("registers", "load")) == (0, "0 new rows")
    assert said(run("registers", "diff")) == (0, "0 differences")
    assert said(run("db", "check")) == (0, "the warehouse is sound")
    assert said(run("assess")) == (0, "0 items assessed, 0 changed")


def test_a_cap_is_drawn_and_an_unknown_one_named(run, tmp_path: Path) -> None:
    run("registers", "load")
    assert run("plot", "cap", "UN-DPRK-2397-REF", "--out", str(tmp_path / "plots")).exit_code == 0
    assert {path.suffix for path in (tmp_path / "plots").iterdir()} == {".png", ".svg"}
    code, line = said(run("plot", "cap", "NIX"))
    assert (code, line.count("\n")) == (1, 0)
    assert "UN-DPRK-2397-REF" in line


def test_exports_name_their_format_and_refuse_what_is_no_filter(run, tmp_path: Path) -> None:
    assert said(run("export", str(tmp_path / "a.csv")))[0] == 0
    assert run("export", str(tmp_path / "a.doc")).exit_code == 2
    wrong = run("export", str(tmp_path / "a.csv"), "--category", "gossip")
    assert wrong.exit_code == 2
    assert "--category" in wrong.output


def test_the_schema_goes_up_and_down(run) -> None:
    assert run("db", "upgrade", "--to", "0015").output.startswith("at revision 0015, before ")
    code, line = said(run("db", "check"))
    assert code == 1
    assert "run `claimwire init`" in line
    assert run("db", "upgrade").output.endswith("before 0015\n")


def test_rights_are_for_postgresql(run) -> None:
    code, line = said(run("db", "grant", "anne"))
    assert code == 1
    assert "SQLite has no roles" in line


def test_a_sanctions_list_that_is_not_there(run) -> None:
    code, line = said(run("registers", "list", "uk", "nowhere.xml"))
    assert code == 1
    assert "nowhere.xml" in line
