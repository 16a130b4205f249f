"""`data/frames.yml`: the named rules of detection, with definitions, and with examples and near misses for tests."""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field

from claimwire.catalog import DATA
from claimwire.catalog.strict import Strict, load_strict
from claimwire.model import Act


class Example(Strict):
    """A sentence of our own, in the language named."""

    language: str
    text: str


class Frame(Strict):
    """One rule: these words, told of a measure, offer this act.

    Args:
        level: outer frames (asked, threatened) rule over inner ones (lifted, imposed).
        triggers: concepts of `claims.yml`.
        examples: sentences in which the frame offers its act.
        near_misses: sentences that look alike and in which it must not.
    """

    name: str
    act: Act
    level: Literal["outer", "inner"]
    triggers: tuple[str, ...] = Field(min_length=1)
    definition: str
    examples: tuple[Example, ...] = Field(min_length=1)
    near_misses: tuple[Example, ...] = Field(min_length=1)


class FrameFile(Strict):
    """The whole of `frames.yml`."""

    frames: tuple[Frame, ...] = Field(min_length=1)


@cache
def load_frames(root: Path = DATA) -> tuple[Frame, ...]:
    """The frames under `root`; CatalogError where the file is wrong."""
    return load_strict(root / "frames.yml", FrameFile).frames
