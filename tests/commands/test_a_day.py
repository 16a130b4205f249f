"""A day with the command line, from an empty folder on: every command is typed once, in an order that people use."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from claimwire.catalog import DATA
from claimwire.cli import COMMANDS, main

APART = {"up", "review", "digest"}
"""Those that start servers or send, which have test files of their own."""

OLD_NEWS = {"id": "1", "lang": "en", "published_at": "2026-11-02", "url": "https://wire.example/1"} | {
    "title": "Council extends arms embargo",
    "text": "The UN Security Council extended its arms embargo on Libya on Monday.",
}
DAY = [
    ("init", "warehouse made"),
    ("init", "1 feeds, 0 new register rows"),
    ("doctor", "warehouse"),
    ("collect", "16 new articles"),
    ("detect", "16 articles read"),
    ("run --feed sample", "flagged items"),
    ("assess", "0 changed"),
    ("feeds", "sample"),
    ("watch", "1 well"),
    ("registers diff", "0 differences"),
    ("rescan", "nothing would change"),
    ("import old.jsonl", "1 loaded"),
    ("export items.csv", "items to items.csv"),
    ("plot cap UN-DPRK-2397-REF --out plots", "figures to"),
    ("gold draw", "articles drawn"),
    ("gold export", "labelled articles"),
    ("housekeeping", "vacuumed"),
    ("db check", "the warehouse is sound"),
    ("db describe", "### flagged_items"),
    ("db purge", "emptied 0 texts"),
    ("bench --seconds 0.1 old.jsonl", "articles/s"),
    ("evaluate gold.jsonl", "claim"),
    ("lint en", "0 faults"),
    ("parse data/samples/wire.rss.xml", '"format"'),
    ("explain --lang en --text sanctions", "gate open"),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with a catalogue of the sample wire alone, and settings that stay inside it."""
    data = tmp_path / "data"
    (data / "feeds").mkdir(parents=True)
    for path in (*DATA.iterdir(), DATA / "feeds" / "sample.yml"):
        if path.name != "feeds":
            (data / path.relative_to(DATA)).symlink_to(path)
    (tmp_path / "old.jsonl").write_text(json.dumps(OLD_NEWS) + "\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text(json.dumps(OLD_NEWS | {"claims": []}) + "\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLAIMWIRE_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("CLAIMWIRE_DATA_DIR", str(data))
    for name in ("CLAIMWIRE_WAREHOUSE_URL", "CLAIMWIRE_SMTP_URL"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.mark.usefixtures("folder")
def test_every_command_works_from_an_empty_folder_on() -> None:
    for line, wanted in DAY:
        told = CliRunner().invoke(main, line.split(), catch_exceptions=False)
        assert told.exit_code == 0, f"claimwire {line}: {told.output}"
        assert wanted in " ".join(told.output.split()), f"claimwire {line}"


def test_every_command_is_typed() -> None:
    assert set(COMMANDS) - {line.split()[0] for line, _ in DAY} == APART
