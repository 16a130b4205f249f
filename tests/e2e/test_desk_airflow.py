"""The desk inside a real Airflow, in a real browser: what an analyst does in an hour, in a minute."""

import re
from collections import Counter
from importlib.util import find_spec

import pytest
import requests
from sqlalchemy import select

from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import decisions, flagged_items

from ..review.wires import WIRES, Wire
from .airflow_standalone import airflow_place, running_airflow
from .browser import running_chromium

if find_spec("airflow") is None:  # not imported here: it reads its environment once, when first imported
    pytest.skip("Airflow is not installed", allow_module_level=True)
pytestmark = [pytest.mark.airflow, pytest.mark.browser, pytest.mark.slow]

ITEMS = 24


@pytest.fixture(scope="module")
def filled(tmp_path_factory):
    place = airflow_place(tmp_path_factory.mktemp("desk"))
    engine = open_engine(f"sqlite:///{place.var_dir / 'warehouse.db'}")
    migrate(engine)
    wire = Wire(engine)
    wire.fill()
    for number in range(ITEMS):
        wire.add(WIRES[3], priority=60.0 - number)
    with running_airflow(place) as airflow:
        yield airflow, engine
    engine.dispose()


@pytest.fixture(scope="module")
def chromium():
    with running_chromium() as browser:
        yield browser


def log_in(browser, airflow, user):
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    page.goto(airflow.url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", airflow.passwords[user])
    page.click("button[type=submit]")
    page.get_by_role("link", name="Review").wait_for(timeout=60_000)
    return page


def open_desk(page):
    page.get_by_role("link", name="Review").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("heading", name="Queue").wait_for(timeout=60_000)
    return frame


def item_of(frame):
    return int(frame.locator("#item").get_attribute("data-id"))


def press(page, frame, key):
    """A key on the item page, and the wait until the next item is there; gives the item decided."""
    decided = item_of(frame)
    page.keyboard.press(key)
    frame.locator(f"#item:not([data-id='{decided}']), .queue").first.wait_for()
    return decided


def correct(page, frame):
    """Says by keyboard that the act is another; gives the item corrected."""
    corrected = item_of(frame)
    page.keyboard.press("f")
    page.keyboard.press("Tab")  # from category to act
    page.keyboard.type("threaten")
    page.keyboard.press("Tab")
    frame.locator("#fix button.primary").press("Enter")
    frame.locator(f"#item:not([data-id='{corrected}'])").wait_for()
    return corrected


def contest(page, frame, other, airflow):
    """Two decide on one item at once, and the second puts theirs on top; gives the item."""
    contested = item_of(frame)
    other.goto(f"{airflow.url}/plugin/claim-review/review/items/{contested}")
    theirs = other.frame_locator("iframe")
    theirs.locator("#present", has_text="analyst is here").wait_for(timeout=30_000)
    press(page, frame, "c")
    other.keyboard.press("Escape")
    theirs.locator("h1").click()
    other.keyboard.press("1")
    theirs.get_by_role("heading", name="Decided meanwhile").wait_for()
    assert "analyst: confirm" in theirs.locator("#merge-story").inner_text()
    theirs.get_by_role("button", name="Put mine on top").click()
    theirs.locator(f"#item:not([data-id='{contested}']), .queue").first.wait_for()
    return contested


def test_an_analyst_works_by_keyboard(filled, chromium):
    airflow, engine = filled
    page = log_in(chromium, airflow, "analyst")
    frame = open_desk(page)

    frame.get_by_label("trade restriction").check()
    frame.get_by_role("button", name="Show", exact=True).click()
    frame.locator(".chip", has_text="trade_restriction").wait_for()
    assert re.search(r"/plugin/claim-review/review/\?.*category=trade_restriction", page.url)

    page.keyboard.press("Enter")
    frame.locator("#item").wait_for()
    decided = [press(page, frame, key) for key in "cccc1ccc2cccc3ccccc8"]
    assert len(set(decided)) == 20

    for item_id in decided[:-3:-1]:
        page.keyboard.press("u")
        frame.locator(f"#item[data-id='{item_id}']").wait_for()

    corrected = correct(page, frame)
    contested = contest(page, frame, log_in(chromium, airflow, "operator"), airflow)

    with engine.connect() as connection:
        made = [dict(row) for row in connection.execute(select(decisions).order_by(decisions.c.id)).mappings()]
        rows = connection.execute(select(flagged_items.c.id, flagged_items.c.review_status))
        status = {row.id: row.review_status for row in rows}
    actions = Counter(row["action"] for row in made)
    assert actions == {"confirm": 17, "reject": 5, "undo": 2, "correct": 1}
    assert {row["reviewer"] for row in made} == {"analyst", "operator"}
    assert [status[item_id] for item_id in decided[:18]] == [
        "rejected" if key in "1238" else "confirmed" for key in "cccc1ccc2cccc3cccc"
    ]
    assert (status[corrected], corrected) == ("corrected", decided[18])
    assert status[contested] == "rejected"
    history = [row for row in made if row["item_id"] == contested]
    assert [(row["reviewer"], row["action"], row["item_version"]) for row in history] == [
        ("analyst", "reject", 1),
        ("analyst", "undo", 2),
        ("analyst", "confirm", 3),
        ("operator", "reject", 4),
    ]


def test_airflow_guards_every_door(filled):
    airflow, engine = filled
    with engine.connect() as connection:
        item_id = connection.scalar(select(flagged_items.c.id).where(flagged_items.c.category == "un_request"))
    desk = f"{airflow.url}/review"
    body = {"action": "note", "note": "by token", "version": 0}
    for path in (
        "/",
        f"/items/{item_id}",
        "/api/items",
        "/api/openapi.json",
        "/api/docs",
        "/static/desk.js",
        "/quality",
    ):
        assert requests.get(desk + path, timeout=30).status_code == 401, path
    post = f"{desk}/api/items/{item_id}/decisions"
    assert requests.post(post, json=body, timeout=30).status_code == 401
    viewer, analyst, operator = (airflow.session(user) for user in ("viewer", "analyst", "operator"))
    assert viewer.get(f"{desk}/api/items", timeout=30).status_code == 200
    assert viewer.post(post, json=body, timeout=30).status_code == 403
    assert analyst.post(post, json=body, headers={"Sec-Fetch-Site": "cross-site"}, timeout=30).status_code == 403
    assert analyst.post(post, json=body, timeout=30).status_code == 201
    assert analyst.post(f"{desk}/api/wires/sample/poll", json={}, timeout=30).status_code == 403
    assert operator.post(f"{desk}/api/wires/sample/poll", json={}, timeout=30).status_code == 200
