"""Pages in `golden/pages`, each with the entry it belongs to and what must be read from it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.catalog.feeds import Feed
from claimwire.extract.article import article_key, extract_article
from claimwire.extract.page import extract_page, is_about, page_if_needed
from claimwire.model import Entry

PAGES = Path(__file__).parent.parent / "golden" / "pages"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def feed_with(**given: Any) -> Feed:
    facts = {
        "publisher": "Paper",
        "kind": "newspaper",
        "source": "made up",
        "key": "paper",
        "url": "https://paper.example/feed",
    }
    return Feed.model_validate({**facts, "language": "en", **given})


def entry_with(**given: Any) -> Entry:
    return Entry(**{"guid": "g", "format": "rss", "title": "T", **given})


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.html")), ids=lambda path: path.name)
def test_a_page_gives_the_article_written_beside_it(path: Path) -> None:
    case = json.loads(path.with_suffix(".expect.json").read_text(encoding="utf-8"))
    article = extract_article(entry_with(**case["entry"]), feed_with(**case["feed"]), path.read_bytes(), NOW)
    for name, wanted in case["article"].items():
        value = getattr(article, name)
        assert (value.isoformat() if isinstance(value, datetime) else value) == wanted, name


def test_the_day_of_a_dateline_dates_what_nothing_else_dates() -> None:
    entry = entry_with(
        text="SEOUL, July 12, 2018 (Yonhap) -- The ministry said that trade would resume.\nIt gave no day."
    )
    article = extract_article(entry, feed_with(timezone="Asia/Seoul"), None, NOW)
    assert (article.published_at, article.published_at_source) == (datetime(2018, 7, 11, 15, tzinfo=UTC), "dateline")


def test_what_the_feed_says_of_its_time_stands() -> None:
    published = datetime(2018, 7, 12, tzinfo=UTC)
    article = extract_article(entry_with(text="x", published_at=published), feed_with(), None, NOW)
    assert (article.published_at, article.published_at_source) == (published, "feed")


@pytest.mark.parametrize(
    ("given", "status", "version"),
    [
        ({"title": "CORRECTED-UPDATE 2-Panel meets"}, "corrected", "2"),
        ({"title": "Kill the lights, says minister"}, "usable", ""),
        ({"title": "MANDATORY KILL: Panel"}, "canceled", ""),
        ({"text": "RECTIFICATIF\nLe comité se réunit."}, "corrected", ""),
        ({"text": "(Corrects figure in paragraph 3)\nThe panel met."}, "corrected", ""),
        ({"status": "canceled", "note": "Corrects name"}, "canceled", ""),
        ({"slug": "Oil-Quota, 3rd Ld-Writethru"}, "usable", "3"),
        ({"version": "7", "slug": "Oil-Quota, 3rd Ld"}, "usable", "7"),
    ],
)
def test_desks_mark_corrections_kills_and_versions(given: dict[str, str], status: str, version: str) -> None:
    article = extract_article(entry_with(**given), feed_with(), None, NOW)
    assert (article.status, article.version) == (status, version)


def test_the_gate_spares_pages_that_cannot_matter() -> None:
    page = b"<p>La s&eacute;curit&eacute; des quotas</p>"
    ordinary, first = feed_with(priority=2), feed_with(priority=1)
    seen: list[str] = []

    def is_closed(text: str) -> bool:
        seen.append(text)
        return "quota" not in text

    assert page_if_needed(page, ordinary, is_closed) == page
    assert seen == ["<p>La sécurité des quotas</p>"]
    assert page_if_needed(b"<p>Sport</p>", ordinary, is_closed) is None
    assert page_if_needed(b"<p>Sport</p>", ordinary, is_closed, is_extracting_all=True) == b"<p>Sport</p>"
    assert page_if_needed(b"<p>Sport</p>", first, is_closed) == b"<p>Sport</p>"
    assert page_if_needed(None, ordinary, is_closed) is None


@pytest.mark.parametrize(
    "page",
    [
        b"<p " + b" ".join(b"a%d=1" % n for n in range(5000)) + b">text</p>",
        b"<p>" + b"word " * 500_000 + b"</p>",
        b"<div>" * 60_000,
        b"",
        b"\x00\xff\xfe" * 100,
    ],
)
def test_pages_that_would_hurt_are_left_alone(page: bytes) -> None:
    assert extract_page(page).text == ""


def test_a_script_full_of_comparisons_is_no_flood() -> None:
    script = "<script>if(a<b){" + " ".join(f"x{n}={n};" for n in range(3000)) + "}</script>"
    story = "<article>" + "<p>The panel asked for a quota on the import of steel from the neighbouring country.</p>" * 4
    assert "quota" in extract_page(f"<html><body>{script}{story}</article></body></html>".encode()).text


def test_a_wall_tells_nothing_of_the_story() -> None:
    assert is_about("Ministers extended the embargo on grain.", "Grain embargo extended")
    assert is_about("欧盟委员会提议削减配额", "欧盟提议削减钢铁配额")
    assert not is_about("Please accept our cookies to go on.", "Grain embargo extended")


def test_an_entry_without_headline_takes_the_pages_own() -> None:
    page = (
        (PAGES / "es-latin1.html")
        .read_bytes()
        .replace(b"<title>", b"<meta property='og:title' content=\"Az\xfacar &amp; cuota\"><title>")
    )
    article = extract_article(entry_with(title="", url="https://diario.example/3"), feed_with(language="es"), page, NOW)
    assert article.title == "Azúcar & cuota"


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_no_page_breaks_extraction(data: st.DataObject) -> None:
    page = data.draw(st.sampled_from(sorted(PAGES.glob("*.html")))).read_bytes()
    start = data.draw(st.integers(0, len(page)))
    put = data.draw(st.binary(max_size=40) | st.sampled_from([b"<", b"<!--", b"<script>", b"\0", b"<table><tr>"]))
    broken = page[:start] + put + page[start + data.draw(st.integers(0, 300)) :]
    article = extract_article(entry_with(), feed_with(), broken, NOW)
    assert article.published_at is not None


def test_the_key_of_a_version_depends_on_its_words() -> None:
    entry = entry_with(text="One.")
    assert article_key("a", entry) == article_key("a", replace(entry, urgency=1))
    assert article_key("a", entry) != article_key("a", replace(entry, text="Two."))
    assert article_key("a", entry) != article_key("b", entry)
