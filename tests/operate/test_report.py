"""What came of a collection, told to people: every kind of feed once, and red only when it should be."""

from datetime import UTC, datetime, timedelta

import pytest

from claimwire.operate.report import read_report
from claimwire.warehouse.tables import feeds, fetches

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def fetch(warehouse):
    """Notes one fetch of a feed on a host of its own."""
    known = set()

    def note(key: str, outcome: str, message: str = "", weight: float = 0.0, **dispositions: int) -> str:
        with warehouse.begin() as connection:
            if key not in known:
                row = {"feed_key": key, "publisher": key, "url": f"https://{key}.example/", "host": f"{key}.example"}
                connection.execute(feeds.insert().values(row))
                known.add(key)
            connection.execute(
                fetches.insert().values(
                    feed_key=key,
                    fetched_at=NOW + timedelta(seconds=5),
                    outcome=outcome,
                    message=message,
                    weight=weight,
                    dispositions=dispositions,
                )
            )
        return key

    return note


def test_the_table_says_new_unchanged_failed_and_why_the_worst_first(warehouse, fetch):
    keys = [
        fetch("calm", "unchanged", unchanged=30),
        fetch("busy", "new", "feed busy: 3 new of 20 entries", loaded=2, new_version=1, unchanged=16, quarantined=1),
        fetch("slow", "timed_out", "feed slow: no answer within 20 s", weight=0.5),
        fetch("gone", "gone", "feed gone: 410, given up", weight=8.0),
        "resting",
    ]

    report = read_report(warehouse, keys, NOW)

    summary, head, *lines = report.lines
    assert report.counts == {"asked": 5, "answered": 2, "failed": 2, "put_off": 1, "new": 3}
    assert summary.startswith("5 feeds: ")
    assert summary.endswith("1 put off; 3 new articles")
    assert head.split() == ["outcome", "new", "unchanged", "other", "why"]
    assert [line.split()[0] for line in lines] == ["gone", "timed_out", "new"], "what answered as ever needs no line"
    assert lines[2].split()[:4] == ["new", "3", "16", "1"]
    assert "no answer within 20 s" in lines[1]
    assert report.problem == ""


def test_a_drop_folder_counts_once_whatever_the_number_of_its_files(warehouse, fetch):
    keys = {fetch("dropped", "new", f"delivery-{n}.xml", loaded=1) for n in range(4)}
    report = read_report(warehouse, [*keys], NOW)
    assert report.lines[0] == "1 feeds: 1 new; 4 new articles"
    assert report.counts == {"asked": 1, "answered": 1, "failed": 0, "put_off": 0, "new": 4}


def test_a_run_is_red_when_most_feeds_failed_and_says_of_how_many(warehouse, fetch):
    keys = [fetch("well", "unchanged")] + [fetch(f"bad{n}", "not_a_feed", "a web page", 0.5) for n in range(4)]
    assert read_report(warehouse, keys, NOW).problem == (
        "4 of 5 feeds failed while our network is up; the lines above say why"
    )


def test_our_own_outage_blames_nobody_and_is_not_red(warehouse, fetch):
    keys = [fetch(f"far{n}", "unreachable", "no route", 0.5) for n in range(5)]
    report = read_report(warehouse, keys, NOW)
    assert report.problem == ""
    assert report.counts["failed"] == 0
    assert "our own network is down: 5 feeds" in report.lines[1]


def test_a_run_that_left_no_trace_is_red(warehouse):
    assert "left a trace" in read_report(warehouse, ["one", "two"], NOW).problem


def test_nothing_due_is_green_and_says_so(warehouse):
    report = read_report(warehouse, [], NOW)
    assert report.lines == ("0 feeds: nothing was due; 0 new articles",)
    assert report.problem == ""
