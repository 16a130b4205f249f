"""The seam between DAG files and the package: a task hands over to one step of `claimwire.pipeline`."""

import importlib
from dataclasses import replace
from typing import Any

from claimwire.settings import Settings, read_settings, warehouse_url


def step(name: str, *args: Any) -> Any:
    """Runs `claimwire.<name>(settings, now, *args)`; a tally goes to the metrics and comes back as counts for XCom.

    `now` is the time that the run stands for, never the clock's: catch-up and backfill give what was then.
    """
    from airflow.sdk import get_current_context

    now = get_current_context()["dag_run"].run_after
    module, function = name.rsplit(".", 1)
    result = getattr(importlib.import_module(f"claimwire.{module}"), function)(run_settings(), now, *args)
    return _counted(name, result.went_out) if hasattr(result, "went_out") else result


def run_settings() -> Settings:
    """Settings from the environment; connections `claimwire_warehouse` and `claimwire_smtp` win where they exist."""
    settings = read_settings()
    if uri := _connection_uri("claimwire_warehouse"):
        settings = replace(settings, warehouse_url=warehouse_url(uri))
    if uri := _connection_uri("claimwire_smtp"):
        settings = replace(settings, smtp_url=uri)
    return settings


def _connection_uri(conn_id: str) -> str:
    from airflow.sdk import Connection
    from airflow.sdk.exceptions import AirflowNotFoundException

    try:
        return Connection.get(conn_id).get_uri()
    except AirflowNotFoundException:
        return ""


def _counted(name: str, went_out: dict[str, int]) -> dict[str, int]:
    from airflow.sdk.observability import stats

    for disposition, number in went_out.items():
        stats.incr(f"claimwire.{name}.{disposition}", number)
    return dict(went_out)
