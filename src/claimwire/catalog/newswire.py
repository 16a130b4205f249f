"""How news desks mark their copy: `data/newswire.yml`."""

from functools import cache
from pathlib import Path

from pydantic import Field

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict

Phrases = dict[str, tuple[str, ...]]


class DeskPhrases(Strict):
    """Phrases by language: at the head of a line, or anywhere in a note to editors."""

    heads: Phrases
    notes: Phrases


class Newswire(Strict):
    """The whole file; what each part is for stands there."""

    source: str = Field(min_length=1)
    agencies: tuple[str, ...]
    datelines: tuple[str, ...]
    bylines: Phrases
    credit_words: tuple[str, ...]
    affiliations: tuple[str, ...]
    desk_lines: tuple[str, ...]
    kills: DeskPhrases
    corrections: DeskPhrases
    versions: tuple[str, ...]
    not_for_publication: tuple[str, ...]
    ordinals: Phrases
    months: tuple[tuple[str, ...], ...] = Field(min_length=12, max_length=12)

    def month(self, name: str) -> int | None:
        """1–12 for a name or its first letters, in any of the languages; None for no month."""
        lowered = name.casefold().rstrip(".")
        if lowered.isdigit():
            return int(lowered) if 1 <= int(lowered) <= 12 else None
        fitting = [
            (len(start), number)
            for number, starts in enumerate(self.months, start=1)
            for start in starts
            if lowered.startswith(start)
        ]
        return max(fitting)[1] if fitting else None  # "juillet" begins like "juin": the longest start decides


@cache
def load_newswire(root: Path = DATA) -> Newswire:
    """Raises CatalogError where the file is wrong."""
    return load_strict(root / "newswire.yml", Newswire)
