"""Quality from decisions, recall from blind readings, gold from both; on both databases."""

import json
from datetime import date, timedelta

import pytest
from sqlalchemy import select, update

from claimwire.errors import NotFound, StaleDecision
from claimwire.review.gold import gold_lines
from claimwire.review.precision import Share, estimate_recall, to_lines, to_weeks
from claimwire.warehouse.decisions import Verdict, decide, undo
from claimwire.warehouse.desk_quality import BlindCount, Settled, count_blind, count_reasons, count_settled
from claimwire.warehouse.desk_readings import count_waiting, draw_readings, find_reading, save_reading
from claimwire.warehouse.tables import articles, flagged_items, item_codes, readings
from claimwire.warehouse.writing import write

from .wires import NOW, WIRES, Wire


@pytest.fixture
def wires(warehouse):
    return Wire(warehouse)


def say(engine, item_id, action="confirm", version=0, now=NOW, **more):
    return write(engine, lambda c: decide(c, Verdict(item_id, version, action, "ann", **more), (), now))


@pytest.mark.parametrize(
    ("right", "of", "low", "high"), [(0, 0, 0.0, 1.0), (8, 10, 0.490, 0.943), (10, 10, 0.722, 1.0), (0, 10, 0.0, 0.278)]
)
def test_wilson_intervals_are_those_of_the_tables(right, of, low, high):
    share = Share(right, of)
    assert (share.low, share.high) == pytest.approx((low, high), abs=0.001)


def test_precision_is_counted_by_every_dimension(warehouse, wires):
    quota, sanction, other = wires.add(WIRES[1]), wires.add(WIRES[2]), wires.add(WIRES[2], rules=["a, b", "c"])
    say(warehouse, quota)
    say(warehouse, sanction, "reject", reason="background_only", now=NOW - timedelta(days=7))
    say(warehouse, other, "correct", changes={"act": "lift"})
    wires.add(WIRES[3])
    with warehouse.connect() as connection:
        counts = {by: count_settled(connection, by) for by in ("category", "language", "publisher", "rule", "week")}
        reasons = count_reasons(connection)
    assert counts["category"] == {"trade_quota": Settled(1, 0, 0), "sanction": Settled(0, 1, 1)}
    assert counts["language"] == {"en": Settled(1, 0, 0), "fa": Settled(0, 1, 1)}
    assert counts["rule"] == {
        "frame.violate": Settled(1, 0, 0),
        "frame.impose": Settled(0, 0, 1),
        "a, b": Settled(0, 1, 0),
        "c": Settled(0, 1, 0),
    }
    assert counts["week"] == {date(2026, 11, 23): Settled(1, 1, 0), date(2026, 11, 16): Settled(0, 0, 1)}
    assert reasons == {"background_only": 1}
    line = to_lines(counts["category"], 5)[0]
    assert (line.name, line.flagged.value, line.exact.value) == ("sanction", 0.5, 0.0)
    weeks = to_weeks(counts["week"], 100, 50)
    assert [(week.on, week.x, week.y) for week in weeks] == [
        (date(2026, 11, 16), 0.0, 50.0),
        (date(2026, 11, 23), 100.0, 0.0),
    ]


def test_an_undone_rejection_counts_no_more(warehouse, wires):
    made = say(warehouse, wires.add(), "reject", reason="out_of_scope")
    write(warehouse, lambda connection: undo(connection, made["id"], "ann", NOW))
    with warehouse.connect() as connection:
        assert count_reasons(connection) == {}
        assert count_settled(connection, "category") == {}


def draw(engine, now=NOW, per_stratum=2):
    return write(engine, lambda connection: draw_readings(connection, now, per_stratum))


def spread(warehouse, wires, flagged=6, unflagged=6):
    """Articles that detection read an hour ago, flagged ones and others."""
    ids = [wires.add() for _ in range(flagged + unflagged)]
    with warehouse.begin() as connection:
        gone = ids[flagged:]
        connection.execute(item_codes.delete().where(item_codes.c.item_id.in_(gone)))
        connection.execute(flagged_items.delete().where(flagged_items.c.id.in_(gone)))
        connection.execute(update(articles).values(detected_at=NOW - timedelta(hours=1)))


