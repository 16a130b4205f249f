from pathlib import Path
from urllib.parse import urlsplit

import pytest

from claimwire.catalog import DATA
from claimwire.catalog.feeds import boilerplate_pattern, load_feeds
from claimwire.errors import CatalogError

WIRE = """\
publisher: Wire
country: CH
kind: agency
tier: 1
timezone: Europe/Zurich
boilerplate: [Published on …, "(END)"]
source: test
feeds:
  - key: wire-en
    url: https://wire.example/en
    language: en
    expect: {min: 5, max: 90}
  - key: wire-drop
    folder: wire
    language: fr
    content: full
"""


def write(root: Path, text: str, name: str = "wire.yml") -> Path:
    (root / "feeds").mkdir(exist_ok=True)
    (root / "feeds" / name).write_text(text, encoding="utf-8")
    return root


def test_a_feed_has_its_publishers_facts_and_its_own(tmp_path: Path) -> None:
    web, drop = load_feeds(write(tmp_path, WIRE))
    assert (web.publisher, web.tier, web.timezone, web.host) == ("Wire", 1, "Europe/Zurich", "wire.example")
    assert (web.expect.min, web.expect.max, web.is_page_needed) == (5, 90, True)
    assert (drop.publisher, drop.folder, drop.host, drop.is_page_needed) == ("Wire", "wire", "", False)


@pytest.mark.parametrize(
    ("before", "after", "key", "line"),
    [
        ("kind: agency", "kind: gossip", "kind", 3),
        ("tier: 1", "tier: 9", "tier", 4),
        ("Europe/Zurich", "Europe/Atlantis", "timezone", 5),
        ("language: en", "language: english", "feeds.0.language", 11),
        ("key: wire-en", "key: Wire EN", "feeds.0.key", 9),
        ("https://wire.example/en", "ftp://wire.example/en", "feeds.0.url", 10),
        ("expect: {min: 5", "expect: {least: 5", "feeds.0.expect.least", 12),
        ("folder: wire", "folder: wire\n    url: https://wire.example/fr", "feeds.1", 13),
        ("    folder: wire\n", "", "feeds.1", 13),
        ("key: wire-drop", "key: wire-en", "feeds.1", None),
        ("language: fr", "language: fr\n    colour: red", "feeds.1.colour", 16),
    ],
)
def test_a_fault_names_file_key_and_line(tmp_path: Path, before: str, after: str, key: str, line: int | None) -> None:
    with pytest.raises(CatalogError) as caught:
        load_feeds(write(tmp_path, WIRE.replace(before, after, 1)))
    assert (caught.value.path.name, caught.value.key, caught.value.line) == ("wire.yml", key, line)


def test_keys_and_addresses_are_unique_over_all_files(tmp_path: Path) -> None:
    write(tmp_path, WIRE)
    write(tmp_path, WIRE.replace("wire-en", "other-en").replace("wire-drop", "other-drop"), "other.yml")
    with pytest.raises(CatalogError, match=r"https://wire\.example/en stands in other\.yml too"):
        load_feeds(tmp_path)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Published on 3 May - 20:36\nThe harbour opened.", "\nThe harbour opened."),
        ("The harbour opened. (END)", "The harbour opened. "),
        ("It was published on time.", "It was published on time."),
        ("He said (END) was near.", "He said (END) was near."),
        ("It is Published on Monday.", "It is Published on Monday."),
        (
            "Published on 3 May " + "and then the harbour opened " * 9,
            "Published on 3 May " + "and then the harbour opened " * 9,
        ),
    ],
)
def test_boilerplate_is_cut_and_nothing_else(tmp_path: Path, text: str, left: str) -> None:
    pattern = boilerplate_pattern(load_feeds(write(tmp_path, WIRE))[0])
    assert pattern is not None
    assert pattern.sub("", text) == left


def test_a_publisher_without_boilerplate_has_no_pattern(tmp_path: Path) -> None:
    plain = WIRE.replace('boilerplate: [Published on …, "(END)"]\n', "")
    assert boilerplate_pattern(load_feeds(write(tmp_path, plain))[0]) is None


# ── the catalogue that ships ─────────────────────────────────────────────────────────────────────


def test_the_shipped_catalogue_is_sound_and_large_enough() -> None:
    feeds = load_feeds(DATA)
    assert len(feeds) >= 120
    assert len({feed.language for feed in feeds}) >= 12
    assert all(feed.expect.min and feed.expect.max for feed in feeds if feed.url)
    assert any(feed.state_media for feed in feeds)


def test_the_shipped_addresses_pass_our_own_guard() -> None:
    for feed in load_feeds(DATA):
        parts = urlsplit(feed.url)
        assert feed.folder or (parts.scheme in {"http", "https"} and parts.port is None and not parts.username)


def test_agencies_are_polled_most_often() -> None:
    feeds = [feed for feed in load_feeds(DATA) if feed.url and feed.priority == 1]
    fastest = min(feed.interval_minutes for feed in feeds)
    assert {feed.kind for feed in feeds if feed.interval_minutes == fastest} == {"agency"}
