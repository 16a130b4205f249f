"""How languages write amounts (`data/numerals/`), and what units are worth (`data/registers/conversions.yml`)."""

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Literal, TypeAlias

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.model import Amount

Words: TypeAlias = dict[str, tuple[str, ...]]
Comparator: TypeAlias = Literal[">=", "<=", "~", "between", "from"]
_SHARED = "und"


class Numerals(Strict):
    """One language's file. Lists are words as written; case and accents do not matter."""

    language: str
    is_spaced: bool = True
    decimal: Literal[".", ","] = "."
    numbers: dict[str, float] = {}  # add to what stands beside them
    scales: dict[str, float] = {}  # multiply what stands before them
    joins: tuple[str, ...] = ()  # "and" within a number
    units: Words = {}  # unit → words after the number
    prefixes: Words = {}  # unit → words or signs before it
    per: Words = {}  # day, year, bbl … → words after the unit
    before: dict[Comparator, tuple[str, ...]] = {}
    to: tuple[str, ...] = ()  # between the two ends of a range
    both: tuple[str, ...] = ()  # the same after "between"
    endings: tuple[str, ...] = ()  # may follow a unit

    __hash__ = object.__hash__  # loaded once: its identity is enough


class UnitRow(Strict):
    """What one of a unit is worth in a base unit."""

    unit: str
    base: str
    factor: float
    source: str


class BarrelRow(Strict):
    """Barrels to the tonne of one product; `low` and `high` bound what sources use for it."""

    id: str
    commodity: str
    product: str
    bbl_per_t: float
    low: float
    high: float
    source: str


class Conversions(Strict):
    """`data/registers/conversions.yml`."""

    units: tuple[UnitRow, ...]
    barrels: tuple[BarrelRow, ...]

    @cached_property
    def _units(self) -> dict[str, UnitRow]:
        return {row.unit: row for row in self.units}

    @cached_property
    def _barrels(self) -> dict[str, BarrelRow]:
        return {row.commodity: row for row in reversed(self.barrels)}

    def normalise(self, value: float, unit: str) -> Amount:
        """In the base unit, a rate's denominator kept; an unknown unit stays as it is."""
        plain, slash, per = unit.partition("/")
        row = self._units.get(plain)
        return Amount(value * row.factor, row.base + slash + per) if row else Amount(value, unit)

    def in_barrels(self, amount: Amount, commodity: str) -> Amount | None:
        """Barrels of a product that is counted in tonnes, with the bounds of the factor; None where there is none.

        Args:
            amount: normalised; barrels come back as they are.
            commodity: a code of the codebook, such as `refined_petroleum`.
        """
        plain, slash, per = amount.unit.partition("/")
        row = self._barrels.get(commodity)
        if plain == "bbl":
            return amount
        if plain != "t" or row is None:
            return None
        value = amount.value
        return Amount(value * row.bbl_per_t, f"bbl{slash}{per}", value * row.low, value * row.high)


class Units(Strict):
    """Everything about amounts: numerals by language, and conversions."""

    numerals: Mapping[str, Numerals]
    conversions: Conversions

    def numerals_of(self, language: str) -> Numerals:
        """The language's own, or those that all share."""
        return self.numerals.get(language, self.shared)

    @property
    def shared(self) -> Numerals:
        """Signs and short forms that every language uses."""
        return self.numerals[_SHARED]


def load_units(root: Path = DATA) -> Units:
    """Raises CatalogError naming file, key and line."""
    numerals = {path.stem: load_strict(path, Numerals) for path in sorted((root / "numerals").glob("*.yml"))}
    return Units(numerals=numerals, conversions=load_strict(root / "registers" / "conversions.yml", Conversions))
