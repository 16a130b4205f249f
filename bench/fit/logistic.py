"""Logistic regression over named features, as scikit-learn fits it and `claimwire.detect.models` stores it."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy import sparse
from sklearn.linear_model import LogisticRegression

from claimwire.detect.models import Linear, write_linear

Rows = Sequence[Iterable[str]]


@dataclass(frozen=True)
class Recipe:
    """How one model is fitted; `scale` is the value of a feature that is there (smaller: shrunk more)."""

    strength: float = 1.0  # scikit-learn's C
    scale: float = 0.5
    min_count: int = 3


def names_of(rows: Rows, min_count: int) -> list[str]:
    """The features seen in at least so many rows, sorted."""
    counts = Counter(name for row in rows for name in set(row))
    return sorted(name for name, count in counts.items() if count >= min_count)


def matrix(rows: Rows, names: Sequence[str], scale: float) -> sparse.csr_matrix:
    """Rows by features."""
    index = {name: column for column, name in enumerate(names)}
    columns = [sorted({index[name] for name in row if name in index}) for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.fromiter((column for row in columns for column in row), dtype=np.int32, count=int(ends[-1]))
    return sparse.csr_matrix((np.full(len(flat), scale, dtype=np.float32), flat, ends), shape=(len(rows), len(names)))


def fit_linear(rows: Rows, targets: np.ndarray, outputs: Sequence[str], recipe: Recipe, weights: np.ndarray) -> Linear:
    """One output a column of `targets`; `weights` is one a row."""
    names = names_of(rows, recipe.min_count)
    table = matrix(rows, names, recipe.scale)
    columns, bias = [], []
    for target in targets.T:
        if not target.any():
            columns.append(np.zeros(len(names)))
            bias.append(-10.0)
            continue
        model = LogisticRegression(C=recipe.strength, solver="liblinear", random_state=0)
        model.fit(table, target, sample_weight=weights)
        columns.append(model.coef_[0] * recipe.scale)
        bias.append(float(model.intercept_[0]))
    stacked = np.stack(columns, axis=1).astype(np.float32)
    return Linear(tuple(outputs), {n: i for i, n in enumerate(names)}, stacked, np.array(bias, dtype=np.float32))


def save(linear: Linear, path: Path) -> None:
    """Writes a model without the features that weigh nothing."""
    used = np.abs(linear.weights).max(axis=1) > 1e-3  # a thousandth of a log-odds changes nothing
    names = [name for name, is_used in zip(linear.rows, used, strict=True) if is_used]
    write_linear(path, linear.outputs, names, linear.weights[used], linear.bias)
