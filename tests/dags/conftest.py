"""A fresh Airflow home for the DAG tests, set before Airflow is imported."""

import os
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]

if find_spec("airflow") is None and "CI" not in os.environ:
    collect_ignore_glob = ["test_*.py"]


@pytest.fixture(scope="session")
def airflow_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Airflow reads where its database is when it is first imported: all modules share one."""
    return tmp_path_factory.mktemp("airflow")


@pytest.fixture(scope="module")
def airflow_home(airflow_folder: Path) -> Iterator[Path]:
    """An initialised metadata database and our folders; the environment is as before once the module is done."""
    env = {
        "AIRFLOW_HOME": str(airflow_folder),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{airflow_folder / 'airflow.db'}",
        "AIRFLOW__LOGGING__LOGGING_LEVEL": "WARNING",
        "CLAIMWIRE_VAR_DIR": str(airflow_folder / "var"),
    }
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        for name, value in env.items():
            patch.setenv(name, value)
        warnings.simplefilter("ignore")
        from airflow.utils.db import initdb

        initdb()
        yield airflow_folder


@pytest.fixture(scope="module")
def read_dags(airflow_home: Path) -> Callable[..., Any]:
    """Parses a DAG file, or all of them, as the dag-processor does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from airflow.dag_processing.dagbag import DagBag
        except ImportError:  # 3.1
            from airflow.models.dagbag import DagBag
    return lambda path=ROOT / "dags": DagBag(dag_folder=str(path))


@pytest.fixture(scope="module")
def dag_bag(read_dags: Callable[..., Any]) -> Any:
    """All DAGs; each module has its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return read_dags()
