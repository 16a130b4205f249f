from dataclasses import replace
from pathlib import Path

import pytest

from claimwire.catalog.blocks import NewFeed, add_feeds, slug
from claimwire.catalog.feeds import load_feeds
from claimwire.errors import CatalogError

NEW = NewFeed("https://www.wire.example/en", "Wire", "en", "by hand", title="Wire: all", entries_per_day=10)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "feeds").mkdir()
    return tmp_path


def test_a_block_can_be_read_back(root: Path) -> None:
    assert add_feeds(root, [NEW]) == [root / "feeds/wire-example.yml"]
    (feed,) = load_feeds(root)
    assert (feed.key, feed.url, feed.title, feed.source) == ("wire-example-en", NEW.url, "Wire: all", "by hand")
    assert (feed.expect.min, feed.expect.max, feed.tier) == (2, 50, 3)


def test_known_addresses_are_left_out_and_keys_stay_unique(root: Path) -> None:
    add_feeds(root, [NEW])
    again = add_feeds(root, [NEW, replace(NEW, url="https://www.wire.example/fr"), replace(NEW, url=NEW.url + "2")])
    assert [path.name for path in again] == ["wire-example.yml"] * 2
    assert [feed.key for feed in load_feeds(root)] == ["wire-example-en", "wire-example-en-2", "wire-example-en-3"]


def test_comments_and_order_of_a_file_survive(root: Path) -> None:
    add_feeds(root, [NEW])
    path = root / "feeds/wire-example.yml"
    before = "# looked at by hand\n" + path.read_text()
    path.write_text(before)
    add_feeds(root, [replace(NEW, url="https://www.wire.example/fr", language="fr")])
    assert path.read_text().startswith(before)


def test_a_block_that_would_not_load_changes_nothing(root: Path) -> None:
    add_feeds(root, [NEW])
    before = {path: path.read_text() for path in (root / "feeds").iterdir()}
    bad = replace(NEW, url="https://other.example/", language="english")
    with pytest.raises(CatalogError, match="language"):
        add_feeds(root, [replace(NEW, url="https://www.wire.example/de"), bad])
    assert {path: path.read_text() for path in (root / "feeds").iterdir()} == before


@pytest.mark.parametrize(
    "title", ["a: b", "- x", "'quoted'", "#no comment", "naïve — “x”", "{a: 1}", "line\nbreak", "*x"]
)
def test_titles_cannot_break_out_of_their_line(root: Path, title: str) -> None:
    add_feeds(root, [replace(NEW, title=title, publisher=title)])
    (feed,) = load_feeds(root)
    assert (feed.title, feed.publisher) == (title, title)


def test_slugs() -> None:
    assert [slug(text) for text in ("Harbour Wire!", "../../etc", "été", "…")] == ["harbour-wire", "etc", "t", "feed"]
