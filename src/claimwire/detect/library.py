"""All that detection reads from the catalogue, compiled when first needed."""

import hashlib
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from claimwire.catalog import DATA
from claimwire.catalog.calendar import Calendar, load_calendars
from claimwire.catalog.claims import load_claims
from claimwire.catalog.lexicons import Lexicon, load_lexicons
from claimwire.catalog.units import Units, load_units
from claimwire.detect.concepts import Finder
from claimwire.errors import CatalogError


class Library:
    """Vocabulary, lexicons and calendars of one data directory.

    Raises:
        CatalogError: (also later, on the first use of a language) a file is wrong; names file, key and line.
    """

    def __init__(self, root: Path = DATA) -> None:
        self.root = root
        self.claims = load_claims(root)
        self.lexicons = load_lexicons(root)
        self._finders: dict[str, Finder] = {}

    def finder(self, language: str) -> Finder | None:
        """The compiled lexicon of a language, None where there is no lexicon."""
        if language not in self._finders:
            if language not in self.lexicons:
                return None
            self._finders[language] = Finder(self._checked(language), self.claims)
        return self._finders[language]

    def _checked(self, language: str) -> Lexicon:
        lexicon = self.lexicons[language]
        unknown = sorted(set(lexicon.concepts) - set(self.claims.concepts))
        if unknown:
            path = self.root / "lexicons" / f"{language}.yml"
            raise CatalogError(path, "is no concept of claims.yml", f"concepts.{unknown[0]}")
        return lexicon

    @cached_property
    def calendars(self) -> Mapping[str, Calendar]:
        """How each language says dates; read when the first gate opens."""
        return load_calendars(self.root)

    @cached_property
    def units(self) -> Units:
        """How each language says numbers, and what units are worth; read when the first gate opens."""
        return load_units(self.root)

    def version(self) -> str:
        """Twelve hex digits that change with any lexicon or with the vocabulary."""
        digest = hashlib.sha256((self.root / "claims.yml").read_bytes())
        for path in sorted((self.root / "lexicons").glob("*.yml")):
            digest.update(path.name.encode() + path.read_bytes())
        return digest.hexdigest()[:12]
