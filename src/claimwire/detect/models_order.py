"""The order model: a small convolutional net over the tokens of a scene, for what the linear models cannot weigh.

Those see which words stand in a sentence; who rules whom, and in which mood, is told by their order. The net is plain
arrays in `data/models/nets/order.npz`, read without pickle and run by numpy; `bench/fit/order.py` fits it. Several
small nets, fitted from different beginnings, are heard together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from claimwire.catalog import DATA
from claimwire.detect.features_act import Scene
from claimwire.detect.features_order import Token, party_tokens, read_tokens
from claimwire.detect.roles import ROLES

Floats = NDArray[np.float32]
DILATIONS = (1, 2, 4, 8)
_NAMES = ("names", "acts", "stances")
_QUANTUM = 127  # rows are stored in steps of a hundred-and-twenty-seventh of the column's largest


@dataclass(frozen=True, slots=True)
class Heard:
    """What the nets make of a scene.

    Args:
        acts: log-probability by act.
        stances: log-probability by act and, within it, by modality.
        parties: the codes of the parties named in the scene, one a mention.
        roles: by act, the log-odds of each mention (row) in each role (column).
    """

    acts: Mapping[str, float]
    stances: Mapping[str, Mapping[str, float]]
    parties: tuple[str, ...]
    roles: Mapping[str, Floats]

    def roles_in(self, act: str) -> dict[str, dict[str, float]]:
        """The log-odds of each party in each role, were the act told; those of its best mention."""
        found: dict[str, dict[str, float]] = {}
        for code, row in zip(self.parties, self.roles[act].tolist(), strict=True):
            best = found.setdefault(code, dict.fromkeys(ROLES, -np.inf))
            for role, value in zip(ROLES, row, strict=True):
                best[role] = max(best[role], value)
        return found


@dataclass(frozen=True, slots=True)
class OrderModel:
    """Several nets over one vocabulary of features.

    Args:
        rows: row of each feature in the tables.
        acts: names of the acts, by column.
        stances: names of the modalities, by column.
        arrays: the weights by name, the nets along their first axis; in `table` the features come first,
            and the last row is nothing.
    """

    rows: Mapping[str, int]
    acts: tuple[str, ...]
    stances: tuple[str, ...]
    arrays: Mapping[str, Floats]

    def hear(self, scene: Scene) -> Heard:
        """What a scene tells, the mean of what each net says."""
        tokens = read_tokens(scene)
        parties = party_tokens(scene, tokens)
        said = self._run(tokens, [at for at, _ in parties])
        return Heard(
            _by_name(self.acts, said["acts"]),
            {act: _by_name(self.stances, row) for act, row in zip(self.acts, said["stances"], strict=True)},
            tuple(code for _, code in parties),
            dict(zip(self.acts, said["roles"], strict=True)),
        )

    def hear_acts(self, tokens: Sequence[Token]) -> Mapping[str, float]:
        """The log-probability of each act by the tokens alone, so that `explain` can leave one out."""
        return _by_name(self.acts, self._run(tokens, [])["acts"])

    def _run(self, tokens: Sequence[Token], parties: Sequence[int]) -> dict[str, Floats]:
        rows = [[self.rows[name] for name in token.features if name in self.rows] for token in tokens]
        said = {name: values.mean(axis=0) for name, values in run_nets(self.arrays, rows, parties).items()}
        return {**said, "acts": _log_softmax(said["acts"]), "stances": _log_softmax(said["stances"])}


def _by_name(names: Sequence[str], values: Floats) -> dict[str, float]:
    return dict(zip(names, values.tolist(), strict=True))


def run_nets(
    arrays: Mapping[str, Floats], tokens: Sequence[Sequence[int]], parties: Sequence[int]
) -> dict[str, Floats]:
    """All nets at once over the rows of each token.

    Returns:
        `acts` (nets × acts), `stances` (nets × acts × modalities), `roles` (nets × acts × parties × roles):
        log-probabilities of acts and stances, log-odds of roles.
    """
    hidden = _hidden(arrays, tokens)
    heads = _softmax(_layer(arrays, "att", hidden), axis=1)
    pooled = heads.transpose(0, 2, 1) @ hidden
    whole = np.concatenate([pooled.reshape(len(hidden), 1, -1), hidden.max(axis=1, keepdims=True)], axis=2)
    scene = np.maximum(_layer(arrays, "out", whole), 0)
    acts = _layer(arrays, "act", scene)[:, 0]
    told = np.concatenate([np.repeat(scene, acts.shape[1], axis=1), arrays["act_table"]], axis=2)
    # Every party with every act: a row of what it is told as, and of what stands around it.
    named = np.tile(hidden[:, list(parties)], (1, acts.shape[1], 1))
    played = np.concatenate([named, np.repeat(told, len(parties), axis=1)], axis=2)
    return {
        "acts": _log_softmax(acts),
        "stances": _log_softmax(_head(arrays, "stance", told)),
        "roles": _head(arrays, "role", played).reshape(*acts.shape, len(parties), len(ROLES)),
    }


def _hidden(arrays: Mapping[str, Floats], tokens: Sequence[Sequence[int]]) -> Floats:
    """Each token with what stands around it: nets × tokens × hidden values."""
    nothing = len(arrays["table"]) - 1  # so that a token without a known feature has a row, too
    rows = np.array([row for known in tokens for row in (*known, nothing)])
    starts = np.cumsum([0, *(len(known) + 1 for known in tokens[:-1])])
    words = np.add.reduceat(arrays["table"][rows], starts, axis=0).swapaxes(0, 1)
    hidden: Floats = _layer(arrays, "in", words)
    for depth, dilation in enumerate(DILATIONS):
        both = _layer(arrays, f"conv{depth}", _neighbours(hidden, dilation))
        width = hidden.shape[2]
        hidden += both[..., :width] * _sigmoid(both[..., width:])
    return hidden


def _layer(arrays: Mapping[str, Floats], name: str, values: Floats) -> Floats:
    product: Floats = values @ arrays[f"{name}_w"]
    return product + arrays[f"{name}_b"]


def _head(arrays: Mapping[str, Floats], name: str, values: Floats) -> Floats:
    return _layer(arrays, f"{name}1", np.maximum(_layer(arrays, f"{name}0", values), 0))


def _neighbours(hidden: Floats, dilation: int) -> Floats:
    """Each token with the one so far before it and the one so far after it; nothing is beyond the ends."""
    nets, count, width = hidden.shape
    three = np.zeros((nets, count, 3 * width), dtype=np.float32)
    three[:, dilation:, :width] = hidden[:, :-dilation]
    three[:, :, width : 2 * width] = hidden
    three[:, :-dilation, 2 * width :] = hidden[:, dilation:]
    return three


def _sigmoid(values: Floats) -> Floats:
    squashed: Floats = np.reciprocal(1 + np.exp(-np.clip(values, -30, 30)))
    return squashed


def _softmax(values: Floats, axis: int) -> Floats:
    powers = np.exp(values - values.max(axis=axis, keepdims=True))
    shares: Floats = powers / powers.sum(axis=axis, keepdims=True)
    return shares


def _log_softmax(values: Floats) -> Floats:
    shifted = values - values.max(axis=-1, keepdims=True)
    logs: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return logs


@cache
def load_order(root: Path = DATA) -> OrderModel:
    """Reads `root/models/nets/order.npz`, once a process. No pickle."""
    with np.load(root / "models" / "nets" / "order.npz", allow_pickle=False) as stored:
        names, acts, stances = (bytes(stored[key]).decode("utf-8").split("\n") for key in _NAMES)
        arrays = {key: stored[key].astype(np.float32) for key in stored if key not in _NAMES}
    table = arrays["table"] * arrays.pop("scale")
    arrays["table"] = np.concatenate([table, np.zeros_like(table[:1])])
    return OrderModel({name: row for row, name in enumerate(names)}, tuple(acts), tuple(stances), arrays)


def write_order(path: Path, names: Sequence[Sequence[str]], nets: Sequence[Mapping[str, Floats]]) -> None:
    """Writes the nets side by side: tables in 8 bits, the rest in 16, so that the file stays small.

    Args:
        path: the file to write.
        names: of the features, the acts, the modalities.
        nets: the arrays of each net as `bench/fit/order_net.py` gives them.
    """
    listed = {key: np.frombuffer("\n".join(of).encode(), np.uint8) for key, of in zip(_NAMES, names, strict=True)}
    # A layer's bias gets an axis of one beside that of the nets, so that it adds to every row of each.
    arrays = {
        name: np.stack([net[name][None] if name.endswith("_b") else net[name] for net in nets]) for name in nets[0]
    }
    table = arrays.pop("table").swapaxes(0, 1)
    scale = np.maximum(np.abs(table).max(axis=0), 1e-9) / _QUANTUM
    np.savez_compressed(
        path,
        allow_pickle=False,
        table=np.round(table / scale).astype(np.int8),
        scale=scale.astype(np.float32),
        **listed,
        **{name: values.astype(np.float16) for name, values in arrays.items()},
    )
