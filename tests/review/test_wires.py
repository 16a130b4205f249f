"""The state of the wires: worst first, with what is wrong; polling on demand."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from claimwire.errors import NotFound
from claimwire.warehouse.desk_wires import DAYS, find_fetches, find_wires, poll_now
from claimwire.warehouse.tables import feed_health, feeds, fetches
from claimwire.warehouse.writing import write

from .wires import NOW, Wire


@pytest.fixture
def watched(warehouse):
    Wire(warehouse)
    with warehouse.begin() as connection:
        row = {
            "feed_key": "ill",
            "publisher": "Ill",
            "url": "https://example.org/ill",
            "state": "quarantined",
            "failures": 3,
        }
        connection.execute(insert(feeds).values(row))
        connection.execute(
            insert(feed_health).values(
                feed_key="ill",
                finding="silent",
                level="alarm",
                message="nothing for 3 days",
                since_at=NOW,
                checked_at=NOW,
            )
        )
        for minutes, (days, loaded) in enumerate(((0, 4), (0, 1), (2, 7), (DAYS + 3, 99))):
            fetch = {"feed_key": "sample", "fetched_at": NOW - timedelta(days=days, minutes=minutes), "outcome": "new"}
            connection.execute(insert(fetches).values(fetch | {"dispositions": {"loaded": loaded, "unchanged": 3}}))
    return warehouse


def test_the_worst_stands_first_with_what_is_wrong(watched):
    with watched.connect() as connection:
        found = find_wires(connection, NOW)
    assert [row["feed_key"] for row in found] == ["ill", "sample"]
    assert [finding["message"] for finding in found[0]["findings"]] == ["nothing for 3 days"]
    assert found[1]["days"] == [0] * 11 + [7, 0, 5]


def test_poll_now_makes_a_feed_due(watched):
    write(watched, lambda connection: poll_now(connection, "ill", NOW))
    with watched.connect() as connection:
        assert connection.scalar(select(feeds.c.next_poll_at).where(feeds.c.feed_key == "ill")) == NOW
    with pytest.raises(NotFound):
        write(watched, lambda connection: poll_now(connection, "nobody", NOW))


def test_a_feed_shows_its_last_fetches(watched):
    with watched.connect() as connection:
        assert [row["dispositions"]["loaded"] for row in find_fetches(connection, "sample", 2)] == [4, 1]
        with pytest.raises(NotFound):
            find_fetches(connection, "nobody")


def test_the_pages_show_it(engine, wire, login):
    with engine.begin() as connection:
        connection.execute(update(feeds).values(last_outcome="timed_out", message="<b>no byte</b>", failures=1))
    olga, ann = login("olga"), login("ann")
    html = olga.get("/wires").text
    assert "timed out" in html
    assert "&lt;b&gt;no byte" in html
    assert 'data-do="poll-now"' in html
    assert 'data-do="poll-now"' not in ann.get("/wires").text
    assert ann.get("/wires/sample").status_code == 200
    assert ann.get("/wires/nobody").status_code == 404
    assert [row["feed_key"] for row in ann.get("/api/wires").json()["wires"]] == ["sample"]
