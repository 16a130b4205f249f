"""`data/registers/`: quotas and caps, regimes, figures on record, and how claims about them are joined."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.catalog.units import Conversions, Units, load_units

Confidence = Literal["high", "medium", "low"]


class Limit(Strict):
    """An amount of goods or money: bbl, t, kg, %, USD, USD/bbl, bbl/d."""

    value: float = Field(ge=0)
    unit: str = Field(min_length=1)


class Quota(Strict):
    """One cap, ban or waiver on record; `limit` is None where it is not one number."""

    id: str = Field(pattern=r"^[A-Z0-9][A-Za-z0-9.-]+$")
    kind: Literal["cap", "price_cap", "ban", "waiver", "commitment"]
    body: str
    joined_by: tuple[str, ...] = ()
    instrument: str
    target: tuple[str, ...]
    commodity: tuple[str, ...]
    loosely: tuple[str, ...] = ()
    direction: Literal["", "import", "export", "production", "price"] = ""
    measure: str
    limit: Limit | None = None
    or_limit: Limit | None = None
    limit_text: str = ""
    period: str = ""
    superseded: bool = False
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    source: str = Field(min_length=1)
    confidence: Confidence

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> "Quota":
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise ValueError(f"{self.id} ends before it begins")
        return self

    def is_valid(self, first: date, last: date) -> bool:
        """Whether it was in force on some day of the span."""
        return (self.valid_from is None or self.valid_from <= last) and (
            self.valid_to is None or self.valid_to >= first
        )


class Regime(Strict):
    """A sanctions regime and its committee."""

    id: str
    body: str
    committee: str = ""
    name: str
    target: tuple[str, ...]
    established: str = ""
    measures: str = ""
    expires_on: date | None = None
    expires_text: str = ""
    source: str = Field(min_length=1)


class Figure(Strict):
    """An amount reported, estimated or alleged against a cap."""

    quota: str
    period: str = Field(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?(/\d{4}-\d{2}(-\d{2})?)?$")
    supplier: str
    amount: Limit
    kind: Literal["reported", "estimated", "alleged"]
    by: str
    note: str = ""
    source: str = Field(min_length=1)


class Matters(Strict):
    """How claims are joined to matters and steps; every number is explained in the file."""

    goods: dict[str, tuple[str, ...]]
    means: dict[str, tuple[str, ...]]
    wider: str
    step_days: dict[str, int]
    answer_days: int = Field(gt=0)
    background_days: int = Field(ge=0)
    novelty_days: int = Field(gt=0)
    acts: dict[str, float]
    bodies: dict[str, float]


class Registers(Strict):
    """All that claims are checked against."""

    quotas: tuple[Quota, ...]
    regimes: tuple[Regime, ...]
    figures: tuple[Figure, ...]
    matters: Matters
    units: Units

    @property
    def conversions(self) -> Conversions:
        """What units are worth."""
        return self.units.conversions

    @model_validator(mode="after")
    def _refers_to_its_own(self) -> "Registers":
        ids = [*(quota.id for quota in self.quotas), *(regime.id for regime in self.regimes)]
        if doubled := sorted({one for one in ids if ids.count(one) > 1}):
            raise ValueError(f"id given twice: {', '.join(doubled)}")
        if unknown := sorted({figure.quota for figure in self.figures} - set(ids)):
            raise ValueError(f"figures name quotas that do not exist: {', '.join(unknown)}")
        return self


class _Quotas(Strict):
    quotas: tuple[Quota, ...]


class _Regimes(Strict):
    regimes: tuple[Regime, ...]


class _Figures(Strict):
    figures: tuple[Figure, ...]


@cache
def load_registers(root: Path = DATA) -> Registers:
    """The registers under `root`.

    Raises:
        CatalogError: a file is wrong, an id is given twice, a figure names no quota.
    """
    folder = root / "registers"
    return Registers(
        quotas=load_strict(folder / "quotas.yml", _Quotas).quotas,
        regimes=load_strict(folder / "regimes.yml", _Regimes).regimes,
        figures=load_strict(folder / "figures.yml", _Figures).figures,
        matters=load_strict(folder / "matters.yml", Matters),
        units=load_units(root),
    )
