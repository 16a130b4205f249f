"""The queue: filters, folding, paging by key, search; on both databases."""

import pytest

from claimwire.errors import NotFound
from claimwire.review.address import chips, to_query
from claimwire.warehouse.desk_filter import ItemFilter
from claimwire.warehouse.desk_queue import (
    Place,
    count_items,
    find_next,
    find_page,
    find_siblings,
    place_of,
    read_cursor,
)

from .wires import WIRES, Wire

ANY = {"status": ("any",)}


@pytest.fixture
def full(warehouse):
    """A filled warehouse on either database, and its items' ids in the order of WIRES."""
    ids = Wire(warehouse).fill()
    return warehouse, ids


def found(engine, **wanted):
    with engine.connect() as connection:
        return [row["id"] for row in find_page(connection, ItemFilter(**(ANY | wanted))).rows]


def test_the_queue_is_in_order_of_priority_and_folds_stories(full):
    engine, ids = full
    with engine.connect() as connection:
        page = find_page(connection, ItemFilter())
        siblings = find_siblings(connection, ItemFilter(), page.rows)
    assert [row["id"] for row in page.rows][:7] == [*ids[:6], ids[8]]  # of the story, the best only
    assert [row["id"] for row in siblings[page.rows[6]["story_id"]]] == [ids[7], ids[6]]
    assert page.rows[6]["carriers"] == 3
    assert len(found(engine, fold="none")) == len(found(engine)) + 2


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ({"category": ("trade_quota",)}, [1]),
        ({"act": ("extend", "violate")}, [1, 4]),
        ({"measure": ("tariff",)}, [3]),
        ({"modality": ("alleged",)}, [1]),
        ({"target": ("IR",)}, [2]),
        ({"target": ["IR", "CN"]}, [2, 3]),
        ({"actor": ("RU",)}, [5]),
        ({"commodity": ("vehicles",)}, [3]),
        ({"commodity": ("other:fertiliser",)}, [5]),
        ({"language": ("fa", "zh")}, [2, 3]),
        ({"publisher": ("Harbour Daily",)}, [1]),
        ({"quota": "SAMPLE-CAP"}, [1]),
        ({"thread": 1}, [0, 1]),
        ({"category": ("sanction",), "language": ("ar",)}, [4]),
        ({"category": ("sanction",), "language": ("zh",)}, []),
        ({"score_min": 0.95}, []),
        ({"score_max": 0.95, "language": ("ru",)}, [5]),
        ({"since": "2026-11-25"}, []),
        ({"until": "2026-11-24", "language": ("ru",)}, [5]),
        ({"until": "2026-11-22"}, []),
        ({"assignee": "nobody", "language": ("ru",)}, [5]),
        ({"assignee": "ann"}, []),
        ({"status": ("confirmed",)}, []),
        ({"q": "barrels"}, [1]),
        ({"q": "BARRELS fuel"}, [1]),
        ({"q": "barrels zeppelin"}, []),
        ({"q": "تحریم"}, [2]),
        ({"q": "关税"}, [3]),
        ({"q": "МОСКВА"}, [5]),
        ({"q": "100%"}, []),
        ({"q": "_"}, []),
        ({"q": 'a" OR "b'}, []),
        ({"q": "NEAR( * ^"}, []),
        ({"q": "\0"}, None),
    ],
)
def test_filters_combine(full, wanted, expected):
    engine, ids = full
    rows = found(engine, **wanted)
    if expected is None:
        assert rows
    else:
        assert rows == [ids[number] for number in expected]


def test_a_search_follows_a_changed_sentence(warehouse):
    wire = Wire(warehouse)
    item_id = wire.add(WIRES[1])
    with warehouse.begin() as connection:
        connection.exec_driver_sql(f"UPDATE flagged_items SET evidence = 'Nothing of old' WHERE id = {item_id}")
    assert found(warehouse, q="barrels") == []
    assert found(warehouse, q="nothing OLD") == [item_id]
    with warehouse.begin() as connection:
        connection.exec_driver_sql("DELETE FROM item_codes")
        connection.exec_driver_sql("DELETE FROM flagged_items")
    assert found(warehouse, q="nothing") == []


@pytest.mark.parametrize("order", ["priority", "newest"])
def test_paging_shows_every_item_once(full, order):
    engine, ids = full
    wanted = ItemFilter(order=order, fold="none", **ANY)
    seen, cursor = [], ""
    with engine.connect() as connection:
        while True:
            page = find_page(connection, wanted, cursor, rows=4)
            seen += [row["id"] for row in page.rows]
            cursor = page.cursor
            if not cursor:
                break
        assert count_items(connection, wanted) == len(ids)
    assert sorted(seen) == sorted(ids)
    assert len(seen) == len(set(seen))


