"""From the first schema that was ever migrated, with data in it, to today's: everything is still there.

`oldest/` holds dumps of a warehouse that the commit of that schema (revision 0005) made and filled by itself.
"""

from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, select

from claimwire.catalog import DATA
from claimwire.catalog.registers import load_registers
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import check_migrated, migrate
from claimwire.warehouse.reassessing import reassess_items
from claimwire.warehouse.upkeep import find_faults

from .conftest import NOON

OLDEST = Path(__file__).with_name("oldest")
NUMBERED_ANEW = "story_bands"  # an index of ours, made from the digests of stories
Rows = dict[str, list[dict[str, Any]]]


def restore(engine: Engine) -> None:
    dump = (OLDEST / f"{engine.dialect.name}.sql").read_text(encoding="utf-8")
    driver = engine.raw_connection()
    try:
        if engine.dialect.name == "sqlite":
            driver.driver_connection.executescript(dump)  # type: ignore[union-attr]
        else:
            driver.cursor().execute(dump)
        driver.commit()
    finally:
        driver.close()


def read_all(engine: Engine) -> Rows:
    """All rows of all tables, as the database itself describes them."""
    found = MetaData()
    found.reflect(engine)
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(select(table).order_by(*table.primary_key)).mappings()]
            for name, table in found.tables.items()
            if name != "alembic_version"
        }


def test_everything_of_the_oldest_warehouse_is_in_the_newest(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    restore(engine)
    before = {name: rows for name, rows in read_all(engine).items() if rows and name != NUMBERED_ANEW}
    assert len(before) == 12

    assert migrate(engine)[0] == "0005"
    check_migrated(engine)
    after = read_all(engine)
    for name, rows in before.items():
        kept = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert kept == rows, name
    engine.dispose()


def test_the_oldest_warehouse_is_sound_once_assessed_anew(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    restore(engine)
    migrate(engine)
    assert find_faults(engine, DATA) == ["1 items tell a step that is not there: run `claimwire assess`"]
    reassess_items(engine, load_registers(), NOON)
    assert find_faults(engine, DATA) == []
    engine.dispose()
