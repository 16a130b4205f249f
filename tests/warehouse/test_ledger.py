"""The ledger of a cap, read and drawn."""

from pathlib import Path

import pytest
from lxml import etree
from sqlalchemy import Engine

from claimwire.catalog import DATA
from claimwire.errors import NotFound
from claimwire.warehouse.ledger import draw_cap, read_cap
from claimwire.warehouse.registers import load_registers

from .conftest import NOON


def test_the_picture_has_the_limit_and_an_amount_in_each_year(warehouse: Engine, tmp_path: Path) -> None:
    with warehouse.begin() as connection:
        load_registers(connection, DATA, NOON)
        cap = read_cap(connection, "UN-DPRK-2397-REF")
    assert {one.year for one in cap.figures} == set(range(2018, 2025))
    assert max(cap.figures, key=lambda one: one.value_bbl).basis == "estimated"
    figure = draw_cap(cap)
    for kind in ("png", "svg"):
        figure.savefig(tmp_path / f"cap.{kind}")
    assert (tmp_path / "cap.png").read_bytes().startswith(b"\x89PNG")
    assert etree.parse(tmp_path / "cap.svg").getroot().tag.endswith("svg")
    told = [label.get_text() for label in figure.axes[0].texts]
    assert told[0] == "cap: 500,000 bbl a year"
    assert "US" in told


def test_a_cap_that_is_not_counted_in_barrels_is_named(warehouse: Engine) -> None:
    with warehouse.begin() as connection:
        load_registers(connection, DATA, NOON)
        with pytest.raises(NotFound, match="UN-DPRK-2397-CRUDE"):
            read_cap(connection, "UN-DPRK-2321-COAL")
