"""Each DAG, run through by Airflow's own `dag.test()` on the sample wire, with a warehouse beside it."""

import json
import os
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from claimwire.settings import read_settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, fetches, flagged_items, imports, quotas

pytestmark = [pytest.mark.airflow, pytest.mark.slow, pytest.mark.filterwarnings("ignore")]

LATER = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def engine(airflow_home):
    os.environ["CLAIMWIRE_WAREHOUSE_URL"] = f"sqlite:///{airflow_home / 'warehouse.db'}"
    engine = open_engine(read_settings().warehouse_url)
    migrate(engine)
    yield engine
    del os.environ["CLAIMWIRE_WAREHOUSE_URL"]


def run(dag_bag, dag_id: str, **conf):
    dag = dag_bag.dags[dag_id]
    for task in dag.tasks:
        task.retries = 0  # a real one waits before it tries again
    ran = dag.test(run_conf=conf or None)
    return ran.state, {task.task_id: str(task.state) for task in ran.get_task_instances()}


def count(engine, table) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table))


def test_collect_then_detect_flags_the_sample_wire(dag_bag, engine):
    state, tasks = run(dag_bag, "collect_wires", feeds=["sample"])
    assert (state, tasks["announce"]) == ("success", "success")
    assert count(engine, articles) >= 12

    state, tasks = run(dag_bag, "detect_claims")
    assert (state, tasks["announce"]) == ("success", "success")
    flagged = count(engine, flagged_items)
    assert flagged > 0

    state, tasks = run(dag_bag, "collect_wires", feeds=["sample"])
    assert (state, tasks["announce"]) == ("success", "skipped"), "nothing new starts no detection"
    assert count(engine, flagged_items) == flagged
    assert count(engine, fetches) >= 2


def test_refresh_registers_loads_the_caps(dag_bag, engine):
    assert run(dag_bag, "refresh_registers")[0] == "success"
    assert count(engine, quotas) > 20


def test_watch_feeds_is_green_whatever_it_finds(dag_bag, engine):
    assert run(dag_bag, "watch_feeds")[0] == "success"


def test_daily_digest_sends_what_is_due_and_is_green_with_nothing_due(dag_bag, engine):
    assert run(dag_bag, "daily_digest")[0] == "success"
    assert run(dag_bag, "daily_digest")[0] == "success"


def test_rescan_compares_without_touching(dag_bag, engine, airflow_home):
    before = count(engine, flagged_items)
    state, _ = run(dag_bag, "rescan_archive", dry_run=True, languages=["fr"])
    assert state == "success"
    assert count(engine, flagged_items) == before
    assert list((airflow_home / "var" / "reports").glob("rescan-*.csv"))


def test_import_archive_loads_a_folder(dag_bag, engine, tmp_path):
    row = {
        "id": "1",
        "title": "Embargo on tin widened",
        "text": "The ministers widened their embargo on tin.",
        "lang": "en",
    }
    (tmp_path / "old.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    assert run(dag_bag, "import_archive", path=str(tmp_path), feed="archive")[0] == "success"
    assert count(engine, imports) == 1


def test_housekeeping_is_safe_to_repeat(dag_bag, engine):
    assert run(dag_bag, "housekeeping")[0] == "success"
    assert run(dag_bag, "housekeeping")[0] == "success"
