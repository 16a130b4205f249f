"""The hourly look at all feeds: what is wrong with which, written down, and told to the operators once."""

import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select, update

from claimwire.catalog.feeds import load_feeds
from claimwire.fetch.health import Vitals, judge_health
from claimwire.fetch.state import FeedState
from claimwire.model import Tally
from claimwire.operate.alerts import Alert, tell
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.feeds import read_states
from claimwire.warehouse.health import FeedFigures, read_figures, save_findings
from claimwire.warehouse.tables import feed_health
from claimwire.warehouse.writing import Row, write

LOG = logging.getLogger(__name__)


def watch_feeds(settings: Settings, now: datetime) -> Tally:
    """Judges every feed; each ends as `well`, `warning` or `alarm`, with a line for what was not known before."""
    feeds = [feed for feed in load_feeds(settings.data_dir) if feed.is_enabled]
    engine = open_engine(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        states, figures = read_states(connection), read_figures(connection, now)
    found = {
        feed.key: judge_health(feed, vitals, now)
        for feed in feeds
        if (vitals := _vitals(states.get(feed.key), figures.get(feed.key), now))
    }
    rows = [
        {"feed_key": each.feed_key, "finding": each.finding, "level": each.level, "message": each.message}
        for findings in found.values()
        for each in findings
    ]
    fresh = write(engine, lambda connection: save_findings(connection, rows, found, now))
    for row in fresh:
        LOG.warning("%s: %s", row["level"], row["message"])
    worst = [findings[0].level if findings else "well" for findings in found.values()]
    return Tally.of([*worst, *["never_fetched"] * (len(feeds) - len(found))], [row["message"] for row in fresh])


def alert_operators(settings: Settings, now: datetime) -> int:
    """Tells the operators in one message what is newly wrong with feeds and what they were told of and is over.

    Gives how many findings it tells of; what could not be told is told the next time.
    """
    engine, health = open_engine(settings.warehouse_url), feed_health.c
    is_fresh = health.ended_at.is_(None) & health.alerted_at.is_(None) & (health.since_at <= now)
    is_over = health.ended_at.is_not(None) & health.alerted_at.is_not(None)
    query = select(health.level, health.message, health.ended_at).where(is_fresh | is_over)
    with engine.connect().execution_options(readonly=True) as connection:
        rows = connection.execute(query.order_by(health.ended_at.is_not(None), health.level, health.feed_key)).all()
    if not rows:
        return 0
    if not tell(settings, _message(rows)):
        LOG.warning("nobody could be told: set CLAIMWIRE_OPERATORS with CLAIMWIRE_SMTP_URL, or CLAIMWIRE_ALERT_WEBHOOK")
        return 0

    def note(connection: Connection) -> None:
        connection.execute(update(feed_health).where(is_over).values(alerted_at=None))
        connection.execute(update(feed_health).where(is_fresh).values(alerted_at=now))

    write(engine, note)
    return len(rows)


def _message(rows: Sequence[Any]) -> Alert:
    fresh = [row for row in rows if row.ended_at is None]
    alarms, over = sum(row.level == "alarm" for row in fresh), len(rows) - len(fresh)
    lines = [f"{row.level if row.ended_at is None else 'over':8} {row.message}" for row in rows]
    subject = f"{len(fresh)} findings about feeds, {alarms} of them alarms" + (f"; {over} are over" if over else "")
    return Alert("feeds", subject, "\n".join(lines))


def _vitals(state: Row | None, figures: FeedFigures | None, now: datetime) -> Vitals | None:
    """What is known of a feed; None for one that was never fetched."""
    if figures is None or state is None:
        return None
    days = (now - figures.first_fetched_at).total_seconds() / 86400
    return Vitals(FeedState(**state), days, figures.recent, figures.in_language, figures.in_future)
