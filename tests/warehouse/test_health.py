from datetime import timedelta
from typing import Any

from sqlalchemy import Engine, select

from claimwire.model import Outcome, Response
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.feeds import Fetch, save_fetch
from claimwire.warehouse.health import FeedFigures, read_figures, save_findings
from claimwire.warehouse.tables import feed_health, feeds

from .conftest import NOON, an_article

ROW = {"feed_key": "wire", "finding": "silent", "level": "warning", "message": "nothing new for 9 h"}


def with_feed(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(feeds.delete())
        connection.execute(feeds.insert().values(feed_key="wire", publisher="Wire", url="https://w/", language="en"))


def rows(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(feed_health)).mappings())


def save(engine: Engine, found: list[dict[str, Any]], hours: int, checked: tuple[str, ...] = ("wire",)) -> Any:
    with engine.begin() as connection:
        return save_findings(connection, found, checked, NOON + timedelta(hours=hours))


def test_a_finding_opens_once_goes_on_and_ends(warehouse: Engine) -> None:
    with_feed(warehouse)
    assert save(warehouse, [ROW], 0) == [ROW]
    assert save(warehouse, [ROW | {"message": "nothing new for 10 h"}], 1) == []
    (row,) = rows(warehouse)
    assert (row["since_at"], row["checked_at"], row["ended_at"]) == (NOON, NOON + timedelta(hours=1), None)
    assert row["message"] == "nothing new for 10 h"
    save(warehouse, [], 2)
    assert rows(warehouse)[0]["ended_at"] == NOON + timedelta(hours=2)


def test_a_finding_that_comes_back_is_new_and_told_again(warehouse: Engine) -> None:
    with_feed(warehouse)
    save(warehouse, [ROW], 0)
    with warehouse.begin() as connection:
        connection.execute(feed_health.update().values(alerted_at=NOON))
    save(warehouse, [ROW], 1)
    assert rows(warehouse)[0]["alerted_at"] == NOON, "what goes on is not told again"
    save(warehouse, [], 2)
    assert save(warehouse, [ROW], 3) == [ROW]
    (row,) = rows(warehouse)
    assert (row["since_at"], row["alerted_at"], row["ended_at"]) == (NOON + timedelta(hours=3), None, None)


def test_feeds_that_were_not_looked_at_keep_their_findings(warehouse: Engine) -> None:
    with_feed(warehouse)
    save(warehouse, [ROW], 0)
    save(warehouse, [], 1, checked=("other",))
    assert rows(warehouse)[0]["ended_at"] is None


def test_figures_of_a_week(warehouse: Engine) -> None:
    with_feed(warehouse)
    loaded = [
        an_article("a", feed_key="wire", language="en"),
        an_article("b", feed_key="wire", language="fr", published_at=NOON + timedelta(hours=2)),
        an_article("c", feed_key="wire", language="en", published_at=NOON + timedelta(minutes=30)),
    ]
    with warehouse.begin() as connection:
        load_articles(connection, loaded, NOON)
        save_fetch(connection, Fetch(Response("wire", Outcome.NEW, NOON), {"message": "3 new"}))
        assert read_figures(connection, NOON + timedelta(days=1)) == {"wire": FeedFigures(NOON, 3, 2, 1)}
        assert read_figures(connection, NOON + timedelta(days=8)) == {"wire": FeedFigures(NOON)}
