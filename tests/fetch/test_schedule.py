from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.fetch.schedule import (
    CAP_SECONDS,
    FLOOR_SECONDS,
    QUARANTINE_FAILURES,
    Harvest,
    advance,
    failure_weight,
    first_state,
    is_due,
)
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

from .site import NOW, make_feed

FEED = make_feed(url="https://wire.example/feed", interval_minutes=60)
SETTLED = FeedState(interval_seconds=3600, last_good_at=NOW - timedelta(hours=1), last_new_at=NOW - timedelta(hours=1))


def response(outcome: Outcome, **given: Any) -> Response:
    return Response("wire", outcome, given.pop("fetched_at", NOW), **given)


def wait_seconds(state: FeedState) -> float:
    assert state.next_poll_at
    assert state.last_fetch_at
    return (state.next_poll_at - state.last_fetch_at).total_seconds()


def test_a_feed_never_polled_is_due_at_once() -> None:
    assert is_due(first_state(FEED), NOW)


def test_mostly_new_entries_shorten_the_interval_and_old_ones_lengthen_it() -> None:
    busy = advance(FEED, SETTLED, response(Outcome.NEW), Harvest(entries=10, new=9))
    mixed = advance(FEED, SETTLED, response(Outcome.NEW), Harvest(entries=10, new=5))
    quiet = advance(FEED, SETTLED, response(Outcome.NEW), Harvest(entries=10, new=1))
    same = advance(FEED, SETTLED, response(Outcome.UNCHANGED), Harvest())
    assert (busy.interval_seconds, mixed.interval_seconds) == (2160, 3600)
    assert (quiet.interval_seconds, same.interval_seconds) == (4320, 4320)


def test_the_first_harvest_tells_nothing() -> None:
    state = advance(FEED, first_state(FEED), response(Outcome.NEW), Harvest(50, 50))
    assert state.interval_seconds == 3600
    assert state.entries_per_day is None


def test_the_interval_stays_between_floor_and_cap() -> None:
    busy, asleep = replace(SETTLED, interval_seconds=310), replace(SETTLED, last_new_at=NOW - timedelta(days=9))
    for _ in range(40):
        busy = advance(FEED, busy, response(Outcome.NEW), Harvest(10, 10))
        asleep = advance(FEED, asleep, response(Outcome.UNCHANGED), Harvest())
    assert busy.interval_seconds == FLOOR_SECONDS
    assert asleep.interval_seconds == CAP_SECONDS


def test_a_feed_that_was_awake_today_is_not_left_alone_for_long() -> None:
    state = SETTLED
    for _ in range(20):
        state = advance(FEED, state, response(Outcome.UNCHANGED), Harvest())
    assert state.interval_seconds == 4 * 3600


@pytest.mark.parametrize("wanted", [{"interval_minutes": 5}, {"interval_minutes": 30, "priority": 1}])
def test_a_feed_wanted_promptly_is_not_left_alone_longer_than_its_interval(wanted: dict[str, int]) -> None:
    feed = make_feed(url="https://wire.example/feed", **wanted)
    seconds = feed.interval_minutes * 60.0
    state = replace(SETTLED, interval_seconds=seconds, last_new_at=NOW - timedelta(days=6))
    dead = replace(state, last_new_at=NOW - timedelta(days=8))
    for _ in range(40):
        state = advance(feed, state, response(Outcome.UNCHANGED), Harvest())
        dead = advance(feed, dead, response(Outcome.UNCHANGED), Harvest())
    assert state.interval_seconds == seconds
    assert dead.interval_seconds == CAP_SECONDS
    asked = advance(feed, state, response(Outcome.UNCHANGED, max_age_seconds=7200), Harvest())
    assert asked.interval_seconds == 7200


def test_a_prompt_feed_that_was_empty_from_the_start_is_waited_for() -> None:
    feed = make_feed(url="https://wire.example/feed", interval_minutes=5)
    state, now = first_state(feed), NOW
    for _ in range(288):
        state = advance(feed, state, response(Outcome.EMPTY, fetched_at=now), Harvest())
        now += timedelta(seconds=300)
    assert state.interval_seconds == 300
    for _ in range(288 * 7):
        state = advance(feed, state, response(Outcome.EMPTY, fetched_at=now), Harvest())
        now += timedelta(seconds=300)
    assert state.interval_seconds > 3600


def test_what_the_feed_asks_for_is_honoured_up_to_a_day() -> None:
    asked = advance(FEED, SETTLED, response(Outcome.NEW, max_age_seconds=7200), Harvest(10, 10))
    absurd = advance(FEED, SETTLED, response(Outcome.NEW, max_age_seconds=9e9), Harvest(10, 10))
    assert asked.interval_seconds == 7200
    assert wait_seconds(absurd) <= CAP_SECONDS


