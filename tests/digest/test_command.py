"""`claimwire digest`, as a person calls it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine

from claimwire.cli import main

from .conftest import add_item

Run = Callable[..., Result]


@pytest.fixture
def run(store: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("CLAIMWIRE_WAREHOUSE_URL", str(store.url))
    monkeypatch.setenv("CLAIMWIRE_VAR_DIR", str(tmp_path / "var"))
    with store.begin() as connection:
        add_item(connection)

    def call(*arguments: str) -> Result:
        return CliRunner().invoke(main, ["digest", "--day", "2026-11-20", *arguments])

    return call


def test_it_shows_the_text(run: Run) -> None:
    result = run()
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Subject: 1 new: US asks UN to halt oil exports to North Korea\n\nClaims of Friday")


def test_it_sends_once_with_no_set_up(run: Run, tmp_path: Path) -> None:
    assert run("--send").stdout == "all 2026-11-20: 1 sent\n"
    assert run("--send").stdout == "all 2026-11-20: nothing left to send\n"
    assert (tmp_path / "var" / "digests" / "all" / "2026-11-20.html").exists()


def test_it_writes_a_preview_and_sends_nothing(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "made" / "preview.html"
    assert run("--preview", str(page)).exit_code == 0
    assert "<!DOCTYPE html>" in page.read_text(encoding="utf-8")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("arguments", "exit_code", "words"),
    [
        (["--subscription", "nobody"], 1, "no subscription is called nobody; there are all"),
        (["--preview", "x.html", "--send"], 2, "--preview sends nothing"),
        (["--day", "yesterday"], 2, "yesterday"),
    ],
)
def test_wrong_usage(run: Run, arguments: list[str], exit_code: int, words: str) -> None:
    result = run(*arguments)
    assert result.exit_code == exit_code
    assert words in result.stderr
