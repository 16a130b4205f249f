"""What a DAG says to its operators: failed, well again, late. Each hands over to `claimwire.operate.runs`."""

import os
from datetime import timedelta
from typing import Any

from claimwire_versions import AsyncCallback, DeadlineAlert, DeadlineReference


def tell_failure(context: dict[str, Any]) -> None:
    """For `on_failure_callback` of a DAG or task."""
    from claimwire_airflow import run_settings

    from claimwire.operate.runs import tell_failed

    tell_failed(run_settings(), context)


def tell_recovery(context: dict[str, Any]) -> None:
    """For `on_success_callback` of a DAG."""
    from claimwire_airflow import run_settings

    from claimwire.operate.runs import tell_well

    tell_well(run_settings(), context)


def late_after(span: timedelta) -> DeadlineAlert:
    """A deadline, counted from when the run was queued."""
    callback = AsyncCallback("claimwire.operate.runs.tell_late")
    return DeadlineAlert(reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=span, callback=callback)


def watched(span: timedelta) -> dict[str, Any]:
    """What every scheduled DAG passes to `@dag`: told when it fails, is late, or is well again.

    Airflow 3.3's `dag.test()` dies on a DAG with a deadline, so only Airflow's own processes get to see it.
    """
    told = {"on_failure_callback": tell_failure, "on_success_callback": tell_recovery}
    return told | ({"deadline": late_after(span)} if "_AIRFLOW_PROCESS_CONTEXT" in os.environ else {})
