"""What the documents name exists: commands, make targets, files, pictures, settings."""

import re
from pathlib import Path

import pytest

from claimwire.cli import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`claimwire ([a-z]+)", text)) | set(
        re.findall(r"^ {4}claimwire ([a-z]+)", text, re.MULTILINE)
    )
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")))
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_setting_stands_in_the_operators_page():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"[\"'](CLAIMWIRE_[A-Z_]+)[\"']", source))
    told = set(re.findall(r"`(CLAIMWIRE_[A-Z_]+)`", (ROOT / "docs/operators.md").read_text(encoding="utf-8")))
    assert read - told == set()


def test_every_outcome_and_disposition_is_explained():
    from claimwire.model import Disposition, Outcome

    text = (ROOT / "docs/outcomes.md").read_text(encoding="utf-8")
    assert [str(name) for name in (*Outcome, *Disposition) if f"`{name}`" not in text] == []
