"""Golden sentences: one file a language, `tests/golden/claims/<lang>.yml`, written by those who write the lexicons."""

from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field

from claimwire.catalog.strict import Strict, load_strict


def _listed(value: object) -> object:
    """A comma-separated text as a tuple."""
    return tuple(part.strip() for part in value.split(",")) if isinstance(value, str) else value


def _as_text(value: object) -> object:
    """YAML takes a bare 2018-07-12 for a date and 2018 for a number; both are text here."""
    return value if value is None else str(value)


Codes = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Told = Annotated[str | None, BeforeValidator(_as_text)]


class Expected(Strict):
    """What must be found; a field left out may be anything. `is` is category and act."""

    is_: str = Field(alias="is", pattern=r"^[a-z_]+ [a-z_]+$")
    actor: Codes | None = None
    addressee: Codes | None = None
    target: Codes | None = None
    commodity: Codes | None = None
    measure: Told = None
    modality: Told = None
    period: Told = None
    event_date: Told = None
    attribution: Told = None

    def stated(self) -> dict[str, object]:
        """Category, act and every other field that is stated, as a claim has them."""
        category, act = self.is_.split()
        fields = {name: value for name, value in self if name != "is_" and value is not None}
        return {"category": category, "act": act, **fields}


class Found(Strict):
    """A sentence that holds claims. `title` where the sentence needs one before it to be understood."""

    text: str
    title: str = ""
    date: Told = None
    claims: tuple[Expected, ...] = Field(min_length=1)
    concepts: Codes = ()


class PassedOver(Strict):
    """A sentence that looks like a claim and is none, and why."""

    text: str
    title: str = ""
    because: str


class Golden(Strict):
    """The sentences of one language."""

    found: tuple[Found, ...]
    passed_over: tuple[PassedOver, ...]

    def texts(self) -> list[str]:
        """Every sentence in it."""
        return [*(case.text for case in self.found), *(case.text for case in self.passed_over)]


def load_golden(folder: Path) -> dict[str, Golden]:
    """Language → sentences. CatalogError names file, key and line."""
    return {path.stem: load_strict(path, Golden) for path in sorted(folder.glob("*.yml"))}