def test_next_goes_through_the_story_first_and_then_on(full):
    engine, ids = full
    wanted = ItemFilter()
    with engine.connect() as connection:
        rows = {row["id"]: row for row in find_page(connection, ItemFilter(fold="none")).rows}
        order, item_id, at = [], ids[5], place_of(rows[ids[5]], wanted)
        while len(order) < 8 and (coming := find_next(connection, wanted, rows[item_id], at)):
            item_id, at = coming
            order.append(item_id)
    assert order == [ids[8], ids[7], ids[6], ids[12], ids[11], ids[10], ids[9]]


def test_a_low_item_of_a_story_leads_back_to_where_the_reviewer_stood(warehouse):
    """The session that taught it: deciding a story's last item skipped all stories in between."""
    wire = Wire(warehouse)
    story = wire.add_story()
    best, between, last = (
        wire.add(WIRES[0], story_id=story, priority=90.0),
        wire.add(WIRES[1], priority=50.0),
        wire.add(WIRES[2], story_id=story, priority=10.0),
    )
    with warehouse.begin() as connection:
        rows = {row["id"]: row for row in find_page(connection, ItemFilter(fold="none")).rows}
        at = place_of(rows[best], ItemFilter())
        assert find_next(connection, ItemFilter(), rows[best], at) == (last, at)
        connection.exec_driver_sql(f"UPDATE flagged_items SET review_status = 'confirmed' WHERE id = {best}")
        assert find_next(connection, ItemFilter(), rows[last], at)[0] == between
        assert find_next(connection, ItemFilter(), rows[best], at, {last})[0] == between


@pytest.mark.parametrize(
    "cursor", ["x", "!!!", "bnVsbA", "WzEsIjIiXQ", "WzEsLTFd", "WyIyMDI2IiwxXQ", "WzFlOTk5LCAxXQ", "é"]
)
def test_a_foreign_cursor_is_refused(full, cursor):
    engine, _ = full
    with engine.connect() as connection, pytest.raises(NotFound):
        find_page(connection, ItemFilter(), cursor)


def test_a_cursor_comes_back_as_it_went():
    assert read_cursor(Place(12.25, 7).to_cursor()) == Place(12.25, 7)


def test_the_filter_lives_in_the_address():
    wanted = ItemFilter(category=("sanction",), target=("KP", "IR"), q="oil & gas", score_min=0.5)
    assert to_query(wanted) == "category=sanction&target=KP&target=IR&score_min=0.5&q=oil+%26+gas"
    assert to_query(ItemFilter()) == ""
    assert ("target", "KP", "category=sanction&target=IR&score_min=0.5&q=oil+%26+gas") in chips(wanted)


def test_a_colleague_opens_a_saved_filter(login, wire):
    wire.add(WIRES[2])
    ann, ben = login("ann"), login("ben")
    made = ann.post("/api/filters", json={"name": "Iran", "query": "?target=IR&evil=<script>&status=any"})
    assert made.status_code == 201
    assert made.json()["query"] == "status=any&target=IR"
    assert "/?status=any&amp;target=IR" in ben.get("/").text
    filter_id = ben.get("/api/filters").json()["filters"][0]["id"]
    assert ben.delete(f"/api/filters/{filter_id}").status_code == 404
    assert ann.delete(f"/api/filters/{filter_id}").status_code == 204
    assert ann.post("/api/filters", json={"name": "x", "query": "score_min=much"}).status_code == 422


@pytest.mark.parametrize("query", ["category=nothing", "score_min=2", "since=yesterday", "thread=x", "q=" + "x" * 300])
def test_a_filter_that_makes_no_sense_is_422(login, query):
    assert login("ann").get(f"/?{query}").status_code == 422
    assert login("ann").get(f"/api/items?{query}").status_code == 422


def test_an_unfilled_form_field_is_no_filter(login, wire):
    wire.add()
    assert login("ann").get("/api/items?category=&score_min=&since=&thread=&target=&q=").json()["items"]


def test_items_have_an_etag_that_changes_with_a_decision(login, wire):
    item_id = wire.add()
    ann = login("ann")
    tag = ann.get(f"/api/items/{item_id}").headers["etag"]
    assert ann.get(f"/api/items/{item_id}", headers={"If-None-Match": tag}).status_code == 304
    ann.post(f"/api/items/{item_id}/decisions", json={"action": "confirm", "version": 0})
    assert ann.get(f"/api/items/{item_id}", headers={"If-None-Match": tag}).status_code == 200


def test_the_api_pages_by_cursor(login, wire):
    ids = [wire.add(priority=float(n)) for n in range(5)]
    ann = login("ann")
    first = ann.get("/api/items?limit=3").json()
    second = ann.get(f"/api/items?limit=3&after={first['next']}").json()
    assert [item["id"] for item in first["items"] + second["items"]] == ids[::-1]
    assert second["next"] is None
