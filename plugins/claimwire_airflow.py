"""The seam between DAG files and the package: a task hands over to one step of `claimwire.pipeline`."""

import importlib
from dataclasses import replace
from typing import Any

from airflow.sdk import Connection, get_current_context
from claimwire_versions import AirflowFailException, AirflowNotFoundException, stats

from claimwire.operate.defaults import HOPELESS
from claimwire.settings import Settings, read_settings, warehouse_url


def step(name: str, *args: Any) -> Any:
    """Runs `claimwire.<name>(settings, now, *args)`; a tally goes to the metrics and comes back as counts for XCom.

    `now` is the run's time, never the clock's, so that catch-up and backfill work. What is hopeless fails at once.
    """
    now = get_current_context()["dag_run"].run_after
    module, function = name.rsplit(".", 1)
    try:
        result = getattr(importlib.import_module(f"claimwire.{module}"), function)(run_settings(), now, *args)
    except HOPELESS as error:
        raise AirflowFailException(str(error)) from error
    for disposition, number in getattr(result, "went_out", {}).items():
        stats.incr(f"claimwire.{name}.{disposition}", number)
    return dict(result.went_out) if hasattr(result, "went_out") else result


def measure(name: str) -> dict[str, float]:
    """Runs a step that gives figures, and hands each to the metrics as a gauge."""
    figures: dict[str, float] = step(name)
    for figure, value in figures.items():
        stats.gauge(f"claimwire.{figure}", value)
    return figures


def run_settings() -> Settings:
    """Settings from the environment; connections `claimwire_warehouse` and `claimwire_smtp` win where they exist."""
    settings = read_settings()
    if uri := _connection_uri("claimwire_warehouse"):
        settings = replace(settings, warehouse_url=warehouse_url(uri))
    return replace(settings, smtp_url=_connection_uri("claimwire_smtp") or settings.smtp_url)


def _connection_uri(conn_id: str) -> str:
    try:
        return str(Connection.get(conn_id).get_uri())
    except AirflowNotFoundException:
        return ""