def test_a_week_draws_once_as_many_unflagged_as_flagged(warehouse, wires):
    spread(warehouse, wires)
    assert (draw(warehouse), draw(warehouse)) == (4, 0)
    with warehouse.connect() as connection:
        rows = connection.execute(select(readings.c.is_flagged, readings.c.weight, readings.c.stratum)).all()
    assert sorted(tuple(row) for row in rows) == [(False, 3.0, "fr")] * 2 + [(True, 3.0, "fr")] * 2
    assert draw(warehouse, NOW + timedelta(days=6), 3) > 0


def test_a_reading_tells_nothing_of_the_machine_and_is_done_once(warehouse, wires):
    spread(warehouse, wires)
    draw(warehouse)
    with warehouse.connect() as connection:
        reading = find_reading(connection)
    assert not {"is_flagged", "weight", "stratum"} & reading.keys()
    write(warehouse, lambda connection: save_reading(connection, reading["id"], "ann", [], NOW))
    with pytest.raises(StaleDecision):
        write(warehouse, lambda connection: save_reading(connection, reading["id"], "ben", [], NOW))
    with pytest.raises(NotFound):
        write(warehouse, lambda connection: save_reading(connection, 10**6, "ben", [], NOW))
    with warehouse.connect() as connection:
        assert count_waiting(connection) == 3


def test_recall_comes_from_what_readers_found_unflagged(warehouse, wires):
    spread(warehouse, wires)
    draw(warehouse)
    with warehouse.connect() as connection:
        rows = connection.execute(select(readings.c.id, readings.c.is_flagged)).all()
    claim = {"quote": "x", "category": "sanction", "act": "impose"}
    missed = next(row.id for row in rows if not row.is_flagged)
    for row in rows:
        found = [claim] if row.is_flagged or row.id == missed else []
        write(warehouse, lambda c, row=row, found=found: save_reading(c, row.id, "ann", found, NOW))
    with warehouse.connect() as connection:
        blind = count_blind(connection)
    assert blind == BlindCount(2, 1, 6.0, 3.0, 2, 2, 6.0)
    value, low, high = estimate_recall(blind)
    assert value == pytest.approx(6 / 9)
    assert low < value < high


def test_recall_is_not_guessed_before_anything_was_read(warehouse):
    with warehouse.connect() as connection:
        assert estimate_recall(count_blind(connection)) is None


def test_gold_holds_what_reviewers_settled_as_score_reads_it(warehouse, wires):
    right = wires.add(WIRES[1], period_from=date(2026, 1, 1), period_to=date(2026, 12, 31))
    wrong, waiting = wires.add(WIRES[2]), wires.add(WIRES[3])
    fixed = wires.add(WIRES[4])
    say(warehouse, right)
    say(warehouse, wrong, "reject", reason="not_a_claim")
    say(warehouse, fixed, "correct", changes={"act": "lift"})
    with warehouse.connect() as connection:
        half_done = connection.scalar(select(flagged_items.c.article_id).where(flagged_items.c.id == waiting))
        rows = [json.loads(line) for line in gold_lines(connection)]
    assert half_done not in {int(row["id"].rpartition(":")[2]) for row in rows}
    assert [row["lang"] for row in rows] == ["en", "fa", "ar"]
    assert [len(row["claims"]) for row in rows] == [1, 0, 1]
    claim = rows[0]["claims"][0]
    assert (claim["quote"], claim["period"], claim["event_date"]) == (WIRES[1][3], "2026", None)
    assert rows[2]["claims"][0]["act"] == "lift"
    assert rows[0]["claims"][0]["quote"] in rows[0]["text"]


def test_a_blind_reading_wins_over_decisions_in_gold(warehouse, wires):
    spread(warehouse, wires, flagged=1, unflagged=0)
    draw(warehouse)
    say(warehouse, 1)
    claim = {"quote": "Washington", "category": "un_request", "act": "request"}
    write(warehouse, lambda connection: save_reading(connection, 1, "ann", [claim], NOW))
    with warehouse.connect() as connection:
        rows = [json.loads(line) for line in gold_lines(connection)]
    assert [row["claims"] for row in rows] == [[claim]]


def test_the_card_is_shown_with_and_without_decisions(engine, wire, login):
    ann = login("ann")
    assert "nothing decided yet" in ann.get("/quality").text
    say(engine, wire.add())
    html = ann.get("/quality").text
    assert "100 %" in html
    assert 'class="interval"' in html
