"""Lexicons: one file a language, `data/lexicons/<lang>.yml`, written for and by linguists.

Phrases are text separated by commas. Notation of a phrase:

    sanction*        a word that begins so ("sanctions", "sanctioned")
    *sanktion*       a word that holds it (compounds)
    freez* ~ assets  a gap of up to five words
    对[俄]           what stands outside the brackets must be there, but is not part of the find
    x = gloss        a gloss of its own; else the concept's from `claims.yml` is shown

Case counts only where a phrase is written in capitals throughout ("US", "UN") or names an actor.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal, cast

from pydantic import BeforeValidator, Field, model_validator

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.errors import NotFound

_MALFORMED = re.compile(r"^~|~$|\*\*|^\*$|[|;]")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase in the notation above, with a gloss of its own or ""."""

    text: str
    gloss: str = ""


def read_phrases(text: object) -> tuple[Phrase, ...]:
    """Splits a comma-separated text; ValueError (for pydantic) where a phrase is malformed."""
    if not isinstance(text, str):
        raise ValueError(f"phrases are text separated by commas, not {type(text).__name__}")
    phrases = []
    for piece in text.split(","):
        form, _, gloss = (part.strip() for part in piece.strip().partition(" = "))
        if not form and not gloss:
            continue
        form = " ".join(form.replace("~", " ~ ").split())
        has_letters = any(letter.isalnum() for letter in form)
        if not has_letters or _MALFORMED.search(form) or form.count("[") != form.count("]"):
            raise ValueError(f"malformed phrase {piece.strip()!r}")
        phrases.append(Phrase(form, gloss))
    return tuple(phrases)


Phrases = Annotated[tuple[Phrase, ...], BeforeValidator(read_phrases)]


class Trap(Strict):
    """Phrases that veto a measure which they cover or touch, and why."""

    cues: Phrases
    reason: str


class Lexicon(Strict):
    """One language. Keys of `concepts` are those of `claims.yml`; of actors, codes of the codebook."""

    language: str = Field(pattern=r"^[a-z]{2,3}$")
    name: str
    script: str
    direction: Literal["ltr", "rtl"] = "ltr"
    has_case: bool = True
    segmentation: Literal["words", "none", "particles"] = "words"
    """words: spaces part words; none: no spaces (Chinese); particles: endings are glued on (Korean)."""
    articles: tuple[str, ...] = ()  # glued to the front of a word, dropped before matching (ال)
    prefixes: tuple[str, ...] = ()  # glued to the front, allowed before any phrase (و ب ل)
    suffixes: tuple[str, ...] = ()  # glued to the end, allowed after any phrase
    notes: tuple[str, ...] = ()
    concepts: dict[str, Phrases]
    markers: dict[Literal["addressee", "target", "agent", "source", "clause", "place"], Phrases] = {}
    references: dict[str, Phrases] = {}
    traps: tuple[Trap, ...] = ()
    states: dict[str, Phrases] = {}
    adjectives: dict[str, Phrases] = {}
    metonyms: dict[str, Phrases] = {}
    bodies: dict[str, Phrases] = {}
    organs: dict[str, Phrases] = {}

    @model_validator(mode="after")
    def _glued_parts_fit(self) -> "Lexicon":
        if self.segmentation == "none" and (self.prefixes or self.suffixes or self.articles):
            raise ValueError("a language without spaces has no glued prefixes, suffixes or articles")
        return self


class Lexicons(Mapping[str, Lexicon]):
    """The lexicons of one data directory; a file is read when its language is first asked for."""

    def __init__(self, root: Path = DATA) -> None:
        self._paths = {path.stem: path for path in sorted((root / "lexicons").glob("*.yml"))}
        self._read: dict[str, Lexicon] = {}
        if not self._paths:
            raise NotFound(f"no lexicon in {root / 'lexicons'}")

    def __getitem__(self, language: str) -> Lexicon:
        if language not in self._read:
            self._read[language] = load_strict(self._paths[language], Lexicon)
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def load_lexicons(root: Path = DATA) -> Mapping[str, Lexicon]:
    """The lexicons under `root/lexicons`, each read when first used.

    Raises:
        NotFound: there is none. CatalogError (on use): one is wrong, with file, key and line.
    """
    return cast("Mapping[str, Lexicon]", Lexicons(root))
