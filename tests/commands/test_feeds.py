"""The commands, run as a user runs them, against a site on loopback."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimwire.catalog.feeds import load_feeds
from claimwire.cli import main
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.feeds import load_catalogue
from claimwire.warehouse.migrate import migrate

from ..fetch.site import RSS, serving

PAGE = b"<html><head><title>Wire</title><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"
ITEM = "<item><title>The harbour of the old town opened again on Monday {n}</title><guid>{n}</guid><link>http://w/{n}</link>"
FEED = "<rss version='2.0'><channel><title>Harbour Wire</title>{items}</channel></rss>".format(
    items="".join(ITEM.format(n=n) + f"<pubDate>Mon, 0{n} Jun 2026 08:00:00 GMT</pubDate></item>" for n in range(1, 7))
).encode()


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "feeds").mkdir()
    monkeypatch.setenv("CLAIMWIRE_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("CLAIMWIRE_VAR_DIR", str(tmp_path / "var"))
    monkeypatch.setenv("CLAIMWIRE_ALLOWED_HOSTS", "127.0.0.1, localhost")
    return tmp_path


def write(root: Path, key: str, url: str, language: str = "en") -> None:
    text = (
        f"publisher: Wire\nkind: agency\nsource: test\nfeeds:\n  - {{key: {key}, url: '{url}', language: {language}}}\n"
    )
    (root / "feeds" / f"{key}.yml").write_text(text)


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["feeds", *words])


def stock(root: Path) -> None:
    engine = open_engine(f"sqlite:///{root / 'var/warehouse.db'}")
    migrate(engine)
    with engine.begin() as connection:
        load_catalogue(connection, load_feeds(root))


def test_the_table_shows_each_feed(root: Path) -> None:
    write(root, "wire", "https://wire.example/feed")
    stock(root)
    result = run()
    assert result.exit_code == 0
    assert "wire" in result.output
    assert "never" in result.output


def test_before_init_it_says_what_to_do(root: Path) -> None:
    write(root, "wire", "https://wire.example/feed")
    result = run()
    assert result.exit_code == 1
    assert "claimwire init" in result.output


def test_check_says_what_is_wrong_with_which(root: Path) -> None:
    with serving() as site:
        site.say("/feed", FEED)
        site.say("/page", PAGE)
        write(root, "well", site.url("/feed"))
        write(root, "page", site.url("/page"))
        write(root, "gone", site.url("/none", host="localhost"))
        stock(root)
        result = run("check", "page", "gone")
    assert result.exit_code == 1
    assert "page: not_a_feed: " in result.output
    assert "gone: http_error: 404 from localhost" in result.output
    assert "2 of 2 feeds need a look" in result.output


def test_check_finds_stale_and_foreign_feeds(root: Path) -> None:
    with serving() as site:
        site.say("/feed", FEED)
        write(root, "wire", site.url(), language="fr, format: atom")
        stock(root)
        result = run("check")
    assert "is in 'en', not in 'fr'" in result.output
    assert "comes as rss, not as atom" in result.output
    assert "its newest entry is of 2026-06-06" in result.output


def test_check_of_an_unknown_key_fails(root: Path) -> None:
    stock(root)
    assert "no feed with an address is called nobody" in run("check", "nobody").output


def test_check_without_a_network_is_one_line(root: Path) -> None:
    for number in range(3):
        write(root, f"wire-{number}", f"http://no-such-host-{number}.invalid/feed")
    stock(root)
    result = run("check")
    assert result.exit_code == 1
    assert result.output.strip() == "claimwire: none of 3 feeds can be reached: our own network is down"


@pytest.mark.parametrize("path", ["/feed", "/page", "/bare"])
def test_add_finds_the_feed_behind_a_page_and_writes_its_block(root: Path, path: str) -> None:
    with serving() as site:
        site.say("/feed", FEED)
        site.say("/page", PAGE)
        site.say("/bare", b"<html><body>Nothing is linked here</body></html>")
        result = run("add", site.url(path), "--kind", "agency")
        again = run("add", site.url(path))
    assert result.exit_code == 0, result.output
    (feed,) = load_feeds(root)
    assert (feed.url, feed.publisher, feed.language, feed.kind) == (site.url(), "Harbour Wire", "en", "agency")
    assert (feed.expect.min, feed.expect.max) == (0.2, 5.0)
    assert again.exit_code == 1
    assert "in the catalogue already" in again.output


def test_add_without_a_feed_says_so_and_writes_nothing(root: Path) -> None:
    with serving() as site:
        site.say("/page", b"<html><body>Nothing here</body></html>")
        result = run("add", site.url("/page"))
    assert result.exit_code == 1
    assert "no feed at" in result.output
    assert load_feeds(root) == []


def test_a_second_feed_of_a_host_goes_into_the_same_file(root: Path) -> None:
    with serving() as site:
        site.say("/a", FEED)
        site.say("/b", FEED)
        run("add", site.url("/a"))
        run("add", site.url("/b"))
    first, second = load_feeds(root)
    assert len(list((root / "feeds").glob("*.yml"))) == 1
    assert (second.publisher, second.key) == (first.publisher, first.key + "-2")


def test_what_is_exported_can_be_imported(root: Path, tmp_path: Path) -> None:
    write(root, "wire-en", "https://wire.example/en")
    write(root, "other-fr", "https://other.example/fr", language="fr")
    before = load_feeds(root)
    result = run("export", str(tmp_path / "feeds.opml"))
    assert result.exit_code == 0
    assert run("import", str(tmp_path / "feeds.opml")).output == "2 feeds listed, 0 written to 0 files\n"
    for path in (root / "feeds").glob("*.yml"):
        path.unlink()
    assert run("import", str(tmp_path / "feeds.opml")).output == "2 feeds listed, 2 written to 2 files\n"
    facts = {(feed.key, feed.url, feed.language, feed.kind, feed.publisher) for feed in before}
    assert {(feed.key, feed.url, feed.language, feed.kind, feed.publisher) for feed in load_feeds(root)} == facts


def test_an_opml_from_elsewhere_is_read_and_its_oddities_survived(root: Path, tmp_path: Path) -> None:
    opml = b"""<opml version="1.0"><body><outline text="News"><outline text="A" xmlUrl="https://a.example/rss"/>
      <outline text="B" xmlUrl="javascript:alert(1)"/><outline text="C: &lt;b&gt;" xmlUrl="https://c.example/rss"
      kind="gossip" language="deutsch" key="../../etc"/></outline></body></opml>"""
    (tmp_path / "list.opml").write_bytes(opml)
    assert run("import", str(tmp_path / "list.opml"), "--language", "es").exit_code == 0
    a, c = sorted(load_feeds(root), key=lambda feed: feed.url)
    assert (a.publisher, a.language, a.kind) == ("News", "es", "newspaper")
    assert (c.key, c.title, c.language, c.kind) == ("etc", "C: <b>", "es", "newspaper")


@pytest.mark.parametrize("raw", [b"", b"not xml", RSS, b'<!DOCTYPE o [<!ENTITY a "x">]><opml>&a;'])
def test_what_is_no_opml_is_refused_in_one_line(root: Path, tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "list.opml").write_bytes(raw)
    result = run("import", str(tmp_path / "list.opml"))
    assert result.exit_code == 1
    assert result.output.startswith("claimwire: no OPML")
