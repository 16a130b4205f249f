"""Figures for the metrics: how late we are, what waits for whom, how the feeds are."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import quantiles

from sqlalchemy import Connection, func, select

from claimwire.model import ReviewStatus
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.tables import articles, feeds, flagged_items

WINDOW = timedelta(hours=1)


def read_figures(settings: Settings, now: datetime) -> dict[str, float]:
    """Figures as of now, by name; those that say so, and the lags, are of the last hour.

    Lags are seconds from an article's publication to its flag, for articles published within a day before: old news
    that is imported is not late.
    """
    with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
        lags = _lags(connection, now)
        states = connection.execute(
            select(feeds.c.state, func.count()).where(feeds.c.is_enabled).group_by(feeds.c.state)
        )
        figures = {f"feeds.{state}": float(count) for state, count in states}
        waiting = select(func.count()).where(flagged_items.c.review_status == str(ReviewStatus.NEW))
        unread = select(func.count()).where(articles.c.is_current, articles.c.detected_at.is_(None))
        fetched = select(func.count()).where(articles.c.fetched_at > now - WINDOW)
        flagged = select(func.count()).where(flagged_items.c.flagged_at > now - WINDOW)
        figures |= {
            "review.queue": float(connection.scalar(waiting) or 0),
            "articles.unread": float(connection.scalar(unread) or 0),
            "articles.last_hour": float(connection.scalar(fetched) or 0),
            "claims.last_hour": float(connection.scalar(flagged) or 0),
        }
    cuts = quantiles(lags, n=20, method="inclusive") if len(lags) > 1 else lags * 19
    return figures | ({"lag_seconds.median": cuts[9], "lag_seconds.p95": cuts[18]} if cuts else {})


def add_up(_settings: Settings, _now: datetime, counts: Iterable[Mapping[str, int]]) -> dict[str, int]:
    """The counts of mapped tasks as one: what an asset's update says of itself."""
    return dict(sum(map(Counter, counts), Counter[str]()))


def _lags(connection: Connection, now: datetime) -> list[float]:
    query = (
        select(flagged_items.c.flagged_at, articles.c.published_at)
        .join(articles, articles.c.id == flagged_items.c.article_id)
        .where(flagged_items.c.flagged_at > now - WINDOW, articles.c.published_at > now - timedelta(days=1))
    )
    return [max(0.0, (flagged - published).total_seconds()) for flagged, published in connection.execute(query)]
