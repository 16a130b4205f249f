"""Watching the watch: what is wrong with a feed that answers as if nothing were. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from claimwire.catalog.feeds import MANY, Feed
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome

DAY = timedelta(days=1)
SILENT_GAPS, ALARMING_GAPS = 3, 9
"""A feed is silent after so many of its usual gaps without anything new; alarmingly so after the second."""

SILENT_AT_LEAST = timedelta(hours=1)
"""Three gaps of a busy wire are minutes: every night would be a silence."""

EMPTY_RUNS = 2
SETTLED_DAYS = 3.0
"""Days of watching before a volume says anything."""

ENOUGH_ARTICLES = 10
LOST_LANGUAGE_SHARE = 0.2
FUTURE_SHARE = 0.05


@dataclass(frozen=True, slots=True)
class Vitals:
    """What the warehouse knows of a feed's last days.

    Args:
        watched_days: since its first fetch.
        recent: articles of the last week.
        in_language: those of them in the feed's own language.
        in_future: those of them that were dated ahead when they were fetched.
    """

    state: FeedState
    watched_days: float = 0.0
    recent: int = 0
    in_language: int = 0
    in_future: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong with one feed; `level` is warning or alarm, `message` names feed and remedy."""

    feed_key: str
    finding: str
    level: str
    message: str


def judge_health(feed: Feed, vitals: Vitals, now: datetime) -> list[Finding]:
    """What is wrong with a feed, worst first; nothing for one that is well or was never fetched."""
    found = (check(feed, vitals, now) for check in CHECKS.values())
    return sorted(filter(None, found), key=lambda finding: finding.level != "alarm")


def usual_gap(feed: Feed, state: FeedState) -> timedelta | None:
    """The usual time between new entries, as seen or else as the catalogue expects."""
    if state.usual_gap_seconds:
        return timedelta(seconds=state.usual_gap_seconds)
    return DAY / feed.expect.min if feed.expect.min else None


def check_silence(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:
    """Nothing new for three times the usual gap, and two runs that brought nothing."""
    state, gap = vitals.state, usual_gap(feed, vitals.state)
    if gap is None or state.last_new_at is None or state.empty_runs < EMPTY_RUNS:
        return None
    silence = now - state.last_new_at
    if silence < max(gap * SILENT_GAPS, SILENT_AT_LEAST):
        return None
    level = "alarm" if silence >= max(gap * ALARMING_GAPS, DAY) else "warning"
    text = f"nothing new for {span(silence)}, usually every {span(gap)}: has it moved, or is its site frozen?"
    return _finding(feed, "silent", level, text)


def check_volume_low(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """Fewer new entries a day than the catalogue expects."""
    daily, least = vitals.state.entries_per_day, feed.expect.min
    if daily is None or least is None or vitals.watched_days < SETTLED_DAYS or daily >= least:
        return None
    text = f"{daily:.1f} new entries a day, expected at least {least:g}: look at the feed, or mend `expect`"
    return _finding(feed, "volume_low", "warning", text)


def check_volume_high(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """More new entries a day than the catalogue expects."""
    daily, most = vitals.state.entries_per_day, feed.expect.max
    if daily is None or most is None or vitals.watched_days < SETTLED_DAYS or daily <= most:
        return None
    text = f"{daily:.0f} new entries a day, expected at most {most:g}: do its guids change at every fetch?"
    return _finding(feed, "volume_high", "alarm" if daily > 10 * most else "warning", text)


def check_language(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """The feed's own language has all but vanished from what it brings."""
    if (
        feed.language == MANY
        or vitals.recent < ENOUGH_ARTICLES
        or vitals.in_language >= vitals.recent * LOST_LANGUAGE_SHARE
    ):
        return None
    text = f"{vitals.in_language} of {vitals.recent} articles of a week are in '{feed.language}': wrong edition?"
    return _finding(feed, "language_lost", "alarm", text)


def check_dates(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """Articles from the future: its dates lack a zone, or carry the wrong one."""
    if vitals.in_future < 2 or vitals.in_future < vitals.recent * FUTURE_SHARE:
        return None
    text = f"{vitals.in_future} of {vitals.recent} articles of a week were dated ahead: mend `timezone` in its block"
    return _finding(feed, "future_dates", "warning", text)


def check_page(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """A web page answers in place of the feed."""
    state = vitals.state
    if state.last_outcome != Outcome.NOT_A_FEED or state.failed_runs < EMPTY_RUNS:
        return None
    text = f"a web page in place of the feed, {state.failed_runs} times in a row: find its new address on the site"
    return _finding(feed, "not_a_feed", "alarm", text)


def check_quarantine(feed: Feed, vitals: Vitals, now: datetime) -> Finding | None:  # noqa: ARG001
    """So many failures that the feed is only tried once a day."""
    state = vitals.state
    if not state.is_quarantined:
        return None
    good = f"last good fetch {state.last_good_at:%Y-%m-%d %H:%MZ}" if state.last_good_at else "never fetched well"
    text = (
        f"{state.failed_runs} failures in a row, now {state.last_outcome}; {good}: mend its address, or switch it off"
    )
    return _finding(feed, "quarantined", "alarm", text)


def _finding(feed: Feed, name: str, level: str, text: str) -> Finding:
    return Finding(feed.key, name, level, f"feed {feed.key}: {text}")


Check = Callable[[Feed, Vitals, datetime], Finding | None]

CHECKS: dict[str, Check] = {
    "silent": check_silence,
    "volume_low": check_volume_low,
    "volume_high": check_volume_high,
    "language_lost": check_language,
    "future_dates": check_dates,
    "not_a_feed": check_page,
    "quarantined": check_quarantine,
}


def span(time: timedelta) -> str:
    """A length of time for people: minutes, hours or days."""
    hours = time.total_seconds() / 3600
    if hours < 2:
        return f"{hours * 60:.0f} min"
    return f"{hours:.0f} h" if hours < 48 else f"{hours / 24:.0f} days"
