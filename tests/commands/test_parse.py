import json
from pathlib import Path

from click.testing import CliRunner

from claimwire.cli import main

FEEDS = Path(__file__).parent.parent / "golden" / "feeds"
KEYS = {
    *("guid", "version", "status", "url", "title", "summary", "text", "html", "language", "published_at", "updated_at"),
    *("dateline", "byline", "credit", "urgency", "subjects", "keywords", "note", "embargoed_until", "format"),
}


def test_each_entry_is_a_line_with_the_keys_of_the_contract() -> None:
    result = CliRunner().invoke(
        main, ["parse", str(FEEDS / "rss-two-languages.xml"), "--base-url", "https://a.example/b"]
    )
    first, second = map(json.loads, result.stdout.splitlines())
    assert result.exit_code == 0
    assert set(first) == set(second) == KEYS
    assert first["url"] == "https://a.example/2026/11/24/quota"
    assert first["published_at"] == "2026-11-24T08:30:00+00:00"


def test_a_bad_file_is_one_clear_line(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<!DOCTYPE html><html><body>Moved</body></html>")
    for path, problem in (
        (page, "a web page, not a feed"),
        (tmp_path / "none.xml", "No such file"),
        (tmp_path, "directory"),
    ):
        result = CliRunner().invoke(main, ["parse", str(path)])
        assert result.exit_code == 1
        assert result.stdout == ""
        assert problem in result.stderr
        assert result.stderr.count("\n") == 1


def test_the_zone_of_times_without_one_is_an_option(tmp_path: Path) -> None:
    path = tmp_path / "feed.json"
    item = {"id": "1", "title": "T", "date_published": "2026-11-24T09:00:00"}
    path.write_text(json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": [item]}))
    result = CliRunner().invoke(main, ["parse", str(path), "--zone", "Asia/Tokyo"])
    assert json.loads(result.stdout)["published_at"] == "2026-11-24T00:00:00+00:00"
    assert CliRunner().invoke(main, ["parse", str(path), "--zone", "Mars"]).exit_code == 2
