"""Units and what they are worth."""

from pathlib import Path

import pytest

from claimwire.catalog.units import load_units
from claimwire.errors import CatalogError
from claimwire.model import Amount

UNITS = load_units()


def test_every_row_names_its_source() -> None:
    rows = [*UNITS.conversions.units, *UNITS.conversions.barrels]
    assert rows
    assert all(row.source.strip() for row in rows)
    assert all(row.low <= row.bbl_per_t <= row.high for row in UNITS.conversions.barrels)


def test_units_are_known_by_the_register_or_are_counted() -> None:
    known = {row.unit for row in UNITS.conversions.units}
    assert {"bbl", "t", "kg", "l", "m3", "percent", "USD"} <= known


def test_tonnes_to_barrels_have_bounds() -> None:
    amount = UNITS.conversions.in_barrels(Amount(60_000, "t"), "refined_petroleum")
    assert amount == Amount(pytest.approx(499_800), "bbl", pytest.approx(461_400), pytest.approx(499_800))
    rate = UNITS.conversions.in_barrels(Amount(525_000, "t/year"), "crude_oil")
    assert rate is not None
    assert rate.unit == "bbl/year"
    assert rate.value == pytest.approx(4_000_000, rel=1e-3)
    assert UNITS.conversions.in_barrels(Amount(1, "t"), "grain") is None
    assert UNITS.conversions.in_barrels(Amount(5, "bbl"), "grain") == Amount(5, "bbl")


def test_rates_and_unknown_units_stay() -> None:
    assert UNITS.conversions.normalise(2, "kt/year") == Amount(2000, "t/year")
    assert UNITS.conversions.normalise(2, "vehicle") == Amount(2, "vehicle")


def test_fault_names_file_key_and_line(tmp_path: Path) -> None:
    folder = tmp_path / "numerals"
    folder.mkdir()
    (folder / "eo.yml").write_text("language: eo\nscale: {mil: 1000}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"eo\.yml:2: scale"):
        load_units(tmp_path)
