"""How anything is written: in one transaction, in batches, tried again where the database was only busy or away."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Insert, Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError, OperationalError

from claimwire.errors import WarehouseError

BATCH = 500  # rows a statement; measured best with executemany (docs/decisions)
WAITS_SECONDS = (0.1, 0.4, 1.6, 6.4)  # between tries; a restarted server is back within that

_BUSY_STATES = {"40001", "40P01", "55P03"}  # serialisation, deadlock, lock not available
_FULL_STATES = {"53100", "53200"}  # disk full, out of memory
_LOAD_LOCK = 0x636C61696D  # one loader at a time on PostgreSQL; the number is ours alone

Row = dict[str, Any]
T = TypeVar("T")


def write(
    engine: Engine,
    work: Callable[[Connection], T],
    waits: Sequence[float] = WAITS_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> T:
    """What `work` gives, done in one transaction; done again where the database was locked or lost.

    Work must be idempotent: when the connection is lost during COMMIT nobody knows whether it took.

    Raises:
        WarehouseError: still locked or lost after the last wait, or the disk is full; says what to do.
    """
    for wait in (*waits, None):
        try:
            with engine.begin() as connection:
                return work(connection)
        except DBAPIError as error:
            if not _is_passing(error) or wait is None:
                raise WarehouseError(_advice(error, engine)) from error
            sleep(wait)
    raise AssertionError("the last try returns or raises")


def in_batches(rows: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Lists of at most `size` rows, in order."""
    remaining = iter(rows)
    while batch := list(islice(remaining, size)):
        yield batch


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_update` and `on_conflict_do_nothing`, in the dialect of the connection."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def upsert(connection: Connection, table: Table, rows: Sequence[Row], keep: Iterable[str] = ()) -> None:
    """Inserts rows, or updates the ones whose primary key is there; all rows have the same keys.

    `keep` names columns that an update leaves as they are.
    """
    keys = [column.name for column in table.primary_key]
    for batch in in_batches(rows):
        statement = insert_into(connection, table)
        changed = {name: statement.excluded[name] for name in batch[0] if name not in {*keys, *keep}}
        connection.execute(_on_conflict(statement, keys, changed), batch)


def add_new(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows; those that break a unique key are there already and stay as they are."""
    for batch in in_batches(rows):
        connection.execute(insert_into(connection, table).on_conflict_do_nothing(), batch)


def queue_loaders(connection: Connection) -> None:
    """Until the transaction ends, no other loader runs.

    Two loaders that both find an article missing would both add it. SQLite has one writer anyway.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))


def _on_conflict(statement: Any, keys: list[str], changed: Row) -> Insert:
    if not changed:
        return statement.on_conflict_do_nothing(index_elements=keys)  # type: ignore[no-any-return]
    return statement.on_conflict_do_update(index_elements=keys, set_=changed)  # type: ignore[no-any-return]


def _is_passing(error: DBAPIError) -> bool:
    """Whether the same work may succeed a moment later."""
    if error.connection_invalidated or _state(error) in _BUSY_STATES:
        return True
    text = str(error.orig)
    is_lost = isinstance(error, OperationalError) and not _state(error) and "connect" in text
    return is_lost or "database is locked" in text or "database table is locked" in text


def _advice(error: DBAPIError, engine: Engine) -> str:
    place, text = engine.url.render_as_string(hide_password=True), str(error.orig).strip().splitlines()[0]
    if "disk is full" in text or _state(error) in _FULL_STATES:
        return f"{place}: the disk is full; nothing of this batch was kept: free space and run the same command again"
    if "locked" in text or _state(error) in _BUSY_STATES:
        return f"{place}: another process holds the warehouse; nothing was lost: find it, or run the same command later"
    if _is_passing(error):
        return f"{place}: the database cannot be reached ({text}): start it, then run the same command again"
    if "readonly" in text or _state(error) == "42501":
        return f"{place}: may not be written by this user ({text}): check the rights of the file or the role"
    if "no such table" in text or _state(error) == "42P01":
        return f"{place}: its tables are missing: run `claimwire init`"
    return f"{place}: {text}"


def _state(error: DBAPIError) -> str:
    return getattr(error.orig, "sqlstate", None) or ""
