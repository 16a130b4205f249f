"""A real local Airflow with our DAGs for benches, in a folder of its own; everything stops when the block ends."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from sqlalchemy import Engine, text

from bench.local_wire import LocalWire
from claimwire.commands.init import initialise
from claimwire.operate.api import AirflowApi
from claimwire.operate.environment import Place, airflow_environment, free_port, make_passwords
from claimwire.operate.standalone import Standalone
from claimwire.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class LocalAirflow:
    """A healthy Airflow: where it is, its REST API as `admin`, that user's password, and the warehouse it fills."""

    place: Place
    api: AirflowApi
    password: str
    engine: Engine

    def count(self, query: str) -> int:
        """A number out of the warehouse."""
        with self.engine.connect() as connection:
            return int(connection.scalar(text(query)) or 0)


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[LocalAirflow]:
    """An installation in that folder, started and healthy.

    Args:
        folder: an empty one; Airflow's home and the warehouse go there.
        settings: environment variables on top of ours.
    """
    place = Place(ROOT, folder / "airflow", folder / "var", free_port())
    password = make_passwords(place)["admin"]
    env = airflow_environment(place, dict(os.environ) | settings)
    engine = initialise(read_settings(env), Console(stderr=True))
    airflow = Standalone(place, env)
    try:
        airflow.start()
        airflow.wait_healthy(240, lambda _: None)
        yield LocalAirflow(place, AirflowApi(place.url, "admin", password), password, engine)
    finally:
        airflow.stop()
        engine.dispose()


def reading(wire: LocalWire, folder: Path) -> dict[str, str]:
    """The settings with which an installation reads that wire and nothing else; its catalogue is written to `folder`."""
    return {"CLAIMWIRE_DATA_DIR": str(wire.write_catalogue(folder)), "CLAIMWIRE_ALLOWED_HOSTS": wire.allowed_hosts}
