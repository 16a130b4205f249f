"""Days and hours over zones: each day has one moment of sending, daylight saving or not."""

from datetime import UTC, date, datetime, timedelta

import pytest

from claimwire.digest.window import due_days, sending_moment, window

from .conftest import a_subscription


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc, arg-type]


@pytest.mark.parametrize(
    ("zone", "at", "day", "expected"),
    [
        ("UTC", "07:00", date(2026, 11, 20), utc(2026, 11, 20, 7)),
        ("Europe/Zurich", "07:30", date(2026, 1, 15), utc(2026, 1, 15, 6, 30)),
        ("Europe/Zurich", "07:30", date(2026, 7, 15), utc(2026, 7, 15, 5, 30)),
        ("Europe/Zurich", "02:30", date(2026, 3, 29), utc(2026, 3, 29, 1, 30)),  # an hour that does not exist
        ("Europe/Zurich", "02:30", date(2026, 10, 25), utc(2026, 10, 25, 0, 30)),  # an hour that comes twice
        ("Asia/Kathmandu", "00:00", date(2026, 11, 20), utc(2026, 11, 19, 18, 15)),
        ("Pacific/Kiritimati", "07:00", date(2026, 11, 20), utc(2026, 11, 19, 17)),
    ],
)
def test_sending_moment(zone: str, at: str, day: date, expected: datetime) -> None:
    assert sending_moment(a_subscription(timezone=zone, at=at), day) == expected


@pytest.mark.parametrize("zone", ["UTC", "Europe/Zurich", "America/New_York", "Australia/Lord_Howe", "Asia/Tehran"])
@pytest.mark.parametrize("at", ["00:00", "01:30", "02:30", "03:00", "23:59"])
@pytest.mark.parametrize("minutes", [15, 60, 1440])
def test_every_day_is_due_in_exactly_one_interval(zone: str, at: str, minutes: int) -> None:
    subscription = a_subscription(timezone=zone, at=at)
    months = [(utc(2026, month, 20), utc(2026, month, 20) + timedelta(days=14)) for month in (3, 10, 11)]
    for start, end in months:
        due, moment = [], start
        while moment < end:
            due += due_days(subscription, moment, moment + timedelta(minutes=minutes))
            moment += timedelta(minutes=minutes)
        assert due == [due[0] + timedelta(days=number) for number in range(len(due))]
        assert len(due) in {13, 14, 15}


def test_only_on_its_days() -> None:
    weekdays = a_subscription(days=["mon", "fri"])
    assert list(due_days(weekdays, utc(2026, 11, 16), utc(2026, 11, 23))) == [date(2026, 11, 16), date(2026, 11, 20)]


def test_the_interval_is_open_at_its_end() -> None:
    subscription = a_subscription(at="07:00")
    seven = utc(2026, 11, 20, 7)
    assert list(due_days(subscription, seven, seven + timedelta(hours=1))) == [date(2026, 11, 20)]
    assert list(due_days(subscription, seven - timedelta(hours=1), seven)) == []


def test_window_of_monday_reaches_over_the_weekend() -> None:
    weekdays = a_subscription(days=["mon", "tue", "wed", "thu", "fri"], timezone="Europe/Zurich")
    since, until = window(weekdays, date(2026, 11, 23), utc(2026, 11, 23, 6))
    assert (since, until) == (utc(2026, 11, 20, 6), utc(2026, 11, 23, 6))


def test_window_of_today_asked_for_later_reaches_up_to_now() -> None:
    subscription = a_subscription()
    assert window(subscription, date(2026, 11, 20), utc(2026, 11, 20, 15))[1] == utc(2026, 11, 20, 15)
    assert window(subscription, date(2026, 11, 20), utc(2026, 11, 22, 15))[1] == utc(2026, 11, 20, 7)
