"""Many rows at once: stored as any other way would, refused by the same constraints."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.exc import DBAPIError, IntegrityError

from claimwire.warehouse.bulk import insert_numbers, insert_rows, next_ids, update_pairs, update_rows
from claimwire.warehouse.tables import articles, stories, story_bands

from .conftest import NOON

ODD = 'tab\there, line\nthere, back\\slash, \\N, "quotes", ünïcödé 🛢'


def a_row(guid: str, **changes: Any) -> dict[str, Any]:
    row = {
        "feed_key": "wire",
        "guid": guid,
        "title": ODD,
        "content_sha256": "x",
        "fetched_at": NOON,
        "version_number": 1,
    }
    return row | {"status": "usable", "subjects": [], "urgency": None, "diff": None} | changes


def test_rows_come_back_to_the_letter(wired: Engine) -> None:
    later = datetime(2026, 11, 20, 15, 30, tzinfo=timezone(timedelta(hours=3)))
    given = [a_row("a"), a_row("b", subjects=["tax:1", ODD], diff=[["=", "same"]], fetched_at=later, urgency=3)]
    with wired.begin() as connection:
        insert_rows(connection, articles, given)
        stored = connection.execute(select(articles).order_by(articles.c.guid)).mappings().all()
    for row, told in zip(stored, given, strict=True):
        assert {name: row[name] for name in told} == told
    assert stored[1]["fetched_at"].tzinfo is UTC
    assert stored[0]["is_current"] is True  # the table's own default


def test_no_value_is_null_and_not_the_word(wired: Engine) -> None:
    with wired.begin() as connection:
        insert_rows(connection, articles, [a_row("a"), a_row("b", diff=[["=", "same"]])])
        is_null = connection.execute(select(articles.c.guid).where(articles.c.diff.is_(None))).scalars().all()
    assert is_null == ["a"]


@pytest.mark.parametrize("change", [{"guid": "a"}, {"feed_key": "nobody"}, {"status": "lost"}, {"guid": None}])
def test_a_broken_constraint_loses_the_whole_batch(wired: Engine, change: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), wired.begin() as connection:
        insert_rows(connection, articles, [a_row("a"), a_row("b") | change])
    with wired.begin() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 0


@pytest.mark.parametrize("warehouse", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_lost_server_is_told_as_one(wired: Engine) -> None:
    with wired.connect() as connection, wired.begin() as other:
        other.execute(select(func.pg_terminate_backend(connection.scalar(select(func.pg_backend_pid())))))
        with pytest.raises(DBAPIError) as raised:
            insert_rows(connection, articles, [a_row("a")])
    assert raised.value.connection_invalidated


def test_ids_are_new_and_ascend(wired: Engine) -> None:
    with wired.begin() as connection:
        first, second = next_ids(connection, stories, 2)
        rows = [
            {"id": story_id, "first_feed_key": "wire", "first_publisher": "The Wire"} for story_id in (first, second)
        ]
        insert_rows(connection, stories, rows)
        (third,) = next_ids(connection, stories, 1)
    assert first < second < third


def test_numbers_and_pairs(wired: Engine) -> None:
    with wired.begin() as connection:
        insert_numbers(connection, story_bands, np.array([(2**62, 1), (7, 2)]))
        insert_numbers(connection, story_bands, np.empty((0, 2), np.int64))
        update_pairs(
            connection, story_bands.c.band, story_bands.c.story_id, [(7, 3), (2**62, 4)], story_bands.c.band < 9
        )
        stored = connection.execute(select(story_bands).order_by(story_bands.c.band)).all()
    assert [tuple(row) for row in stored] == [(7, 3), (2**62, 1)]


def test_rows_that_are_there_take_new_values_to_the_letter(wired: Engine) -> None:
    later = datetime(2026, 11, 20, 15, 30, tzinfo=timezone(timedelta(hours=3)))
    new = [
        {"guid": "a", "title": ODD, "published_at": later, "subjects": [ODD], "urgency": None},
        {"guid": "b", "title": "", "published_at": None, "subjects": [], "urgency": 3},
    ]
    with wired.begin() as connection:
        insert_rows(connection, articles, [a_row(guid, urgency=1) for guid in "abc"])
        update_rows(connection, articles.c.guid, new)
        update_rows(connection, articles.c.guid, [])
        stored = connection.execute(select(articles).order_by(articles.c.guid)).mappings().all()
    for row, told in zip(stored, new, strict=False):
        assert {name: row[name] for name in told} == told
    assert (stored[2]["title"], stored[2]["urgency"]) == (ODD, 1)
