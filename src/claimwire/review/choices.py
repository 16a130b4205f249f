"""What a reviewer can choose from: the closed vocabularies of the codebook."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from claimwire.catalog.claims import load_claims
from claimwire.model import Act, Category, Measure, Modality, ReviewStatus


@dataclass(frozen=True, slots=True)
class Choices:
    """The vocabularies, each in the order of the codebook; definitions by code where there are any."""

    categories: tuple[str, ...]
    acts: tuple[str, ...]
    measures: tuple[str, ...]
    modalities: tuple[str, ...]
    statuses: tuple[str, ...]
    commodities: tuple[str, ...]
    definitions: dict[str, str]
    glosses: dict[str, str]  # what each concept of the lexicons means, in English


@cache
def load_choices(data_dir: Path) -> Choices:
    """The choices of a data directory; CatalogError where its `claims.yml` is wrong."""
    claims = load_claims(data_dir)
    closed = (*claims.categories.items(), *claims.acts.items(), *claims.measures.items())
    definitions = {str(code): term.definition for code, term in closed}
    return Choices(
        categories=tuple(map(str, Category)),
        acts=tuple(map(str, Act)),
        measures=tuple(map(str, Measure)),
        modalities=tuple(map(str, Modality)),
        statuses=("open", *map(str, ReviewStatus), "any"),
        commodities=tuple(claims.commodities),
        glosses={key: concept.gloss for key, concept in claims.concepts.items()},
        definitions=definitions | {code: good.definition for code, good in claims.commodities.items()},
    )
