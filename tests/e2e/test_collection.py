"""A round of collection, from a real server into a real warehouse."""

import os
import time
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from claimwire.catalog.feeds import Feed
from claimwire.fetch.client import Client, Limits
from claimwire.fetch.folder import drop_path
from claimwire.fetch.round import PUT_OFF, Catch, Due, Round
from claimwire.fetch.schedule import first_state
from claimwire.fetch.state import FeedState
from claimwire.intake import Intake
from claimwire.model import Tally
from claimwire.warehouse.feeds import load_catalogue, read_states
from claimwire.warehouse.leases import HostLeases
from claimwire.warehouse.tables import articles, fetches

from ..fetch.site import Site, make_feed

GAP_SECONDS = 0.1
TEXT = "The harbour of the old town opened again on Monday after a long winter, the mayor said."


def wire(site: Site, name: str, entries: int = 2, *, is_full: bool = True) -> bytes:
    item = (
        "<item><title>{n} of {name}</title><guid isPermaLink='false'>{name}/{n}</guid><link>{url}</link>{text}</item>"
    )
    text = f"<description>{TEXT}</description>" if is_full else "<description>The harbour opened.</description>"
    items = "".join(item.format(n=n, name=name, url=site.url(f"/{name}/{n}.html"), text=text) for n in range(entries))
    return f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()


def a_round(engine: Engine, tmp_path: Path, desk: Any = None, **options: Any) -> Round:
    limits = Limits(connect_seconds=1, read_seconds=1, total_seconds=2)
    return Round(
        Client("claimwire-test", allowed_hosts=["127.0.0.1", "localhost"], limits=limits),
        HostLeases(engine, f"test:{os.getpid()}"),
        desk or Intake(engine, lambda _: False),
        clock=lambda: datetime.now(UTC),
        folders=lambda feed: drop_path(feed, tmp_path / "data", tmp_path / "var"),
        gap_seconds=GAP_SECONDS,
        **options,
    )


def collect(engine: Engine, tmp_path: Path, feeds: list[Feed], **options: Any) -> Tally:
    with engine.begin() as connection:
        load_catalogue(connection, feeds)
        states = {key: FeedState(**row) for key, row in read_states(connection).items()}
    dues = [Due(feed, states.get(feed.key) or first_state(feed)) for feed in feeds]
    return a_round(engine, tmp_path, **options).collect(dues)


def stored(engine: Engine) -> Counter[str]:
    with engine.connect() as connection:
        return Counter(connection.scalars(select(articles.c.guid)))


def test_each_feed_ends_in_its_outcome_and_none_is_hurt_by_another(
    warehouse: Engine, tmp_path: Path, site: Site
) -> None:
    site.say("/well", wire(site, "well"))
    site.say("/page", b"<!doctype html><html></html>")
    site.say("/flood", b"<rss " + b" ".join(b'a%d="1"' % n for n in range(5000)) + b"></rss>")
    site.say("/empty", b"<rss version='2.0'><channel><title>x</title></channel></rss>")
    paths = ("well", "page", "flood", "empty", "missing")
    feeds = [make_feed(key=path, url=site.url(f"/{path}"), content="full") for path in paths]
    feeds.append(make_feed(key="private", url="http://10.0.0.1/feed"))
    tally = collect(warehouse, tmp_path, feeds)
    assert tally.went_out == {
        "new": 1, "not_a_feed": 1, "refused_bytes": 1, "empty": 1, "http_error": 1, "blocked_address": 1,
    }  # fmt: skip
    assert stored(warehouse) == {"well/0": 1, "well/1": 1}
    with warehouse.connect() as connection:
        messages = {row.feed_key: row.message for row in connection.execute(select(fetches))}
    assert messages["missing"].startswith("feed missing: 404 from 127.0.0.1; never fetched well; next try ")
    assert len(messages) == 6


