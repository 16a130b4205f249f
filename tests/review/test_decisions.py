"""Decisions: appended, undone, corrected, by four eyes, in batches; on both databases."""

import threading
from datetime import timedelta

import pytest
from sqlalchemy import select

from claimwire.errors import NotFound, RefusedDecision, StaleDecision
from claimwire.model import Category
from claimwire.warehouse.decisions import Verdict, decide, decide_many, undo, undo_batch
from claimwire.warehouse.desk import find_present, note_presence
from claimwire.warehouse.desk_item import find_decisions, find_item
from claimwire.warehouse.tables import item_codes
from claimwire.warehouse.writing import write

from .wires import NOW, WIRES, Wire

FOUR_EYES = frozenset({Category.UN_REQUEST})


@pytest.fixture
def wires(warehouse):
    return Wire(warehouse)


@pytest.fixture
def item_id(wires):
    return wires.add()


def say(engine, item_id, action="confirm", reviewer="ann", version=0, four_eyes=(), **more):
    verdict = Verdict(item_id, version, action, reviewer, **more)
    return write(engine, lambda connection: decide(connection, verdict, four_eyes, NOW))


def item(engine, item_id):
    with engine.connect() as connection:
        return find_item(connection, item_id)


@pytest.mark.parametrize(
    ("action", "more", "status"),
    [
        ("confirm", {}, "confirmed"),
        ("reject", {"reason": "not_a_claim"}, "rejected"),
        ("correct", {"changes": {"act": "comply"}}, "corrected"),
        ("escalate", {"note": "ask the lawyers"}, "escalated"),
        ("note", {"note": "seen"}, "new"),
        ("assign", {"assignee": "ben"}, "new"),
    ],
)
def test_each_action_is_appended_with_before_and_after(warehouse, item_id, action, more, status):
    made = say(warehouse, item_id, action, **more)
    now = item(warehouse, item_id)
    assert (now["review_status"], now["review_version"], now["changed_at"]) == (status, 1, NOW)
    assert made["engine_version"] == "test-1"
    assert made["before"].keys() == made["after"].keys()
    if status != "new":
        assert (made["before"]["review_status"], made["after"]["review_status"]) == ("new", status)


def test_an_old_version_is_refused_and_nothing_is_written(warehouse, item_id):
    say(warehouse, item_id)
    with pytest.raises(StaleDecision):
        say(warehouse, item_id, "reject", "ben", reason="not_a_claim")
    with warehouse.connect() as connection:
        assert len(find_decisions(connection, item_id)) == 1


def test_the_same_key_pressed_twice_is_one_decision(warehouse, item_id):
    assert say(warehouse, item_id)["id"] == say(warehouse, item_id)["id"]
    assert item(warehouse, item_id)["review_version"] == 1


