"""Sanctions lists in the warehouse."""

from datetime import timedelta

from sqlalchemy import Engine, func, select

from claimwire.catalog.lists import Listed
from claimwire.warehouse.lists import load_list, match_all
from claimwire.warehouse.tables import item_names, list_names

from .conftest import NOON, TEXT, a_claim, an_article
from .test_items import flag

EVIDENCE = "Freedonia asked the Security Council to stop fuel exports to Sylvania."
LIST = [
    Listed("1", "Security Council of Freedonia", "entity"),
    Listed("2", "Freedonia Fuel Exports", "entity"),
    Listed("2", "Fuel Exports", "entity"),
]


def names(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(list_names.c.name).order_by(list_names.c.name)))


def test_a_list_is_loaded_once_and_delisted_names_go(wired: Engine) -> None:
    assert load_list(wired, "uk", LIST, NOON) == (3, 0)
    assert load_list(wired, "uk", LIST, NOON + timedelta(days=1)) == (3, 0)
    assert load_list(wired, "uk", LIST[:1], NOON + timedelta(days=2)) == (1, 2)
    assert names(wired) == ["Security Council of Freedonia"]


def test_items_of_before_and_after_are_matched(wired: Engine) -> None:
    assert EVIDENCE in TEXT
    flag(wired, an_article("before"), a_claim(EVIDENCE))
    load_list(wired, "uk", LIST, NOON)
    assert match_all(wired) == 1
    flag(wired, an_article("after", title="Later"), a_claim(EVIDENCE))
    with wired.connect() as connection:
        rows = connection.execute(select(item_names.c.text, item_names.c.match_score)).all()
        assert [tuple(row) for row in rows] == [("fuel exports", 100.0)] * 2
    load_list(wired, "uk", LIST[:1], NOON + timedelta(days=1))
    with wired.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(item_names)) == 0
