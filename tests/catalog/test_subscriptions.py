"""Subscriptions as an operator writes them: what is wrong is named with file, key and line."""

import shutil
from pathlib import Path

import pytest

from claimwire.catalog import DATA
from claimwire.catalog.labels import load_labels
from claimwire.catalog.subscriptions import Subscription, load_subscriptions
from claimwire.errors import CatalogError

HEAD = "subscriptions:\n  - key: desk\n    title: The desk\n    deliver: {smtp: [ann@example.org]}\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(DATA / "digest", tmp_path / "digest")
    return tmp_path


def load(root: Path, text: str) -> list[Subscription]:
    (root / "subscriptions.yml").write_text(text, encoding="utf-8")
    return load_subscriptions(root)


def test_what_ships_works_with_no_set_up() -> None:
    [subscription] = load_subscriptions(DATA)
    assert set(subscription.deliver) == {"file"}


def test_the_examples_that_ship_are_right(root: Path) -> None:
    lines = (DATA / "subscriptions.yml").read_text(encoding="utf-8").splitlines()
    examples = [line.replace("  # ", "  ", 1) for line in lines if line.startswith(("  # - ", "  #   "))]
    keys = [each.key for each in load(root, "subscriptions:\n" + "\n".join(examples))]
    assert keys == ["dprk-desk", "dprk-now"]


@pytest.mark.parametrize(("written", "meant"), [("17:30", "17:30"), ('"07:05"', "07:05"), ("07:05", "07:05")])
def test_hours_with_and_without_quotes(root: Path, written: str, meant: str) -> None:
    [subscription] = load(root, HEAD + f"    at: {written}\n")
    assert subscription.at == meant


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("timezone: Europe/Atlantis", r"subscriptions.yml:5: .*timezone.*no time zone is called 'Europe/Atlantis'"),
        ("timezone: ../../etc/passwd", r"subscriptions.yml:5: .*timezone"),
        ('at: "25:00"', r"subscriptions.yml:5: .*at"),
        ("colour: red", r"subscriptions.yml:5: .*colour"),
        ("language: xx", r"subscriptions.yml: .*language: no labels in 'xx'"),
        ("filter: {category: [gossip]}", r"subscriptions.yml:5: .*filter.category.0"),
        ("days: [someday]", r"subscriptions.yml:5: .*days.0"),
        ("minimum_score: 2", r"subscriptions.yml:5: .*minimum_score"),
    ],
)
def test_what_is_wrong_is_named(root: Path, line: str, problem: str) -> None:
    with pytest.raises(CatalogError, match=problem):
        load(root, HEAD + f"    {line}\n")


def test_a_recipient_cannot_write_headers(root: Path) -> None:
    with pytest.raises(CatalogError, match="one line of text"):
        load(root, HEAD.replace("ann@example.org", '"ann@example.org\\r\\nBcc: all@example.org"'))


def test_keys_are_unique(root: Path) -> None:
    with pytest.raises(CatalogError, match="two subscriptions are called desk"):
        load(root, HEAD + HEAD.removeprefix("subscriptions:\n"))


def test_who_is_disabled_is_left_out(root: Path) -> None:
    assert load(root, HEAD + "    is_enabled: false\n") == []


@pytest.mark.parametrize("path", sorted((DATA / "digest").glob("*.yml")), ids=lambda path: path.stem)
def test_every_language_has_all_the_words(path: Path) -> None:
    assert load_labels(path.stem).phrases.colon


def test_a_missing_word_is_named(root: Path) -> None:
    path = root / "digest" / "en.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("  withdrawn: withdrawn\n", ""), encoding="utf-8")
    with pytest.raises(CatalogError, match="no words for withdrawn"):
        load_labels("en", root)