def test_one_request_a_host_at_a_time_with_the_gap_between(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    for number in range(4):
        site.say(f"/{number}", wire(site, f"w{number}"))
    collect(warehouse, tmp_path, [make_feed(key=f"w{n}", url=site.url(f"/{n}"), content="full") for n in range(4)])
    asks = sorted(site.asked, key=lambda ask: ask.began)
    assert len(asks) == 4
    assert all(after.began - before.ended >= GAP_SECONDS * 0.9 for before, after in pairwise(asks))


def test_pages_are_fetched_where_the_feed_has_a_summary_only(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    site.say("/feed", wire(site, "wire", 3, is_full=False))
    site.say("/robots.txt", b"User-agent: *\nDisallow: /wire/2")
    for number in range(3):
        site.say(f"/wire/{number}.html", long_page("long"), Content_Type="text/html; charset=utf-8")
    site.say("/wire/1.html", b"", 403)
    collect(warehouse, tmp_path, [make_feed(url=site.url())])
    with warehouse.connect() as connection:
        found = {row.guid: row.text for row in connection.execute(select(articles.c.guid, articles.c.text))}
    assert "Paragraph 5" in found["wire/0"]
    assert found["wire/1"] == found["wire/2"] == "The harbour opened.", "the feed's own text where the page is closed"
    assert len(site.asked_for("/robots.txt")) == 1
    assert not site.asked_for("/wire/2.html")


def long_page(word: str) -> bytes:
    body = "".join(f"<p>{TEXT} Paragraph {n} of the {word} story, which goes on for a while.</p>" for n in range(6))
    return f"<html><body><article><h1>Harbour</h1>{body}</article></body></html>".encode()


def texts(engine: Engine) -> list[tuple[str, int, bool]]:
    """Guid, version and whether the text is the page's, of each row."""
    with engine.connect() as connection:
        rows = connection.execute(select(articles.c.guid, articles.c.version_number, articles.c.text))
        return sorted((row.guid, row.version_number, "Paragraph 5" in row.text) for row in rows)


def test_the_page_of_a_known_article_is_not_fetched_again_nor_its_text_lost(
    warehouse: Engine, tmp_path: Path, site: Site
) -> None:
    feed = make_feed(url=site.url())
    for entries in (1, 2):  # the feed changes, its first entry does not
        site.say("/feed", wire(site, "wire", entries, is_full=False))
        site.say(f"/wire/{entries - 1}.html", long_page("first"), Content_Type="text/html")
        collect(warehouse, tmp_path, [feed])
    assert texts(warehouse) == [("wire/0", 1, True), ("wire/1", 1, True)]
    assert len(site.asked_for("/wire/0.html")) == 1


def test_a_changed_headline_brings_the_page_again(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    feed, body = make_feed(url=site.url()), wire(site, "wire", 1, is_full=False)
    for word in ("first", "second"):
        site.say("/feed", body.replace(b"0 of wire", f"The {word} story".encode()))
        site.say("/wire/0.html", long_page(word), Content_Type="text/html")
        collect(warehouse, tmp_path, [feed])
    assert texts(warehouse) == [("wire/0", 1, True), ("wire/0", 2, True)]
    assert len(site.asked_for("/wire/0.html")) == 2


def test_a_second_round_changes_nothing(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    site.say("/feed", wire(site, "wire", 5))
    feed = make_feed(url=site.url(), content="full")
    assert collect(warehouse, tmp_path, [feed]).went_out == {"new": 1}
    assert collect(warehouse, tmp_path, [feed]).went_out == {"unchanged": 1}
    assert set(stored(warehouse).values()) == {1}


def test_after_retry_after_the_other_feeds_of_the_host_are_put_off(
    warehouse: Engine, tmp_path: Path, site: Site
) -> None:
    site.say("/0", b"", 429, Retry_After="600")
    for number in (1, 2):
        site.say(f"/{number}", wire(site, f"w{number}"))
    feeds = [make_feed(key=f"w{n}", url=site.url(f"/{n}"), content="full") for n in range(3)]
    tally = collect(warehouse, tmp_path, feeds)
    assert tally.went_out == {"rate_limited": 1, PUT_OFF: 2}
    assert len(site.asked) == 1


def test_a_drop_folder_is_read_archived_and_not_read_again(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    folder = tmp_path / "var/drop/wire"
    folder.mkdir(parents=True)
    for name, body in (("good.xml", wire(site, "wire", 2)), ("bad.xml", b"\x00junk")):
        (folder / name).write_bytes(body)
        os.utime(folder / name, (time.time() - 60, time.time() - 60))
    feed = make_feed(folder="wire", content="full")
    collect(warehouse, tmp_path, [feed])
    assert stored(warehouse) == {"wire/0": 1, "wire/1": 1}
    assert sorted(path.name for path in folder.rglob("*") if path.is_file()) == [
        "bad.xml",
        "bad.xml.why.txt",
        "good.xml",
    ]
    assert collect(warehouse, tmp_path, [feed]).went_out == {"unchanged": 1}


def test_a_folder_that_cannot_be_read_has_its_outcome(warehouse: Engine, tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var/drop").write_text("a file where the folder should be")
    assert collect(warehouse, tmp_path, [make_feed(folder="wire")]).went_out == {"unreachable": 1}
    with warehouse.connect() as connection:
        assert "var/drop" in connection.scalars(select(fetches.c.message)).one()


def test_a_dead_line_is_noticed_early_and_nobody_is_blamed(warehouse: Engine, tmp_path: Path) -> None:
    feeds = [make_feed(key=f"w{n}", url=f"http://no-such-host-{n}.invalid/feed") for n in range(40)]
    tally = collect(warehouse, tmp_path, feeds, workers=2)
    assert tally.went_out["network_down"] >= 30
    with warehouse.connect() as connection:
        weights = connection.execute(select(func.sum(fetches.c.weight))).scalar_one()
    assert weights <= 10 * 0.25


class Breaking:
    """A desk with a bug that one feed brings out."""

    def __init__(self, intake: Intake) -> None:
        self.intake = intake

    def wants(self, feed: Feed, entries: Any) -> Any:
        return self.intake.wants(feed, entries)

    def keep(self, catch: Catch) -> FeedState:
        if catch.feed.key == "odd" and catch.entries:
            raise KeyError("colour")
        return self.intake.keep(catch)


def test_a_bug_that_one_feed_brings_out_costs_only_that_feed(warehouse: Engine, tmp_path: Path, site: Site) -> None:
    site.say("/odd", wire(site, "odd"))
    site.say("/well", wire(site, "well"))
    feeds = [make_feed(key=key, url=site.url(f"/{key}"), content="full") for key in ("odd", "well")]
    tally = collect(warehouse, tmp_path, feeds, desk=Breaking(Intake(warehouse, lambda _: False)))
    assert tally.went_out == {"parse_failed": 1, "new": 1}
    assert set(stored(warehouse)) == {"well/0", "well/1"}