@pytest.mark.parametrize(
    ("outcome", "status", "weight"),
    [
        (Outcome.DNS_FAILED, None, 0.25), (Outcome.TIMED_OUT, None, 0.5), (Outcome.HTTP_ERROR, 502, 0.5),
        (Outcome.RATE_LIMITED, 429, 0.5), (Outcome.PARSE_FAILED, 200, 0.5), (Outcome.NOT_A_FEED, 200, 0.5),
        (Outcome.HTTP_ERROR, 404, 1.0), (Outcome.UNAUTHORISED, 403, 1.0), (Outcome.GONE, 410, 1.0),
        (Outcome.NEW, 200, 0.0), (Outcome.UNCHANGED, 304, 0.0), (Outcome.NETWORK_DOWN, None, 0.0),
    ],
)  # fmt: skip
def test_failures_weigh_what_they_mean(outcome: Outcome, status: int | None, weight: float) -> None:
    assert failure_weight(response(outcome, status=status)) == weight


def test_backing_off_is_linear_in_the_weighted_failures() -> None:
    state, waits = SETTLED, []
    for _ in range(5):
        state = advance(FEED, state, response(Outcome.HTTP_ERROR, status=404), Harvest())
        waits.append(wait_seconds(state) / 3600)
    assert [round(wait) for wait in waits] == [1, 2, 3, 4, 5]
    assert (state.failures, state.failed_runs, state.state) == (5.0, 5, "active")


def test_a_feed_that_keeps_failing_is_quarantined_but_tried_daily_and_comes_back() -> None:
    state = SETTLED
    for _ in range(int(QUARANTINE_FAILURES)):
        state = advance(FEED, state, response(Outcome.HTTP_ERROR, status=404), Harvest())
    assert state.is_quarantined
    assert 0.8 * CAP_SECONDS < wait_seconds(state) <= CAP_SECONDS
    back = advance(FEED, state, response(Outcome.NEW), Harvest(5, 5))
    assert (back.state, back.failures, back.failed_runs) == ("active", 0.0, 0)


def test_gone_quarantines_at_once() -> None:
    assert advance(FEED, SETTLED, response(Outcome.GONE, status=410), Harvest()).is_quarantined


def test_nobody_is_blamed_when_our_network_is_down() -> None:
    state = advance(FEED, SETTLED, response(Outcome.NETWORK_DOWN), Harvest())
    assert (state.failures, state.failed_runs, state.last_good_at) == (0.0, 0, SETTLED.last_good_at)
    assert wait_seconds(state) < 400


def test_a_failure_keeps_validators_and_the_body_that_they_belong_to() -> None:
    good = advance(FEED, SETTLED, response(Outcome.NEW, body=b"<rss/>", etag='"1"', url="https://w/"), Harvest(1, 1))
    bad = advance(FEED, good, response(Outcome.PARSE_FAILED, body=b"broken", etag='"2"'), Harvest())
    assert (bad.etag, bad.body_sha256, bad.validator_url) == ('"1"', good.body_sha256, "https://w/")


def test_gap_and_volume_follow_what_comes() -> None:
    state = replace(SETTLED, usual_gap_seconds=3600.0, entries_per_day=24.0)
    state = advance(FEED, state, response(Outcome.NEW), Harvest(10, 1))
    assert state.usual_gap_seconds == 3600
    assert state.entries_per_day == pytest.approx(24)
    quiet = advance(FEED, state, response(Outcome.UNCHANGED, fetched_at=NOW + timedelta(days=2)), Harvest())
    assert quiet.entries_per_day is not None
    assert 8 < quiet.entries_per_day < 16
    assert quiet.empty_runs == 1


def test_jitter_spreads_feeds_and_is_the_same_each_time() -> None:
    feeds = [make_feed(key=f"wire-{number}", url=f"https://w{number}.example/") for number in range(200)]
    waits = [wait_seconds(advance(feed, SETTLED, response(Outcome.NEW), Harvest(10, 5))) for feed in feeds]
    again = [wait_seconds(advance(feed, SETTLED, response(Outcome.NEW), Harvest(10, 5))) for feed in feeds]
    assert waits == again
    assert min(waits) < 3600 * 0.92
    assert max(waits) > 3600 * 1.08
    assert all(3600 * 0.9 <= wait <= 3600 * 1.1 for wait in waits)


@given(
    outcome=st.sampled_from(Outcome),
    status=st.sampled_from([None, 200, 304, 404, 410, 429, 503]),
    failures=st.floats(0, 1000),
    interval=st.floats(FLOOR_SECONDS, CAP_SECONDS),
    asked=st.none() | st.floats(0, CAP_SECONDS),
    harvest=st.builds(Harvest, st.integers(10, 100), st.integers(0, 10)),
)
def test_no_wait_undercuts_floor_or_retry_after_or_exceeds_a_day(
    outcome: Outcome, status: int | None, failures: float, interval: float, asked: float | None, harvest: Harvest
) -> None:
    state = replace(SETTLED, failures=failures, interval_seconds=interval)
    after = advance(FEED, state, response(outcome, status=status, retry_after_seconds=asked), harvest)
    assert max(FLOOR_SECONDS, asked or 0) - 1e-3 <= wait_seconds(after) <= CAP_SECONDS + 1e-3
