from dataclasses import replace
from datetime import timedelta

import pytest

from claimwire.catalog.feeds import Expect
from claimwire.fetch.health import CHECKS, Vitals, judge_health
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome

from .site import NOW, make_feed

FEED = make_feed(url="https://wire.example/feed", expect=Expect(min=5, max=50))
WELL = FeedState(
    last_good_at=NOW,
    last_new_at=NOW - timedelta(hours=1),
    usual_gap_seconds=3600,
    entries_per_day=20,
    last_outcome="new",
)
VITALS = Vitals(WELL, watched_days=30, recent=100, in_language=98)


def found(vitals: Vitals, feed: object = FEED) -> list[tuple[str, str]]:
    return [(finding.finding, finding.level) for finding in judge_health(feed, vitals, NOW)]  # type: ignore[arg-type]


def state(**changes: object) -> Vitals:
    return replace(VITALS, state=replace(WELL, **changes))  # type: ignore[arg-type]


def test_a_feed_that_is_well_has_no_finding() -> None:
    assert found(VITALS) == []
    assert found(Vitals(FeedState())) == []


@pytest.mark.parametrize(
    ("hours", "empty_runs", "expected"),
    [
        (2.9, 9, []), (3.1, 1, []), (3.1, 2, [("silent", "warning")]), (23, 20, [("silent", "warning")]),
        (30, 20, [("silent", "alarm")]),
    ],
)  # fmt: skip
def test_silence_is_three_usual_gaps_and_two_empty_runs(
    hours: float, empty_runs: int, expected: list[tuple[str, str]]
) -> None:
    assert found(state(last_new_at=NOW - timedelta(hours=hours), empty_runs=empty_runs)) == expected


def test_a_busy_wire_may_sleep_for_an_hour() -> None:
    minutes = {"usual_gap_seconds": 60.0, "empty_runs": 5}
    assert found(state(last_new_at=NOW - timedelta(minutes=50), **minutes)) == []
    assert found(state(last_new_at=NOW - timedelta(minutes=70), **minutes)) == [("silent", "warning")]


def test_without_a_gap_seen_the_catalogue_says_what_is_usual() -> None:
    quiet = state(usual_gap_seconds=None, last_new_at=NOW - timedelta(hours=15), empty_runs=4)
    assert found(quiet) == [("silent", "warning")]
    assert found(quiet, make_feed(url="https://wire.example/")) == []


@pytest.mark.parametrize(
    ("daily", "expected"),
    [
        (4.9, [("volume_low", "warning")]), (5, []), (50, []), (51, [("volume_high", "warning")]),
        (501, [("volume_high", "alarm")]), (None, []),
    ],
)  # fmt: skip
def test_volume_stays_in_its_band(daily: float | None, expected: list[tuple[str, str]]) -> None:
    assert found(state(entries_per_day=daily)) == expected


def test_volume_says_nothing_in_the_first_days() -> None:
    assert found(replace(state(entries_per_day=900), watched_days=2)) == []


@pytest.mark.parametrize(
    ("recent", "in_language", "expected"),
    [(100, 19, [("language_lost", "alarm")]), (100, 20, []), (9, 0, []), (10, 0, [("language_lost", "alarm")])],
)
def test_a_language_that_vanishes(recent: int, in_language: int, expected: list[tuple[str, str]]) -> None:
    assert found(replace(VITALS, recent=recent, in_language=in_language)) == expected


def test_a_feed_of_many_languages_has_none_to_lose() -> None:
    many = make_feed(url="https://wire.example/feed", language="mul")
    assert found(replace(VITALS, in_language=0), many) == []


@pytest.mark.parametrize(("in_future", "expected"), [(1, []), (4, []), (5, [("future_dates", "warning")])])
def test_dates_in_the_future(in_future: int, expected: list[tuple[str, str]]) -> None:
    assert found(replace(VITALS, in_future=in_future)) == expected


def test_a_feed_that_turned_into_a_web_page() -> None:
    assert found(state(last_outcome=str(Outcome.NOT_A_FEED), failed_runs=1)) == []
    assert found(state(last_outcome=str(Outcome.NOT_A_FEED), failed_runs=2)) == [("not_a_feed", "alarm")]


def test_a_quarantined_feed_is_shown_as_such_and_alarms_come_first() -> None:
    bad = state(state="quarantined", failed_runs=9, last_outcome="http_error", entries_per_day=1)
    assert found(bad) == [("quarantined", "alarm"), ("volume_low", "warning")]
    message = judge_health(FEED, bad, NOW)[0].message
    assert message.startswith("feed wire: ")
    assert "9 failures in a row, now http_error; last good fetch 2026-11-24 06:00Z" in message


def test_each_finding_is_named_as_its_check() -> None:
    assert set(CHECKS) == {
        "silent", "volume_low", "volume_high", "language_lost", "future_dates", "not_a_feed", "quarantined",
    }  # fmt: skip
