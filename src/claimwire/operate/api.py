"""Airflow's REST API v2, as far as a local start needs it."""

import time
from collections.abc import Callable
from typing import Any

import requests

from claimwire.errors import ClaimwireError

DONE = {"success", "failed"}
PAUSES_SECONDS = (1, 3, 9)


class AirflowApi:
    """One logged-in session.

    Args:
        url: base address of the API server.
        user: a user who may trigger DAGs.
        password: hers.
    """

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url, self._session = url, requests.Session()
        self._session.trust_env = False
        answer = self._session.post(f"{url}/auth/token", json={"username": user, "password": password}, timeout=30)
        if answer.status_code != requests.codes.created:
            raise ClaimwireError(f"Airflow refused the login of {user}: HTTP {answer.status_code}")
        self._session.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def call(self, method: str, path: str, **body: Any) -> Any:
        """The JSON answer of `/api/v2/<path>`; None for 404.

        Raises:
            ClaimwireError: any other status of 400 and up.
        """
        answer = self._session.request(method, f"{self._url}/api/v2/{path}", json=body or None, timeout=60)
        for pause in PAUSES_SECONDS:  # a busy machine's SQLite answers 500 for a moment
            if answer.status_code < 500:
                break
            time.sleep(pause)
            answer = self._session.request(method, f"{self._url}/api/v2/{path}", json=body or None, timeout=60)
        if answer.status_code == requests.codes.not_found:
            return None
        if not answer.ok:
            raise ClaimwireError(f"Airflow answered {answer.status_code} to {method} {path}: {answer.text[:200]}")
        return answer.json() if answer.content else {}

    def make_pool(self, name: str, slots: int) -> None:
        """Makes sure that a pool exists; the slots of one that does are left as the operator set them."""
        if self.call("GET", f"pools/{name}") is None:
            self.call("POST", "pools", name=name, slots=slots, description="fetches at once")

    def trigger(self, dag_id: str, conf: dict[str, Any], timeout_seconds: float = 120) -> str:
        """Starts a run and returns its id; waits until the DAG has been parsed.

        Raises:
            ClaimwireError: it was not parsed in time.
        """
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            run = self.call("POST", f"dags/{dag_id}/dagRuns", logical_date=None, conf=conf)
            if run is not None:
                return str(run["dag_run_id"])
            time.sleep(1)
        raise ClaimwireError(f"Airflow does not know the DAG {dag_id}: look at its import errors")

    def wait_run(self, dag_id: str, run_id: str, timeout_seconds: float, tick: Callable[[str], None]) -> str:
        """The final state of a run: success or failed; `timeout` where it took too long."""
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            state = (self.call("GET", f"dags/{dag_id}/dagRuns/{run_id}") or {}).get("state", "unknown")
            tick(f"{dag_id}: {state}")
            if state in DONE:
                return str(state)
            time.sleep(0.5)
        return "timeout"

    def latest_run(self, dag_id: str, after: str) -> dict[str, Any] | None:
        """The newest run of a DAG that started after an ISO time, if any."""
        path = f"dags/{dag_id}/dagRuns?order_by=-run_after&limit=1&run_after_gte={after}"
        runs = (self.call("GET", path) or {}).get("dag_runs") or [None]
        first: dict[str, Any] | None = runs[0]
        return first
