"""Registers are loaded once, and what is loaded stays."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from claimwire.catalog import DATA
from claimwire.warehouse.registers import find_differences, load_registers
from claimwire.warehouse.tables import conversions, quota_figures, quotas, regimes, threads

from .conftest import NOON, a_claim, an_article
from .test_items import ASSESSED, flag


def test_registers_are_loaded_once(warehouse: Engine) -> None:
    with warehouse.begin() as connection:
        added = load_registers(connection, DATA, NOON)
        counted = [
            connection.scalar(select(func.count()).select_from(table)) for table in (quotas, regimes, conversions)
        ]
        assert added == sum(filter(None, counted)) + (
            connection.scalar(select(func.count()).select_from(quota_figures)) or 0
        )
        assert load_registers(connection, DATA, NOON) == 0
        assert find_differences(connection, DATA) == []


def test_a_loaded_row_may_end_but_not_change(warehouse: Engine, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA / "registers", data / "registers")
    path = data / "registers" / "quotas.yml"
    with warehouse.begin() as connection:
        load_registers(connection, data, NOON)
        text = path.read_text(encoding="utf-8")
        head, row = text.split("  - id: UN-DPRK-2397-REF\n")
        row = row.replace("value: 500000,", "value: 600000,", 1).replace(
            "    valid_from: 2018-01-01\n", "    valid_from: 2018-01-01\n    valid_to: 2030-12-31\n", 1
        )
        path.write_text(f"{head}  - id: UN-DPRK-2397-REF\n{row}", encoding="utf-8")
        from claimwire.catalog.registers import load_registers as read

        read.cache_clear()
        assert load_registers(connection, data, NOON) == 0
        cap = connection.execute(select(quotas).where(quotas.c.id == "UN-DPRK-2397-REF")).mappings().one()
        assert (cap["limit_value"], cap["valid_to"]) == (500000, date(2030, 12, 31))
        different = find_differences(connection, data)
        assert {(one.row_id, one.column) for one in different} == {
            ("UN-DPRK-2397-REF", "limit_value"),
            ("UN-DPRK-2397-REF", "limit_bbl"),
        }


def test_a_thread_expires_with_the_last_of_its_caps(wired: Engine) -> None:
    def status(day: datetime) -> str | None:
        with wired.begin() as connection:
            load_registers(connection, DATA, day)
            return connection.scalar(select(threads.c.status))

    assessment = replace(ASSESSED, quota_id="UN-DPRK-2375-REF-2017Q4")
    flag(wired, an_article(), a_claim(), assessment=assessment)
    assert status(datetime(2017, 12, 31, tzinfo=UTC)) == "in_force"
    assert status(datetime(2018, 1, 1, tzinfo=UTC)) == "expired"


def test_tonnes_in_the_returns_have_bounds_in_barrels(warehouse: Engine) -> None:
    with warehouse.begin() as connection:
        load_registers(connection, DATA, NOON)
        c = quota_figures.c
        row = connection.execute(select(c.value_bbl_low, c.value_bbl, c.value_bbl_high).where(c.value == 48430)).one()
    assert [round(value) for value in row] == [372427, 403422, 403422]
