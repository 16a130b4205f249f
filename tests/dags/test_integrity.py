"""Every DAG is there, is documented, is bounded, and is wiring only."""

import ast
import time
from datetime import timedelta
from pathlib import Path

import pytest

from claimwire.operate.defaults import TAGS

ROOT = Path(__file__).resolve().parents[2]
EXPECTED = {
    "collect_wires",
    "detect_claims",
    "daily_digest",
    "refresh_registers",
    "watch_feeds",
    "rescan_archive",
    "import_archive",
    "housekeeping",
}

pytestmark = [pytest.mark.airflow, pytest.mark.filterwarnings("ignore")]


def test_the_bag_holds_exactly_our_dags_without_error(dag_bag):
    assert dag_bag.import_errors == {}
    assert set(dag_bag.dags) == EXPECTED
    assert {path.stem for path in (ROOT / "dags").glob("*.py")} == EXPECTED


@pytest.mark.parametrize("dag_id", sorted(EXPECTED))
def test_each_dag_tells_operators_what_they_need(dag_bag, dag_id):
    dag = dag_bag.dags[dag_id]
    for word in ("**When**", "**What**", "**When red**"):
        assert word in dag.doc_md, f"the page of {dag_id} does not say {word}"
    assert dag.tags <= TAGS
    assert "claimwire" in dag.tags
    assert dag.max_active_runs == 1
    assert dag.dagrun_timeout
    assert not dag.catchup
    for task in dag.tasks:
        assert task.owner == "claimwire"
        assert isinstance(task.execution_timeout, timedelta)
        assert task.retries >= 1 or task.task_id == "report", "only the verdict on a collection is not tried again"


def test_scheduled_dags_tell_somebody_when_they_fail_or_are_late(read_dags, monkeypatch):
    monkeypatch.setenv("_AIRFLOW_PROCESS_CONTEXT", "client")  # as in the dag-processor
    bag = read_dags()
    assert bag.import_errors == {}
    for dag in bag.dags.values():
        if dag.timetable.can_be_scheduled:
            assert dag.deadline, dag.dag_id
            assert dag.on_failure_callback, dag.dag_id


def test_assets_link_the_dags(dag_bag):
    outlets = {asset.name for dag in dag_bag.dags.values() for task in dag.tasks for asset in task.outlets}
    assert outlets == {"articles", "flagged_items"}


def test_each_dag_survives_serialisation(dag_bag):
    try:
        from airflow.serialization.serialized_objects import DagSerialization as Serialised
    except ImportError:  # 3.1
        from airflow.serialization.serialized_objects import SerializedDAG as Serialised

    for dag in dag_bag.dags.values():
        assert Serialised.from_dict(Serialised.to_dict(dag)).dag_id == dag.dag_id


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_a_dag_file_is_wiring_only(path):
    source = path.read_text(encoding="utf-8")
    assert len(source.splitlines()) <= 60
    for node in ast.walk(ast.parse(source)):
        assert not isinstance(node, ast.For | ast.While | ast.Try | ast.With), f"logic in {path.name}:{node.lineno}"


@pytest.mark.parametrize("path", sorted((ROOT / "plugins").glob("*.py")), ids=lambda path: path.stem)
def test_a_plugin_file_is_registration_only(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 50


def test_dag_files_parse_fast(read_dags, dag_bag):
    """Beyond importing Airflow, which the bag has done by now, each file takes less than 0.3 s."""
    for path in (ROOT / "dags").glob("*.py"):
        begun = time.perf_counter()
        read_dags(path)
        assert time.perf_counter() - begun < 0.3, path.name


@pytest.mark.parametrize("path", sorted((ROOT / "dags").glob("*.py")), ids=lambda path: path.stem)
def test_every_step_that_a_dag_names_exists(path):
    import importlib

    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"step", "tell"}:
            module, function = node.args[0].value.rsplit(".", 1)
            assert callable(getattr(importlib.import_module(f"claimwire.{module}"), function))
