"""`data/claims.yml`: what a claim can be, what each concept of the lexicons means, codes of other schemes."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.model import Act, Category, Measure


class Term(Strict):
    """One value of a vocabulary of the codebook: its definition and its codes in other schemes."""

    definition: str
    cameo: str = ""
    plover: str = ""
    gkg: tuple[str, ...] = ()
    iptc: str = ""


class Commodity(Strict):
    """A good, with the headings of the Harmonised System that it covers."""

    definition: str
    hs: tuple[str, ...] = ()


class Concept(Strict):
    """What a phrase of a lexicon stands for.

    Args:
        gloss: in English, for people who do not read the language.
        kind: see `detect.context.Kind`.
        code: a measure, an act, a commodity or a role, by the kind.
        act: the act that the word tells by itself ("blacklisted" is an imposing).
        category: the category that a claim about it has unless something says otherwise.
        anchor: may open the gate; false for words that ordinary news is full of.
    """

    gloss: str
    kind: Literal["measure", "curb", "act", "flow", "commodity", "organ", "instrument", "saying", "stance"]
    code: str = ""
    act: Act | None = None
    category: Category | None = None
    anchor: bool = False


class Claims(Strict):
    """The whole of `claims.yml`."""

    categories: dict[Category, Term]
    acts: dict[Act, Term]
    measures: dict[Measure, Term]
    commodities: dict[str, Commodity]
    concepts: dict[str, Concept] = Field(min_length=1)
    anchor_bodies: tuple[str, ...] = ()
    """Bodies whose very name may open the gate."""


@cache
def load_claims(root: Path = DATA) -> Claims:
    """The vocabulary under `root`; CatalogError where the file is wrong."""
    return load_strict(root / "claims.yml", Claims)
