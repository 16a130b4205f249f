"""The calendar files: every one compiles, and faults name their place."""

from pathlib import Path

import pytest

from claimwire.catalog.calendar import load_calendars
from claimwire.errors import CatalogError
from claimwire.text.grammar import compile_grammar

CALENDARS = load_calendars()


@pytest.mark.parametrize("language", sorted(CALENDARS))
def test_file_compiles(language: str) -> None:
    calendar = CALENDARS[language]
    grammar = compile_grammar(calendar, CALENDARS["und"])
    assert calendar.language == language
    assert grammar.heads
    assert all(grammar.patterns[head].groups for head in grammar.heads)


def test_every_language_names_twelve_months_and_seven_days() -> None:
    for language, calendar in CALENDARS.items():
        if language != "und":
            assert sorted(calendar.month_names) == list(range(1, 13)), language
            assert sorted(calendar.weekday_names) == list(range(7)), language


def test_fault_names_file_key_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "calendar"
    folder.mkdir()
    (folder / "eo.yml").write_text('language: eo\nphrases:\n  - {say: "x", is: fortnight}\n', encoding="utf-8")
    with pytest.raises(CatalogError, match=r"eo\.yml:3: phrases\.0\.is"):
        load_calendars(tmp_path)