def test_of_many_at_once_one_wins(warehouse, item_id):
    outcomes = []

    def try_it(name):
        try:
            say(warehouse, item_id, "note", name, note=name)
            outcomes.append("won")
        except StaleDecision:
            outcomes.append("stale")

    threads = [threading.Thread(target=try_it, args=(f"r{number}",)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["stale"] * 5 + ["won"]


def test_undo_brings_back_everything(warehouse, item_id):
    before = item(warehouse, item_id)
    changes = {"act": "comply", "target": ["RU"], "event_from": NOW.date(), "event_to": NOW.date(), "quantity": "9"}
    made = say(warehouse, item_id, "correct", changes=changes)
    undone = write(warehouse, lambda connection: undo(connection, made["id"], "ben", NOW))
    after = item(warehouse, item_id)
    assert after | {"review_version": 0} == before | {"changed_at": NOW}
    assert (undone["action"], undone["undoes_id"], after["review_version"]) == ("undo", made["id"], 2)
    with warehouse.connect() as connection:
        codes = connection.execute(select(item_codes.c.role, item_codes.c.code).where(item_codes.c.item_id == item_id))
        assert ("target", "KP") in {tuple(row) for row in codes}


def test_undo_goes_back_step_by_step(warehouse, item_id):
    first = say(warehouse, item_id, "escalate")
    second = say(warehouse, item_id, "confirm", version=1)
    with pytest.raises(StaleDecision):
        write(warehouse, lambda connection: undo(connection, first["id"], "ann", NOW))
    write(warehouse, lambda connection: undo(connection, second["id"], "ann", NOW))
    assert item(warehouse, item_id)["review_status"] == "escalated"
    write(warehouse, lambda connection: undo(connection, first["id"], "ann", NOW))
    assert item(warehouse, item_id)["review_status"] == "new"
    with pytest.raises(StaleDecision):
        write(warehouse, lambda connection: undo(connection, first["id"], "ann", NOW))


def test_what_the_machine_said_first_is_kept_through_two_corrections(warehouse, item_id):
    say(warehouse, item_id, "correct", changes={"act": "comply"})
    say(warehouse, item_id, "correct", version=1, changes={"act": "evade", "modality": "denied"})
    now = item(warehouse, item_id)
    assert (now["act"], now["machine"]) == ("evade", {"act": "request", "modality": "asserted"})


def test_a_correction_that_changes_nothing_is_refused(warehouse, item_id):
    with pytest.raises(RefusedDecision):
        say(warehouse, item_id, "correct", changes={"act": "request"})


def test_a_duplicate_names_another_item_that_is_none_itself(warehouse, wires, item_id):
    other, third = wires.add(WIRES[1]), wires.add(WIRES[2])
    say(warehouse, item_id, "duplicate", duplicate_of=other)
    assert item(warehouse, item_id)["duplicate_of"] == other
    with pytest.raises(RefusedDecision):
        say(warehouse, third, "duplicate", duplicate_of=item_id)
    with pytest.raises(RefusedDecision):
        say(warehouse, third, "duplicate", duplicate_of=third)
    with pytest.raises(NotFound):
        say(warehouse, third, "duplicate", duplicate_of=10**9)


def test_four_eyes_need_two_who_agree(warehouse, item_id):
    say(warehouse, item_id, four_eyes=FOUR_EYES)
    waiting = item(warehouse, item_id)
    assert (waiting["review_status"], waiting["first_reviewer"], waiting["first_action"]) == ("new", "ann", "confirm")
    with pytest.raises(RefusedDecision):
        say(warehouse, item_id, version=1, four_eyes=FOUR_EYES)
    say(warehouse, item_id, reviewer="ben", version=1, four_eyes=FOUR_EYES)
    done = item(warehouse, item_id)
    assert (done["review_status"], done["reviewer"], done["first_reviewer"]) == ("confirmed", "ben", None)


def test_two_who_disagree_escalate(warehouse, item_id):
    say(warehouse, item_id, four_eyes=FOUR_EYES)
    say(warehouse, item_id, "reject", "ben", 1, FOUR_EYES, reason="not_a_claim")
    assert item(warehouse, item_id)["review_status"] == "escalated"


def test_four_eyes_hold_for_their_category_only(warehouse):
    quota = Wire(warehouse).add(WIRES[1])
    say(warehouse, quota, four_eyes=FOUR_EYES)
    assert item(warehouse, quota)["review_status"] == "confirmed"


def test_a_batch_takes_what_it_can_and_is_undone_whole(warehouse):
    wire = Wire(warehouse)
    ids = [wire.add() for _ in range(4)]
    say(warehouse, ids[0], "note", note="x")
    verdicts = [Verdict(item_id, 0, "confirm", "ann", batch_key="b1") for item_id in [*ids, 10**9]]
    taken, refused = write(warehouse, lambda connection: decide_many(connection, verdicts, (), NOW))
    assert [row["item_id"] for row in taken] == ids[1:]
    assert [(refusal.item_id, refusal.is_stale) for refusal in refused] == [(ids[0], True), (10**9, False)]
    say(warehouse, ids[1], "escalate", "ben", version=1)
    back, left = write(warehouse, lambda connection: undo_batch(connection, "b1", "ann", NOW))
    assert [row["item_id"] for row in back] == ids[2:]
    assert [refusal.item_id for refusal in left] == [ids[1]]


def test_reviewers_see_each_other_while_they_look(warehouse, item_id):
    write(warehouse, lambda connection: note_presence(connection, item_id, "ann", NOW))
    assert write(warehouse, lambda connection: note_presence(connection, item_id, "ben", NOW)) == ["ann"]
    with warehouse.connect() as connection:
        assert find_present(connection, item_id, "ben", NOW + timedelta(seconds=30)) == ["ann"]
        assert find_present(connection, item_id, "ben", NOW + timedelta(seconds=60)) == []


@pytest.mark.parametrize(
    "body",
    [
        {"action": "reject", "version": 0},
        {"action": "reject", "version": 0, "reason": "because"},
        {"action": "correct", "version": 0},
        {"action": "correct", "version": 0, "changes": {"act": "dance"}},
        {"action": "correct", "version": 0, "changes": {"evidence": "other words"}},
        {"action": "correct", "version": 0, "changes": {"period": "last year"}},
        {"action": "correct", "version": 0, "changes": {"category": None}},
        {"action": "correct", "version": 0, "changes": {"attribution": "a\0b"}},
        {"action": "duplicate", "version": 0},
        {"action": "note", "version": 0, "note": " "},
        {"action": "delete", "version": 0},
        {"action": "confirm"},
        {"action": "confirm", "version": -1},
        {"action": "confirm", "version": 0, "extra": 1},
    ],
)
def test_what_is_no_decision_is_422_and_leaves_no_trace(login, wire, body):
    item_id = wire.add()
    ann = login("ann")
    assert ann.post(f"/api/items/{item_id}/decisions", json=body).status_code == 422
    assert ann.get(f"/api/items/{item_id}").json()["review_version"] == 0


def test_every_reason_of_the_list_is_taken(login, wire, app):
    ann = login("ann")
    for reason in app.state.desk.rules.rejection_reasons:
        body = {"action": "reject", "version": 0, "reason": reason}
        assert ann.post(f"/api/items/{wire.add()}/decisions", json=body).status_code == 201
