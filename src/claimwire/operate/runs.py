"""What is said of a DAG run that failed, is late, or is well again. Takes Airflow's context as it comes: by name."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from claimwire.errors import ClaimwireError
from claimwire.operate.alerts import Alert, end_alert, raise_alert
from claimwire.settings import Settings, read_settings
from claimwire.warehouse.engine import open_engine


def tell_failed(settings: Settings, context: Mapping[str, Any]) -> bool:
    """Says which DAG failed, in which run and task, why, and where its log is; once until it is well again."""
    run = context.get("dag_run")
    dag_id = str(getattr(run, "dag_id", "") or getattr(context.get("dag"), "dag_id", "a DAG"))
    task = context.get("task_instance") or context.get("ti")
    reason = context.get("exception") or context.get("reason") or "see the log"
    lines = [f"run {getattr(run, 'run_id', '')}", f"why {reason}"]
    if task is not None:
        lines.insert(1, f"task {task.task_id}" + (f" {task.map_index}" if getattr(task, "map_index", -1) >= 0 else ""))
        lines.append(f"log {getattr(task, 'log_url', '')}")
    text = "\n".join(lines) + "\n\nIts page in Airflow says what to do when red; `claimwire doctor` checks the rest."
    return raise_alert(
        open_engine(settings.warehouse_url), settings, Alert(f"DAG {dag_id}", f"{dag_id} failed", text), _now()
    )


def tell_well(settings: Settings, context: Mapping[str, Any]) -> bool:
    """Says that a DAG is well again, where it was said to have failed or to be late."""
    dag_id = str(getattr(context.get("dag_run"), "dag_id", "") or getattr(context.get("dag"), "dag_id", ""))
    return end_alert(open_engine(settings.warehouse_url), settings, f"DAG {dag_id}", _now())


async def tell_late(**kwargs: Any) -> None:
    """Says that a run missed its deadline; Airflow's triggerer calls it with `context`."""
    settings = read_settings()
    run = (kwargs.get("context") or {}).get("dag_run") or {}
    dag_id, run_id = run.get("dag_id", "a DAG"), run.get("dag_run_id") or run.get("run_id", "")
    text = (
        f"run {run_id}\nis not done in time. Look at its tasks: a queued one wants a worker, a running one has a log."
    )
    try:
        raise_alert(
            open_engine(settings.warehouse_url), settings, Alert(f"DAG {dag_id}", f"{dag_id} is late", text), _now()
        )
    except ClaimwireError as error:  # the triggerer must live on whatever the warehouse does
        print(f"claimwire: {error}")  # noqa: T201  # the triggerer's log


def _now() -> datetime:
    return datetime.now(UTC)  # an alert is about now, whatever time the run stands for
