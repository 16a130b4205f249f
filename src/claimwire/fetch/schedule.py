"""When to look at a feed again: pure arithmetic from its state, its last response and the time.

Adaptive polling and weighted failures follow Media Cloud's fetcher of 180,000 feeds; linear back-off, since an
exponential one is extreme with long intervals, and feeds do come back after weeks of 404.
"""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import exp

from claimwire.catalog.feeds import Feed
from claimwire.fetch.feed import body_sha256
from claimwire.fetch.outcomes import GOOD
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

FLOOR_SECONDS = 300.0
CAP_SECONDS = 86400.0
JITTER_SHARE = 0.1
QUARANTINE_FAILURES = 8.0
NETWORK_DOWN_SECONDS = 300.0
DAY_SECONDS = 86400.0

MOSTLY_NEW, MOSTLY_OLD = 2 / 3, 1 / 3
SHORTER, LONGER = 0.6, 1.2
AWAKE_FACTOR = 4.0
"""A feed that brought news within a day is never left alone longer than this many times its catalogue's interval."""

PROMPT_MINUTES, PROMPT_DAYS = 5, 7.0
"""A feed that the catalogue wants with every collection, or gives the first priority, is never left alone longer than
its interval until it was silent for so many days: news of it must not wait, and to ask in vain costs its host a 304."""

MEMORY_DAYS = 3.0
"""Averages of gap and volume forget within about this time."""

_WEIGHTS = {Outcome.DNS_FAILED: 0.25} | dict.fromkeys(
    (
        Outcome.TIMED_OUT,
        Outcome.UNREACHABLE,
        Outcome.TLS_FAILED,
        Outcome.RATE_LIMITED,
        Outcome.NOT_A_FEED,
        Outcome.PARSE_FAILED,
    ),
    0.5,
)


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a response held: entries in all, and those never seen before."""

    entries: int = 0
    new: int = 0


def failure_weight(response: Response) -> float:
    """How much one failure counts: what may pass by itself counts less. Zero where all went well."""
    if response.outcome in GOOD or response.outcome is Outcome.NETWORK_DOWN:
        return 0.0
    if response.outcome is Outcome.HTTP_ERROR and response.status and response.status >= 500:
        return 0.5
    return _WEIGHTS.get(response.outcome, 1.0)


def first_state(feed: Feed) -> FeedState:
    """The state of a feed never polled: due at once, at the interval of its catalogue."""
    return FeedState(interval_seconds=feed.interval_minutes * 60.0)


def advance(feed: Feed, state: FeedState, response: Response, harvest: Harvest) -> FeedState:
    """The state after a response, with the time of the next poll. Its `message` is left to the caller."""
    now = response.fetched_at
    state = replace(state, last_fetch_at=now, last_outcome=str(response.outcome))
    if response.outcome in GOOD:
        state = _after_success(feed, state, response, harvest)
    elif response.outcome is not Outcome.NETWORK_DOWN:
        state = _after_failure(state, response)
    wait = DAY_SECONDS if state.is_quarantined else state.interval_seconds * max(1.0, state.failures)
    if response.outcome is Outcome.NETWORK_DOWN:
        wait = NETWORK_DOWN_SECONDS
    return replace(state, next_poll_at=_later(feed, now, wait, response.retry_after_seconds or 0.0))


def is_due(state: FeedState, now: datetime) -> bool:
    """Whether a feed should be polled now."""
    return state.next_poll_at is None or state.next_poll_at <= now


def _after_failure(state: FeedState, response: Response) -> FeedState:
    failures = state.failures + failure_weight(response)
    is_out = response.outcome is Outcome.GONE or failures >= QUARANTINE_FAILURES
    return replace(
        state,
        failures=failures,
        failed_runs=state.failed_runs + 1,
        state="quarantined" if is_out else state.state,
        # An adopted address that fails is given up for the catalogue's own.
        moved_sightings=0 if state.is_move_adopted else state.moved_sightings,
    )


def _after_success(feed: Feed, state: FeedState, response: Response, harvest: Harvest) -> FeedState:
    now = response.fetched_at
    state = replace(_with_volume(state, harvest, now), state="active", failures=0.0, failed_runs=0)
    state = _with_validators(_with_move(state, response), response)
    return replace(
        state,
        interval_seconds=_adapted_interval(feed, state, response, harvest),
        last_good_at=now,
        last_new_at=now if harvest.new else state.last_new_at,
        empty_runs=0 if harvest.new else state.empty_runs + 1,
    )


def _adapted_interval(feed: Feed, state: FeedState, response: Response, harvest: Harvest) -> float:
    wanted = feed.interval_minutes * 60.0
    interval = state.interval_seconds
    if state.last_good_at is not None:  # the first harvest is all new and tells nothing
        share = harvest.new / harvest.entries if harvest.entries else 0.0
        interval *= SHORTER if share >= MOSTLY_NEW else LONGER if share < MOSTLY_OLD else 1.0
    silent_days = 0.0 if harvest.new else _silent_days(state, response.fetched_at)
    ceiling = min(CAP_SECONDS, wanted * _patience(feed, silent_days))
    return max(FLOOR_SECONDS, min(interval, ceiling), min(response.max_age_seconds or 0.0, CAP_SECONDS))


def _patience(feed: Feed, silent_days: float) -> float:
    """How many times its catalogue's interval a feed may at most be left alone."""
    is_prompt = feed.priority == 1 or feed.interval_minutes <= PROMPT_MINUTES
    if is_prompt and silent_days < PROMPT_DAYS:
        return 1.0
    return AWAKE_FACTOR if silent_days < 1.0 else float("inf")


