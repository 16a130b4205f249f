"""The desk through a real server: reading, deciding, undoing, conflicts."""

import pytest


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?category=sanction&status=new",
        "/?target=KP,IR&q=Pyongyang",
        "/?order=newest&fold=none",
        "/api/docs",
        "/api/items?limit=2",
        "/api/items/count",
        "/api/openapi.json",
        "/static/desk.css",
        "/static/desk.js",
    ],
)
def test_every_page_is_shown(wire, login, path):
    wire.fill()
    assert login("ann").get(path).status_code == 200


def test_each_sample_item_is_shown(wire, login):
    client = login("ann")
    for item_id in wire.fill():
        assert client.get(f"/items/{item_id}").status_code == 200


def test_a_decision_is_appended_and_shown(wire, login):
    item_id = wire.add()
    client = login("ann")
    made = client.post(
        f"/api/items/{item_id}/decisions", json={"action": "reject", "reason": "not_a_claim", "version": 0}
    )
    assert made.status_code == 201
    item = client.get(f"/api/items/{item_id}").json()
    assert (item["review_status"], item["review_version"], item["reviewer"]) == ("rejected", 1, "ann")
    assert [d["reason"] for d in client.get(f"/api/items/{item_id}/decisions").json()["decisions"]] == ["not_a_claim"]


def test_who_decides_on_an_old_version_gets_a_409_with_the_present_state(wire, login):
    item_id = wire.add()
    ann, ben = login("ann"), login("ben")
    ann.post(f"/api/items/{item_id}/decisions", json={"action": "confirm", "version": 0})
    late = ben.post(f"/api/items/{item_id}/decisions", json={"action": "reject", "reason": "not_a_claim", "version": 0})
    assert late.status_code == 409
    assert late.json()["item"]["review_status"] == "confirmed"
    assert late.json()["decisions"][0]["reviewer"] == "ann"


def test_a_correction_keeps_what_the_machine_said(wire, login):
    item_id = wire.add()
    ann = login("ann")
    changes = {"target": ["KP", "RU"], "event_date": "2018-07"}
    made = ann.post(f"/api/items/{item_id}/decisions", json={"action": "correct", "version": 0, "changes": changes})
    assert made.status_code == 201
    item = ann.get(f"/api/items/{item_id}").json()
    assert (item["target"], item["event_from"], item["event_to"]) == (["KP", "RU"], "2018-07-01", "2018-07-31")
    assert item["machine"]["target"] == ["KP"]
    assert [i["id"] for i in ann.get("/api/items?target=RU&status=any").json()["items"]] == [item_id]
    undone = ann.post(f"/api/decisions/{made.json()['decision']['id']}/undo", json={})
    assert undone.status_code == 201
    item = ann.get(f"/api/items/{item_id}").json()
    assert (item["target"], item["event_from"], item["machine"], item["review_status"]) == (["KP"], None, None, "new")
    assert ann.get("/api/items?target=RU&status=any").json()["items"] == []


def test_a_selection_is_decided_and_undone_at_one_stroke(wire, login):
    ids = [wire.add() for _ in range(3)]
    ann = login("ann")
    ann.post(f"/api/items/{ids[0]}/decisions", json={"action": "note", "note": "look twice", "version": 0})
    made = ann.post(
        "/api/decisions/bulk",
        json={"items": [{"id": i, "version": 0} for i in ids], "decision": {"action": "confirm"}},
    ).json()
    assert [d["item_id"] for d in made["decisions"]] == ids[1:]
    assert [(r["item_id"], r["is_stale"]) for r in made["refused"]] == [(ids[0], True)]
    undone = ann.post(f"/api/batches/{made['batch_key']}/undo", json={}).json()
    assert len(undone["decisions"]) == 2
    assert {ann.get(f"/api/items/{i}").json()["review_status"] for i in ids} == {"new"}
