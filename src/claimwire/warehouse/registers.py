"""Registers in the warehouse: append-only, so that a claim can always be traced to the row it was held against."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, or_, select, update

from claimwire.assess.caps import bounds_of
from claimwire.assess.spans import span_of
from claimwire.catalog.registers import Figure, Quota, Regime, Registers
from claimwire.catalog.registers import load_registers as read_registers
from claimwire.catalog.units import Conversions
from claimwire.model import Amount
from claimwire.warehouse.tables import conversions, flagged_items, quota_figures, quotas, regimes, threads
from claimwire.warehouse.writing import Row, add_new

_ENDS = ("valid_to", "expires_on", "expires_text", "note")
"""What may be added to a row that is loaded: its end, and why. Everything else is a new row."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of `data/registers/` that is not what was loaded under its id."""

    table: str
    row_id: str
    column: str
    loaded: Any
    given: Any


def load_registers(connection: Connection, data_dir: Path, now: datetime) -> int:
    """Adds rows that are new and the ends of rows that have one now; gives how many rows were new.

    Threads about caps that have all ended since are `expired`.

    A loaded row that differs otherwise stays as it was loaded: see `find_differences`.
    """
    registers = read_registers(data_dir)
    added = 0
    for table, rows in _rows(registers):
        loaded = _read(connection, table)
        fresh = [row for row in rows if row["id"] not in loaded]
        stamped = [row | {"loaded_at": now} for row in fresh] if "loaded_at" in table.c else fresh
        add_new(connection, table, stamped)
        for row in rows:
            ends = {name: row[name] for name in _ENDS if name in row and _is_ended(row, loaded.get(row["id"]), name)}
            if ends:
                connection.execute(update(table).where(table.c.id == row["id"]).values(ends))
        added += len(fresh)
    expire_threads(connection, now.date())
    before = _count_figures(connection)
    add_new(connection, quota_figures, [_figure_row(figure, registers) for figure in registers.figures])
    return added + _count_figures(connection) - before


def expire_threads(connection: Connection, today: date) -> int:
    """Marks threads whose caps have all ended; gives how many. A lifted one stays lifted."""
    item, standing = flagged_items.c, threads.c.status.in_(("adopted", "in_force"))
    of_thread = select(item.id).join(quotas, quotas.c.id == item.quota_id).where(item.thread_id == threads.c.id)
    is_open = or_(quotas.c.valid_to.is_(None), quotas.c.valid_to >= today)
    ended = update(threads).where(standing, of_thread.exists(), ~of_thread.where(is_open).exists())
    last_day = of_thread.with_only_columns(func.max(quotas.c.valid_to)).scalar_subquery()
    return connection.execute(ended.values(status="expired", expired_on=last_day)).rowcount


def find_differences(connection: Connection, data_dir: Path) -> list[Difference]:
    """Rows whose file says something else than what was loaded: give such a row a new id, or put the file right."""
    found: list[Difference] = []
    for table, rows in _rows(read_registers(data_dir)):
        loaded = _read(connection, table)
        for row in rows:
            there = loaded.get(row["id"], row)
            found += [
                Difference(table.name, row["id"], name, there[name], row[name])
                for name in row
                if there[name] != row[name]
            ]
    return found


def _rows(registers: Registers) -> Iterable[tuple[Table, Sequence[Row]]]:
    yield quotas, [_quota_row(quota) for quota in registers.quotas]
    yield regimes, [_regime_row(regime) for regime in registers.regimes]
    yield conversions, list(_conversion_rows(registers.conversions))


def _read(connection: Connection, table: Table) -> dict[str, Row]:
    return {row["id"]: dict(row) for row in connection.execute(select(table)).mappings()}


def _is_ended(row: Row, loaded: Row | None, name: str) -> bool:
    return loaded is not None and not loaded[name] and bool(row[name])


def _count_figures(connection: Connection) -> int:
    return len(connection.execute(select(quota_figures.c.id)).all())


def _quota_row(quota: Quota) -> Row:
    names = ("id", "body", "instrument", "direction", "measure", "limit_text", "period", "note", "source", "confidence")
    limit = quota.limit
    return {name: getattr(quota, name) for name in names} | {
        "target": list(quota.target),
        "commodity": list(quota.commodity),
        "limit_value": limit.value if limit else None,
        "limit_unit": limit.unit if limit else None,
        "limit_bbl": limit.value if limit and limit.unit == "bbl" else None,
        "valid_from": quota.valid_from,
        "valid_to": quota.valid_to,
    }


def _regime_row(regime: Regime) -> Row:
    names = ("id", "body", "name", "committee", "established", "measures", "expires_on", "expires_text", "source")
    return {name: getattr(regime, name) for name in names} | {"target": list(regime.target)}


def _conversion_rows(known: Conversions) -> Iterable[Row]:
    for unit in known.units:
        name = f"{unit.unit}-{unit.base}"
        factors = {"factor": unit.factor, "factor_low": None, "factor_high": None}
        yield {"id": name, "product": "", "from_unit": unit.unit, "to_unit": unit.base, "source": unit.source} | factors
    for row in known.barrels:
        factors = {"factor": row.bbl_per_t, "factor_low": row.low, "factor_high": row.high}
        yield {"id": row.id, "product": row.product, "from_unit": "t", "to_unit": "bbl", "source": row.source} | factors


def _figure_row(figure: Figure, registers: Registers) -> Row:
    quota = next(quota for quota in registers.quotas if quota.id == figure.quota)
    span = span_of(figure.period)
    if span is None:  # the schema of the file has checked it
        raise AssertionError(figure.period)
    amount = Amount(figure.amount.value, figure.amount.unit)
    barrels = registers.conversions.in_barrels(amount, quota.commodity[0]) if quota.commodity else None
    low, high = bounds_of(barrels) if barrels else (None, None)
    return {
        "quota_id": figure.quota,
        "period_from": span.first,
        "period_to": span.last,
        "supplier": figure.supplier,
        "value": figure.amount.value,
        "unit": figure.amount.unit,
        "value_bbl": barrels.value if barrels else None,
        "value_bbl_low": low,
        "value_bbl_high": high,
        "kind": figure.kind,
        "says": figure.by,
        "source": figure.source,
        "note": figure.note,
    }
