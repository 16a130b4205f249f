"""When a digest or an alert is due."""

from datetime import timedelta

from sqlalchemy import Engine, delete, select, update

from claimwire.digest.compose import due_alerts, due_digests
from claimwire.digest.preview import plain_text
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.settings import Settings
from claimwire.warehouse.tables import digests, fetches

from .conftest import DAY, NOW, a_subscription, add_item
from .test_compose import TO_FILE, composed, sent


def test_due_digests_leave_out_what_is_done(store: Engine, settings: Settings) -> None:
    hourly = (NOW, NOW + timedelta(hours=1))
    with store.connect() as connection:
        assert due_digests(connection, [TO_FILE], *hourly) == [("desk", DAY)]
    sent(store, settings)
    with store.connect() as connection:
        assert due_digests(connection, [TO_FILE], *hourly) == []


def test_a_day_before_anything_was_fetched_is_not_due(store: Engine) -> None:
    with store.begin() as connection:
        connection.execute(update(fetches).values(fetched_at=NOW + timedelta(minutes=5)))
        assert due_digests(connection, [TO_FILE], NOW - timedelta(days=1), NOW + timedelta(hours=1)) == []
        connection.execute(delete(fetches))
        assert due_digests(connection, [TO_FILE], NOW - timedelta(days=1), NOW + timedelta(hours=1)) == []


def test_a_half_failed_digest_stays_due(store: Engine, settings: Settings) -> None:
    by_mail = a_subscription()
    sent(store, settings, by_mail)
    with store.connect() as connection:
        assert due_digests(connection, [by_mail], NOW, NOW + timedelta(hours=1)) == [("desk", DAY)]


ALERT = a_subscription(key="now", kind="alert", quiet_minutes=30, deliver={"file": ["now"]})


def test_alerts_come_grouped_and_keep_quiet_in_between(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection, flagged_at=NOW - timedelta(minutes=2))
        add_item(connection, flagged_at=NOW - timedelta(minutes=1), target=["RU"])
        add_item(connection, flagged_at=NOW - timedelta(minutes=1), target=["IR"], priority=30.0)
    first = sent(store, settings, ALERT)
    assert first.stored.subject.startswith("2 new: ")
    assert "Iran" not in plain_text(first.stored)
    with store.begin() as connection:
        add_item(connection, flagged_at=NOW + timedelta(minutes=5), target=["CU"])
        later = NOW + timedelta(minutes=10)
        assert due_alerts(connection, [ALERT, TO_FILE], later) == []
        assert due_alerts(connection, [ALERT, TO_FILE], NOW + timedelta(minutes=30)) == [("now", DAY)]
    second = sent(store, settings, ALERT, now=NOW + timedelta(minutes=30))
    assert (second.stored.sequence, second.stored.subject) == (1, "1 new: US asks UN to halt oil exports to Cuba")
    assert second.stored.message_id != first.stored.message_id


def test_an_alert_without_news_leaves_no_trace(store: Engine, settings: Settings) -> None:
    sent(store, settings, ALERT)
    with store.connect() as connection:
        assert connection.execute(select(digests)).all() == []


def test_an_alert_that_failed_is_tried_again_within_its_quiet_time(store: Engine, settings: Settings) -> None:
    by_mail = a_subscription(key="now", kind="alert", quiet_minutes=60)
    with store.begin() as connection:
        add_item(connection, flagged_at=NOW - timedelta(minutes=2))
    first = sent(store, settings, by_mail)
    with store.begin() as connection:
        add_item(connection, flagged_at=NOW + timedelta(minutes=1), target=["CU"])
        assert due_alerts(connection, [by_mail], NOW + timedelta(minutes=10)) == [("now", DAY)]
    again = composed(store, settings, by_mail, now=NOW + timedelta(minutes=10))
    tally = send_digest(store, by_mail, again, Outlets(settings), lambda: NOW + timedelta(minutes=10))
    assert tally.went_out == {"failed": 1}, "the first alert once more, and no second one"
    with store.connect() as connection:
        assert list(connection.scalars(select(digests.c.message_id))) == [first.stored.message_id]