def _silent_days(state: FeedState, now: datetime) -> float:
    """Since when it brought nothing; one that never did was silent for as long as it was asked."""
    if state.last_new_at is None:
        return state.empty_runs * state.interval_seconds / DAY_SECONDS
    return _days_since(state.last_new_at, now)


def _with_volume(state: FeedState, harvest: Harvest, now: datetime) -> FeedState:
    """Moving averages of new entries a day and of the gap between them."""
    if state.last_good_at is None:
        return state
    days = max(_days_since(state.last_good_at, now), 1 / 1440)
    weight = 1.0 - exp(-days / MEMORY_DAYS)
    rate = harvest.new / days
    before = rate if state.entries_per_day is None else state.entries_per_day
    state = replace(state, entries_per_day=before + weight * (rate - before))
    if not harvest.new or state.last_new_at is None:
        return state
    gap = (now - state.last_new_at).total_seconds()
    usual = gap if state.usual_gap_seconds is None else state.usual_gap_seconds
    return replace(state, usual_gap_seconds=usual + 0.2 * (gap - usual))


def _with_validators(state: FeedState, response: Response) -> FeedState:
    if response.body is None:
        return state
    return replace(
        state,
        etag=response.etag,
        last_modified=response.last_modified,
        validator_url=response.url,
        body_sha256=body_sha256(response.body),
        last_full_at=response.fetched_at,
    )


def _with_move(state: FeedState, response: Response) -> FeedState:
    if response.moved_to:
        sightings = state.moved_sightings + 1 if response.moved_to == state.moved_to else 1
        return replace(state, moved_to=response.moved_to, moved_sightings=sightings)
    return state if state.is_move_adopted else replace(state, moved_to="", moved_sightings=0)


def _later(feed: Feed, now: datetime, wait_seconds: float, at_least_seconds: float) -> datetime:
    """`now` plus the wait, within floor and cap, ±10 % so that feeds do not march in step.

    What a server asked for and the floor are only ever lengthened by jitter, never undercut.
    """
    jitter = JITTER_SHARE * _chance(f"{feed.key} {now.isoformat()}")
    longest = CAP_SECONDS / (1 + JITTER_SHARE)
    wait = min(wait_seconds, longest) * (1 + jitter)
    least = max(FLOOR_SECONDS, min(at_least_seconds, longest)) * (1 + abs(jitter))
    return now + timedelta(seconds=max(wait, least, min(at_least_seconds, CAP_SECONDS)))


def _chance(seed: str) -> float:
    """A number from -1 to 1 that is always the same for one seed, so that a run can be repeated."""
    return int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big") / (1 << 63) - 1.0


def _days_since(then: datetime | None, now: datetime) -> float:
    return float("inf") if then is None else (now - then).total_seconds() / DAY_SECONDS
