"""Many rows at once, by the shortest way that each database has; constraints and transactions hold as ever.

Through the expression language a row costs more in Python than in the database: its parameters are named, checked and
converted one by one. New rows need none of that: SQLite's driver takes tuples, PostgreSQL takes COPY.
"""

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from itertools import repeat
from typing import Any

import numpy as np
from sqlalchemy import (
    JSON,
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError
from sqlalchemy.types import TypeEngine

from claimwire.warehouse.members import pairs_as_rows

Row = dict[str, Any]
Values = tuple[Any, ...]
Convert = Callable[[Any], Any]


def insert_rows(connection: Connection, table: Table, rows: Sequence[Row]) -> None:
    """Inserts rows that all have the same keys.

    Raises:
        DBAPIError: a row is there already or breaks another constraint; the transaction is lost, as with any statement.
    """
    if rows:
        names = tuple(rows[0])
        insert_values(connection, table, names, [tuple(map(row.__getitem__, names)) for row in rows])


def insert_values(connection: Connection, table: Table, names: tuple[str, ...], rows: Sequence[Values]) -> None:
    """The same for rows without keys, their values in the order of `names`."""
    if not rows:
        return
    statement, converters = _prepare(table, names, connection.dialect)
    columns = (_converted(*pair) for pair in zip(zip(*rows, strict=True), converters, strict=True))
    given = list(zip(*columns, strict=True))
    if connection.dialect.name == "postgresql":
        _copy(connection, statement, given)
    else:
        connection.exec_driver_sql(statement, given)


def insert_numbers(
    connection: Connection, table: Table, rows: "np.ndarray[tuple[int, int], np.dtype[np.int64]]"
) -> None:
    """Inserts rows of whole numbers alone, one for each column of the table."""
    if not len(rows):
        return
    statement, converters = _prepare(table, tuple(table.columns.keys()), connection.dialect)
    if connection.dialect.name == "postgresql":
        a_row = "\t".join(["%d"] * len(converters)) + "\n"
        _copy(connection, statement, block=a_row * len(rows) % tuple(rows.ravel().tolist()))
    else:
        connection.exec_driver_sql(statement, list(map(tuple, rows.tolist())))


def next_ids(connection: Connection, table: Table, count: int) -> list[int]:
    """Ids for so many new rows, ascending; for this transaction, which must be the only one that adds to the table."""
    if connection.dialect.name == "postgresql":
        following = func.nextval(func.pg_get_serial_sequence(table.name, "id"))
        return sorted(connection.scalars(select(following).select_from(func.generate_series(1, count))))
    highest = connection.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0
    return list(range(highest + 1, highest + 1 + count))


def update_pairs(
    connection: Connection,
    key: Column[Any],
    column: Column[Any],
    pairs: Collection[tuple[Any, Any]],
    *only: ColumnElement[bool],
) -> None:
    """Sets `column` of the rows whose `key` is the first of a pair to the second; `only` narrows the rows further."""
    if not pairs:
        return
    statement = update(column.table).where(*only)
    if connection.dialect.name == "postgresql":
        new = pairs_as_rows(pairs, (key.type, column.type), connection)
        differs = column.is_distinct_from(new.c.b)
        connection.execute(statement.where(key == new.c.a, differs).values({column: new.c.b}))
        return
    # SQLite would go through whatever index `only` offers, once a pair.
    new_value = bindparam("new_value", type_=column.type)
    statement = statement.where(key == bindparam("key_value"), column.is_distinct_from(new_value))
    rows = [{"key_value": first, "new_value": second} for first, second in pairs]
    connection.execute(statement.values({column: new_value}), rows)


def update_rows(connection: Connection, key: Column[Any], rows: Sequence[Row]) -> None:
    """Sets columns of rows that are there; all of `rows` have the same keys, that of the `key` column among them."""
    if not rows:
        return
    table, names = key.table, [name for name in rows[0] if name != key.name]
    statement = update(table)
    if connection.dialect.name == "postgresql":
        told = bindparam(None, json.dumps(rows, default=str), Text())
        columns = [column(name, table.c[name].type) for name in rows[0]]
        new = func.jsonb_to_recordset(cast(told, JSONB())).table_valued(*columns).render_derived(with_types=True)
        connection.execute(statement.where(key == new.c[key.name]).values({name: new.c[name] for name in names}))
        return
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in names}
    statement = statement.where(key == bindparam(f"new_{key.name}", type_=key.type)).values(values)
    connection.execute(statement, [{f"new_{name}": value for name, value in row.items()} for row in rows])


@lru_cache(maxsize=32)
def _prepare(table: Table, names: tuple[str, ...], dialect: Dialect) -> tuple[str, list[Convert | None]]:
    """The statement, and how a value of each column is told to the driver; None where as it is."""
    converters = [_converter(table.c[name].type, dialect) for name in names]
    columns = ", ".join(map(dialect.identifier_preparer.quote, names))
    if dialect.name == "postgresql":
        return f"COPY {table.name} ({columns}) FROM STDIN", converters
    marks = ", ".join("?" * len(names))
    return f"INSERT INTO {table.name} ({columns}) VALUES ({marks})", converters  # noqa: S608  # nosec B608  # our names


def _converter(kind: TypeEngine[Any], dialect: Dialect) -> Convert | None:
    here = kind.dialect_impl(dialect)
    if not isinstance(here, JSON):
        return here.bind_processor(dialect)
    nothing = None if here.none_as_null else "null"
    return lambda value: nothing if value is None else "[]" if value in ([], ()) else json.dumps(value)


def _converted(values: Values, convert: Convert | None) -> Iterable[Any]:
    if convert is None:
        return values
    if len(set(map(id, values))) == 1:  # one time of loading for all, no embargo on any
        return repeat(convert(values[0]), len(values))
    return map(convert, values)


def _copy(connection: Connection, statement: str, rows: Sequence[Values] = (), block: str = "") -> None:
    """Sends rows, or a block of them that is written as COPY reads it."""
    driver = connection.dialect.import_dbapi()
    bare: Any = connection.connection.driver_connection
    try:
        with bare.cursor() as cursor, cursor.copy(statement) as copy:
            for row in rows:
                copy.write_row(row)
            copy.write(block)
    except driver.Error as error:
        is_lost = connection.dialect.is_disconnect(error, bare, None)
        if is_lost:
            connection.invalidate()
        raise DBAPIError.instance(
            statement, None, error, driver.Error, connection_invalidated=is_lost, dialect=connection.dialect
        ) from error
