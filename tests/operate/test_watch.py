"""Operators hear of a feed that falls silent, once, and once more when it speaks again."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import yaml
from sqlalchemy import update

from claimwire.operate.watch import alert_operators, watch_feeds
from claimwire.warehouse.tables import feeds, fetches

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def watched(settings, warehouse, tmp_path):
    """Settings whose catalogue has one feed, which was read well for a month."""
    (tmp_path / "data" / "feeds").mkdir(parents=True)
    block = {
        "publisher": "Harbour Gazette",
        "kind": "newspaper",
        "source": "a test",
        "feeds": [{"key": "harbour", "url": "https://harbour.example/feed", "language": "en", "expect": {"min": 24}}],
    }
    (tmp_path / "data" / "feeds" / "harbour.yml").write_text(yaml.safe_dump(block), encoding="utf-8")
    with warehouse.begin() as connection:
        connection.execute(
            feeds.insert().values(
                feed_key="harbour", publisher="Harbour Gazette", url="https://harbour.example/feed", last_good_at=NOW
            )
        )
        for day in range(30):
            at = NOW - timedelta(days=day)
            connection.execute(fetches.insert().values(feed_key="harbour", fetched_at=at, outcome="unchanged"))
    return replace(settings, data_dir=tmp_path / "data")


def speak(warehouse, at: datetime, empty_runs: int) -> None:
    with warehouse.begin() as connection:
        connection.execute(update(feeds).values(last_new_at=at, usual_gap_seconds=3600, empty_runs=empty_runs))


def test_a_silent_feed_is_told_once_and_its_return_once(watched, warehouse, mailbox):
    speak(warehouse, NOW - 5 * HOUR, empty_runs=60)
    assert dict(watch_feeds(watched, NOW).went_out) == {"warning": 1}
    assert alert_operators(watched, NOW) == 1
    assert watch_feeds(watched, NOW + HOUR).notes == ()
    assert alert_operators(watched, NOW + HOUR) == 0

    speak(warehouse, NOW + HOUR, empty_runs=0)
    assert dict(watch_feeds(watched, NOW + 2 * HOUR).went_out) == {"well": 1}
    assert alert_operators(watched, NOW + 2 * HOUR) == 1
    assert alert_operators(watched, NOW + 3 * HOUR) == 0

    first, second = mailbox.mails
    assert "warning  feed harbour: nothing new for 5 h" in first
    assert "0 findings about feeds" in second
    assert "1 are over" in second.replace("\r\n", "")
    assert "over     feed harbour" in second


def test_what_could_not_be_told_is_told_the_next_time(watched, warehouse, mailbox):
    speak(warehouse, NOW - 5 * HOUR, empty_runs=60)
    watch_feeds(watched, NOW)
    assert alert_operators(replace(watched, smtp_url="smtp://127.0.0.1:1?tls=none"), NOW) == 0
    assert alert_operators(watched, NOW) == 1
    assert len(mailbox.mails) == 1
