"""Small linear models: weights are plain arrays, features have names, and what mattered can be read off."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from claimwire.catalog import DATA

Floats = NDArray[np.float32]
_UNKNOWN = -1  # the row of a feature that a model does not know


@dataclass(frozen=True, slots=True)
class Linear:
    """One logistic model with several outputs over named features.

    Args:
        outputs: names of the outputs, by column.
        rows: row of each feature in `weights`.
        weights: one row a feature, one column an output.
        bias: one an output.
    """

    outputs: tuple[str, ...]
    rows: Mapping[str, int]
    weights: Floats
    bias: Floats

    def logits(self, features: Iterable[str]) -> Floats:
        """The log-odds of each output; unknown features and repeats count nothing."""
        known = set(map(self.rows.get, features, repeat(_UNKNOWN)))
        known.discard(_UNKNOWN)
        if not known:
            return self.bias
        odds: Floats = self.bias + self.weights[sorted(known)].sum(axis=0, dtype=np.float32)
        return odds

    def odds_by_name(self, features: Iterable[str]) -> dict[str, float]:
        """The log-odds by name of output."""
        return dict(zip(self.outputs, map(float, self.logits(features)), strict=True))

    def mattered(self, features: Iterable[str], output: str, count: int = 8) -> list[tuple[str, float]]:
        """The features that weighed most for or against an output, the heaviest first."""
        column = self.outputs.index(output)
        known = {feature for feature in features if feature in self.rows}
        weighed = [(feature, float(self.weights[self.rows[feature], column])) for feature in sorted(known)]
        return sorted(weighed, key=lambda item: -abs(item[1]))[:count]


def probability(logit: float) -> float:
    """Log-odds as a probability."""
    return float(1.0 / (1.0 + np.exp(-max(-30.0, min(30.0, logit)))))


@dataclass(frozen=True, slots=True)
class Models:
    """All models of a data directory, and the figures that were set on the dev gold."""

    linear: Mapping[str, Linear]
    settings: Mapping[str, Any]


@cache
def load_models(root: Path = DATA) -> Models:
    """Reads `root/models`: `<name>.npz` arrays, `settings.json` thresholds and calibration. No pickle."""
    folder = root / "models"
    linear = {path.stem: read_linear(path) for path in sorted(folder.glob("*.npz"))}
    return Models(linear, json.loads((folder / "settings.json").read_text(encoding="utf-8")))


def read_linear(path: Path) -> Linear:
    """One model from its arrays."""
    with np.load(path, allow_pickle=False) as arrays:
        names = bytes(arrays["names"]).decode("utf-8").split("\n")
        outputs = tuple(bytes(arrays["outputs"]).decode("utf-8").split("\n"))
        scale = arrays["scale"].astype(np.float32)
        weights = arrays["weights"].astype(np.float32) * scale
        return Linear(outputs, {name: row for row, name in enumerate(names)}, weights, arrays["bias"])


def write_linear(path: Path, outputs: Sequence[str], names: Sequence[str], weights: Floats, bias: Floats) -> None:
    """Writes a model: weights in 16-bit steps of their column's largest, so that the file stays small.

    Raises:
        ValueError: a name holds a line break, which parts names in the file.
    """
    if any("\n" in name for name in (*names, *outputs)):
        raise ValueError("a feature's name holds a line break")
    scale = np.maximum(np.abs(weights).max(axis=0), 1e-9) / 32767
    np.savez_compressed(
        path,
        names=np.frombuffer("\n".join(names).encode("utf-8"), dtype=np.uint8),
        outputs=np.frombuffer("\n".join(outputs).encode("utf-8"), dtype=np.uint8),
        weights=np.round(weights / scale).astype(np.int16),
        scale=scale.astype(np.float32),
        bias=bias.astype(np.float32),
    )
