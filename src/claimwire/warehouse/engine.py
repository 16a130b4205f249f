"""Opening the warehouse: one engine a process, set up for each database as measured (docs/decisions)."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from claimwire.errors import WarehouseError


@lru_cache(maxsize=8)
def open_engine(url: str) -> Engine:
    """The engine of a warehouse; cached, so that a process has one pool a database.

    Args:
        url: an SQLAlchemy URL; the folder of a SQLite file is made.

    Raises:
        WarehouseError: the URL names no database that is known or installed.
    """
    try:
        parsed = make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _open_sqlite(url, parsed.database)
        return create_engine(parsed, pool_pre_ping=True, pool_size=5, max_overflow=10)
    except (ArgumentError, NoSuchModuleError) as error:
        raise WarehouseError(
            "CLAIMWIRE_WAREHOUSE_URL is no database URL; say sqlite:///path or postgresql://…"
        ) from error
    except ModuleNotFoundError as error:
        raise WarehouseError(f"the driver {error.name} is not installed: pip install 'claimwire[postgres]'") from error


def _open_sqlite(url: str, database: str | None) -> Engine:
    if database and database != ":memory:":
        try:
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WarehouseError(f"cannot make the folder of {database}: {error.strerror}") from error
    engine = create_engine(url)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


_PRAGMAS = (
    "page_size=8192",  # of a new file, so it comes first: into the 4 KiB of the default goes one article, and air
    *("journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=30000", "foreign_keys=ON"),
    # A dozen indices take rows at random places: 2 MiB of cache, the default, would write each page many times over.
    *("cache_size=-65536", "wal_autocheckpoint=16000"),  # at most 64 MiB a connection; 128 MiB of log
)


def _prepare_sqlite(connection: Any, _entry: Any) -> None:
    # isolation_level None hands BEGIN to us: with the driver's own, SELECTs run outside the transaction
    # and a transaction that reads first and writes later dies of "database is locked" under two writers.
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    is_reading = connection.get_execution_options().get("readonly", False)
    connection.exec_driver_sql("BEGIN" if is_reading else "BEGIN IMMEDIATE")
