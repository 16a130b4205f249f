"""The figures that go to the metrics are those that the tables hold."""

from datetime import UTC, datetime, timedelta

from claimwire import pipeline
from claimwire.model import Article
from claimwire.operate.figures import add_up, read_figures
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.tables import feeds

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TEXT = "The delegation asked the UN Security Council on Monday to halt all oil sales to North Korea."


def load(warehouse, settings, ages_minutes: list[int]) -> None:
    with warehouse.begin() as connection:
        connection.execute(feeds.insert().values(feed_key="wire", publisher="Wire", url="https://w/", state="active"))
        found = [
            Article(id=f"{age}", guid=f"{age}", title=f"Dispatch {age}", text=f"{TEXT} Port {age} was closed.",
                    language="en", published_at=NOW - timedelta(minutes=age), feed_key="wire", publisher="Wire")
            for age in ages_minutes
        ]  # fmt: skip
        load_articles(connection, found, NOW)


def test_lag_queue_and_feeds_are_told(warehouse, settings):
    load(warehouse, settings, [5, 10, 60 * 48])
    assert read_figures(settings, NOW)["articles.unread"] == 3
    for batch in pipeline.plan_detection(settings, NOW):
        pipeline.detect_articles(settings, NOW, batch)

    figures = read_figures(settings, NOW)

    assert figures["feeds.active"] == 1
    assert figures["articles.unread"] == 0
    assert figures["review.queue"] == figures["claims.last_hour"] >= 3
    assert 300 <= figures["lag_seconds.median"] <= figures["lag_seconds.p95"] <= 600, "old news that came is not late"


def test_an_empty_warehouse_has_figures_but_no_lag(warehouse, settings):
    figures = read_figures(settings, NOW)
    assert figures == {"review.queue": 0, "articles.unread": 0, "articles.last_hour": 0, "claims.last_hour": 0}


def test_counts_of_mapped_tasks_add_up(settings):
    assert add_up(settings, NOW, [{"flagged": 2, "clear": 1}, {"clear": 4}]) == {"flagged": 2, "clear": 5}
