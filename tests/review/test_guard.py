"""Who gets in, what a viewer cannot do, which writes are refused."""

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

WRITES = {"POST", "PUT", "PATCH", "DELETE"}
FILLED = {
    "item_id": "1", "feed_key": "sample", "name": "desk.css", "decision_id": "1", "batch_key": "b", "filter_id": "1",
    "reading_id": "1", "path": "nowhere",
}  # fmt: skip


def all_routes(app: FastAPI) -> list[tuple[str, str]]:
    found = []
    for route in app.routes:
        assert isinstance(route, APIRoute), f"{route} is guarded by nothing: dependencies do not cover it"
        path = route.path.replace(":path", "").format(**FILLED)
        found += [(method, path) for method in sorted(route.methods)]
    return found


def test_nobody_gets_401_from_every_route(app, login, wire):
    wire.add()
    routes = all_routes(app)
    assert len(routes) > 25
    nobody = login(None)
    answers = {(method, path): nobody.request(method, path).status_code for method, path in routes}
    assert set(answers.values()) == {401}, answers


def test_a_viewer_reads_every_page_and_changes_nothing(app, login, wire):
    wire.add()
    viewer = login("vic")
    for method, path in all_routes(app):
        status = viewer.request(method, path).status_code
        if method in WRITES and "nowhere" not in path:
            assert status == 403, (method, path)
        elif "nowhere" not in path:
            assert status in {200, 404}, (method, path)
    assert viewer.get("/api/items/1").json()["review_version"] == 0


def test_a_viewer_sees_no_button_to_decide_with(login, wire):
    item_id = wire.add()
    assert 'data-do="confirm"' not in login("vic").get(f"/items/{item_id}").text
    assert 'data-do="confirm"' in login("ann").get(f"/items/{item_id}").text


def test_only_an_operator_polls(login, wire):
    assert login("ann").post("/api/wires/sample/poll", json={}).status_code == 403
    assert login("olga").post("/api/wires/sample/poll", json={}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
        {"Origin": "https://evil.example", "Authorization": "Bearer of an admin"},
    ],
)
def test_a_forged_write_is_refused(login, wire, headers):
    item_id = wire.add()
    ann = login("ann")
    body = {"action": "confirm", "version": 0}
    assert ann.post(f"/api/items/{item_id}/decisions", json=body, headers=headers).status_code == 403
    assert ann.get(f"/api/items/{item_id}").json()["review_status"] == "new"


def test_our_own_page_and_scripts_may_write(login, wire, address):
    first, second = wire.add(), wire.add()
    ann = login("ann")
    ours = {"Sec-Fetch-Site": "same-origin", "Origin": address}
    body = {"action": "confirm", "version": 0}
    assert ann.post(f"/api/items/{first}/decisions", json=body, headers=ours).status_code == 201
    assert ann.post(f"/api/items/{second}/decisions", json=body).status_code == 201


def test_a_body_without_end_is_refused_before_it_is_read(login):
    ann = login("ann")
    assert ann.post("/api/filters", content=b"x" * 1_000_001).status_code == 413
    assert ann.post("/api/filters", content=iter([b"{}"])).status_code == 413


@pytest.mark.parametrize("path", ["/", "/items/1", "/static/desk.js", "/api/items", "/nowhere"])
def test_every_answer_carries_the_strict_headers(login, wire, path):
    wire.add()
    headers = login("ann").get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert "frame-ancestors 'self'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


def test_no_page_needs_inline_script_or_style(app, login, wire):
    wire.fill()
    ann = login("ann")
    for path in ("/", "/items/2", "/quality", "/wires", "/readings", "/api/docs"):
        html = ann.get(path).text
        assert " style=" not in html, path
        assert "<style" not in html, path
        assert "onclick" not in html.replace("&#34; onclick=&#34;x", ""), path
        assert html.count("<script") == html.count('<script src="/static/desk.js"'), path


def test_links_follow_the_mount(engine, wire):
    """Inside Airflow the desk lives under /review; no link may lead out of it."""
    from starlette.applications import Starlette
    from starlette.routing import Mount

    from claimwire.review.access import Reviewer
    from claimwire.review.app import create_app

    from .conftest import serving
    from .wires import NOW

    wire.fill()
    inner = create_app(engine, reviewer=lambda: Reviewer("ann", may_decide=True), clock=lambda: NOW)
    with serving(Starlette(routes=[Mount("/review", inner)])) as address, httpx.Client(trust_env=False) as client:
        for path in ("/review/", "/review/items/1", "/review/quality"):
            html = client.get(address + path).text
            links = [part.split('"')[0] for name in ('href="/', 'src="/') for part in html.split(name)[1:]]
            assert links
            assert all(link.startswith("review/") for link in links), links
        assert client.get(f"{address}/review/api/openapi.json").json()["servers"] == [{"url": "/review"}]
