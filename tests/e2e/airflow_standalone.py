"""A real `airflow standalone` for tests: its own home, free ports, users of every role; stopped as a whole group."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

from claimwire.operate.environment import Place, airflow_environment, free_port, make_passwords
from claimwire.operate.standalone import Standalone

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Airflow:
    """A running Airflow; users are admin, analyst (decides), operator and viewer."""

    url: str
    passwords: dict[str, str]
    warehouse_url: str
    log: Path

    def token(self, user: str) -> str:
        """A bearer token of a user."""
        body = {"username": user, "password": self.passwords[user]}
        return str(requests.post(f"{self.url}/auth/token", json=body, timeout=30).json()["access_token"])

    def session(self, user: str) -> requests.Session:
        """A session that carries the user's token."""
        session = requests.Session()
        session.trust_env = False
        session.headers["Authorization"] = f"Bearer {self.token(user)}"
        return session


def airflow_place(folder: Path, root: Path = ROOT) -> Place:
    """Where such an Airflow lives; its warehouse is `var/warehouse.db`, to be filled before the start."""
    return Place(root=root, airflow_home=folder / "airflow", var_dir=folder / "var", port=free_port())


@contextmanager
def running_airflow(place: Place, **more: str) -> Iterator[Airflow]:
    """Starts Airflow at a place and waits until it is healthy.

    DAGs are there but paused, so that nothing runs that a test has not asked for; `more` is environment.
    """
    passwords = make_passwords(place)
    place.var_dir.mkdir(parents=True, exist_ok=True)
    inherited = {
        name: value for name, value in os.environ.items() if not name.startswith(("AIRFLOW", "_AIRFLOW", "CLAIMWIRE"))
    }
    env = airflow_environment(place, inherited)
    env |= {
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
    } | more
    with _alone():
        airflow = Standalone(place, env)
        airflow.start()
        try:
            airflow.wait_healthy(180, lambda _: None)
            yield Airflow(place.url, passwords, f"sqlite:///{place.var_dir / 'warehouse.db'}", airflow.log)
        finally:
            airflow.stop()


@contextmanager
def _alone() -> Iterator[None]:
    """One Airflow at a time over all test workers: two starve each other on two cores."""
    with (Path(tempfile.gettempdir()) / "claimwire-standalone.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
