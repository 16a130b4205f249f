"""Which languages identification may answer with."""

from functools import cache
from pathlib import Path

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict


class Languages(Strict):
    """`data/languages.yml`."""

    codes: frozenset[str]
    aliases: dict[str, str]
    ordinal_dot: frozenset[str]  # where "12." is an ordinal and seldom ends a sentence

    def known(self, code: str) -> str:
        """The code as we write it (`zh-Hant` → `zh`), or "" where we do not know the language."""
        short = code.strip().casefold().replace("_", "-").split("-", 1)[0]
        short = self.aliases.get(short, short)
        return short if short in self.codes else ""


@cache
def load_languages(root: Path = DATA) -> Languages:
    """Raises CatalogError where the file is wrong."""
    return load_strict(root / "languages.yml", Languages)
