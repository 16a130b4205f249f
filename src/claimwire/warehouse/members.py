"""Many values as one parameter: statements of hundreds of placeholders are slow to render and badly planned.

SQLite, for one, reads a whole index for `(a, b) IN ((…), (…))`, and looks up each pair of a joined list.
"""

import json
from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    any_,
    bindparam,
    cast,
    func,
    select,
    true,
)
from sqlalchemy.types import TypeEngine


def is_one_of(column: ColumnElement[Any], values: Collection[Any], connection: Connection) -> ColumnElement[bool]:
    """`column IN (values)`."""
    if connection.dialect.name == "postgresql":
        return column == any_(_array(values, column.type))
    member = func.json_each(bindparam(None, json.dumps(list(values)), Text())).table_valued("value")
    return column.in_(select(member.c.value))


def look_up(table: Table, keys: Collection[int], connection: Connection) -> Select[Any]:
    """Rows of a table whose first column is one of thousands of numbers, each sought in the index by itself.

    PostgreSQL does not know how many they are, and reads a young table from end to end for them: minutes.
    """
    key = next(iter(table.columns))
    if connection.dialect.name != "postgresql":
        return select(table).where(is_one_of(key, keys, connection))
    wanted = func.unnest(_array(keys, key.type)).table_valued("a").render_derived()
    found = select(table).where(key == wanted.c.a).offset(0).lateral()  # the OFFSET keeps it from becoming a hash join
    return select(found).select_from(wanted.join(found, true()))


def _array(values: Collection[Any], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    if isinstance(kind, Integer):  # the driver writes thousands of numbers one by one; as a text they are one value
        return cast(bindparam(None, f"{{{','.join(map(str, values))}}}", Text()), ARRAY(kind))
    return bindparam(None, list(values), ARRAY(kind))


def pairs_as_rows(
    pairs: Collection[tuple[Any, Any]], kinds: tuple[TypeEngine[Any], TypeEngine[Any]], connection: Connection
) -> FromClause:
    """A table of these pairs, columns `a` and `b`, to join with; at least one pair."""
    if connection.dialect.name == "postgresql":
        arrays = [_array(column, kind) for column, kind in zip(zip(*pairs, strict=True), kinds, strict=True)]
        return func.unnest(*arrays).table_valued("a", "b").render_derived()
    pair = func.json_each(bindparam(None, json.dumps(list(pairs)), Text())).table_valued("value").c.value
    return select(func.json_extract(pair, "$[0]").label("a"), func.json_extract(pair, "$[1]").label("b")).subquery()
