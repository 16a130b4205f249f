"""The hourly look at all feeds: judged by `fetch.health`, kept in `feed_health`."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import Engine

from claimwire.catalog.feeds import Feed
from claimwire.fetch.health import Finding, Vitals, judge_health
from claimwire.fetch.state import FeedState
from claimwire.model import Tally
from claimwire.warehouse.feeds import read_states
from claimwire.warehouse.health import FeedFigures, read_figures, save_findings
from claimwire.warehouse.writing import write

WELL, WARNED, ALARMED = "well", "warning", "alarm"


def watch_feeds(engine: Engine, catalogue: Sequence[Feed], now: datetime) -> Tally:
    """Judges every feed that is switched on; notes are the findings that are new since the last look, worst first."""
    with engine.connect().execution_options(readonly=True) as connection:
        states, figures = read_states(connection), read_figures(connection, now)
    watched = [feed for feed in catalogue if feed.is_enabled]
    found = {
        feed.key: judge_health(feed, _vitals(FeedState(**states[feed.key]), figures[feed.key], now), now)
        for feed in watched
        if feed.key in states and feed.key in figures
    }
    rows = [asdict(finding) for findings in found.values() for finding in findings]
    keys = [feed.key for feed in watched]
    fresh = write(engine, lambda connection: save_findings(connection, rows, keys, now))
    levels = [_level(found.get(feed.key, [])) for feed in watched]
    lines = [f"feed {row['feed_key']}: {row['message']}" for row in sorted(fresh, key=lambda row: row["level"])]
    return Tally.of(levels, lines)


def _vitals(state: FeedState, figures: FeedFigures, now: datetime) -> Vitals:
    watched_days = (now - figures.first_fetched_at).total_seconds() / 86400
    return Vitals(state, watched_days, figures.recent, figures.in_language, figures.in_future)


def _level(findings: Sequence[Finding]) -> str:
    return findings[0].level if findings else WELL
