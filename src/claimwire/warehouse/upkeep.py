"""Keeping the warehouse sound: what is wrong with it, what may go, and who may read it."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Select, cast, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import REGCLASS

from claimwire.errors import WarehouseError
from claimwire.warehouse.migrate import check_migrated
from claimwire.warehouse.registers import find_differences
from claimwire.warehouse.tables import METADATA, articles, fetches, flagged_items, quotas, thread_steps, threads
from claimwire.warehouse.writing import write

PRIVATE = ("deliveries", "digests", "digest_items", "opt_outs", "saved_filters", "item_presence")
"""Tables with addresses and habits of people; analysts do not need them."""

PURGE_ROWS = 5_000  # texts a transaction: other writers wait no longer than a second


def find_faults(engine: Engine, data_dir: Path) -> list[str]:
    """What is wrong with the warehouse, a line each; empty where nothing is.

    Raises:
        NotMigrated: the schema is not the one of this code.
    """
    check_migrated(engine)
    with engine.connect().execution_options(readonly=True) as connection:
        return [
            *_broken_pages(connection),
            *_slow_sequences(connection),
            *(f"{count} {fault}" for fault, query in _questions() if (count := connection.scalar(query))),
            *(
                f"register {one.table}, row {one.row_id}: {one.column} was loaded as {one.loaded!r}, the file says"
                f" {one.given!r}; give the changed row a new id"
                for one in find_differences(connection, data_dir)
            ),
        ]


def purge_texts(engine: Engine, before: datetime, rows: int = PURGE_ROWS) -> tuple[int, int]:
    """Empties texts of articles, and drops fetches, older than `before`; claims and decisions stay.

    What was emptied is still known by its digest, so that the same article is not taken for news again.

    Returns:
        How many texts and how many fetches went.
    """
    texts = gone = 0
    while count := write(engine, lambda connection: _empty_texts(connection, before, rows)):
        texts += count
    while count := write(engine, lambda connection: _drop_fetches(connection, before, rows)):
        gone += count
    return texts, gone


def grant_reading(engine: Engine, role: str) -> str:
    """Makes `role` one that may read what analysts need and write nothing; made if it is missing. Safe to repeat.

    Returns:
        What was done, for a person.

    Raises:
        WarehouseError: the database knows no roles, or this user may not make them.
    """
    if engine.dialect.name != "postgresql":
        raise WarehouseError("SQLite has no roles: let analysts open the file read-only, as file:warehouse.db?mode=ro")
    quoted = engine.dialect.identifier_preparer.quote(role)
    tables = ", ".join([*sorted(METADATA.tables.keys() - set(PRIVATE)), "cap_ledger", "article_steps"])

    def work(connection: Connection) -> bool:
        is_there = connection.scalar(text("SELECT count(*) FROM pg_roles WHERE rolname = :role"), {"role": role})
        database = connection.dialect.identifier_preparer.quote(str(connection.engine.url.database))
        statements = [
            *([] if is_there else [f"CREATE ROLE {quoted} LOGIN"]),
            f"ALTER ROLE {quoted} SET default_transaction_read_only = on",
            f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {quoted}",
            f"GRANT CONNECT ON DATABASE {database} TO {quoted}",
            f"GRANT USAGE ON SCHEMA public TO {quoted}",
            f"GRANT SELECT ON {tables} TO {quoted}",
        ]
        for statement in statements:
            connection.exec_driver_sql(statement)
        return not is_there

    is_made = write(engine, work)
    password = f"; give it a password: ALTER ROLE {quoted} PASSWORD '…'" if is_made else ""
    return f"{role} may read {len(tables.split(', '))} tables and views, and write nothing{password}"


def _broken_pages(connection: Connection) -> Sequence[str]:
    if connection.dialect.name != "sqlite":
        return []
    lines = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(20)")]
    orphans = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    return [
        *(f"the file is damaged ({line}): restore it from a backup" for line in lines if line != "ok"),
        *(f"table {row[0]}, row {row[1]} refers to a row of {row[2]} that is gone" for row in orphans[:20]),
    ]


def _slow_sequences(connection: Connection) -> Iterator[str]:
    """Sequences that would give an id again: a dump restored table by table brings rows, and not how far they count."""
    if connection.dialect.name != "postgresql":
        return
    for table in METADATA.sorted_tables:
        if table.autoincrement_column is None:
            continue
        sequence = connection.scalar(select(func.pg_get_serial_sequence(table.name, "id")))
        highest = connection.scalar(select(func.max(table.c.id))) or 0
        if sequence is None:
            yield f"table {table.name} has lost the sequence of its ids: {_mend_lost(table.name)}"
        elif highest > (connection.scalar(select(func.pg_sequence_last_value(cast(sequence, REGCLASS)))) or 0):
            mend = f"SELECT setval('{sequence}', (SELECT max(id) FROM {table.name}))"  # noqa: S608  # nosec B608  # names of ours
            yield f"table {table.name} holds id {highest}, which {sequence} would give again: stop loaders, run {mend}"


def _mend_lost(table: str) -> str:
    default = f"ALTER TABLE {table} ALTER id SET DEFAULT nextval('{table}_id_seq')"
    return f"stop loaders, run CREATE SEQUENCE {table}_id_seq OWNED BY {table}.id; {default}; then check again"


def _questions() -> list[tuple[str, Select[Any]]]:
    """What no constraint can forbid: how many rows, and what is wrong with them."""
    item, steps = flagged_items.c, thread_steps.c
    child = threads.alias("child")
    is_told = select(item.id).where(item.thread_id == threads.c.id).exists()
    is_wider = select(child.c.id).where(child.c.parent_id == threads.c.id).exists()
    has_step = select(steps.id).where(steps.step_key == item.step_key).exists()
    counted = select(func.count())
    return [
        ("threads hold nothing", counted.select_from(threads).where(~is_told, ~is_wider)),
        (
            "items tell a step that is not there: run `claimwire assess`",
            counted.where(item.step_key.is_not(None), ~has_step),
        ),
        ("items name a cap that is not on record", counted.where(item.quota_id.is_not(None), ~_is_on_record())),
    ]


def _is_on_record() -> ColumnElement[bool]:
    return select(quotas.c.id).where(quotas.c.id == flagged_items.c.quota_id).exists()


def _empty_texts(connection: Connection, before: datetime, rows: int) -> int:
    old = select(articles.c.id).where(articles.c.fetched_at < before, articles.c.text != "").limit(rows)
    return connection.execute(update(articles).where(articles.c.id.in_(old)).values(text="")).rowcount


def _drop_fetches(connection: Connection, before: datetime, rows: int) -> int:
    old = select(fetches.c.id).where(fetches.c.fetched_at < before).limit(rows)
    return connection.execute(delete(fetches).where(fetches.c.id.in_(old))).rowcount
