"""Fits the order model: small convolutional nets over the tokens of a scene, by PyTorch, kept as plain arrays.

    python bench/fit/order.py ../shared/gold

PyTorch is needed for fitting only (`uv pip install torch`) and is no dependency of the project. The nets are fitted on
train.jsonl and on all our own passages: unlike the linear models they gain by those, since order is the same in both.
Whether a scene is a claim at all is left to the linear models, which see the whole article: a head for it gained nothing.
"""

import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from acts import ACTS
from corpus import Labelled, by_category, read_corpus, read_own
from order_net import Batch, Net, collate
from stances import modality_of

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.frames import load_frames
from claimwire.detect.features_act import set_scene
from claimwire.detect.features_order import Token, party_tokens, read_tokens
from claimwire.detect.frames_rules import Frames
from claimwire.detect.library import Library
from claimwire.detect.models_choice import UN_REQUEST
from claimwire.detect.models_order import write_order
from claimwire.detect.roles import ROLES
from claimwire.detect.stance import MODALITIES

SEEDS = (0, 1, 2)
EPOCHS, BATCH, RATE = 10, 48, 2e-3
OWN_WEIGHT = 0.5
_MIN_COUNT = 4  # tokens of the corpus in which a feature must be seen
_SPELLED = ("word ", "stem ", "ending ", "form ")
_SORTED = 20  # batches' worth of scenes that are sorted by length before they are parted


@dataclass(frozen=True)
class Example:
    """A scene as numbers: rows by token, and what is told of it."""

    tokens: list[list[int]]
    acts: list[int]  # one a label
    stances: list[int]
    roles: list[tuple[int, int, list[bool]]]  # token, act, roles played
    weight: float
    is_asked: bool  # a request to the UN has but one act, which teaches nothing


def main(gold: Path) -> None:
    """Fits one net a seed and writes them together."""
    torch.set_num_threads(1)
    library, frames = Library(), Frames(load_frames(DATA), load_claims(DATA))
    scenes = list(_scenes([*read_corpus(gold / "train.jsonl", library), *read_own(library)], frames))
    names = _names(tokens for tokens, *_ in scenes)
    rows = {name: row for row, name in enumerate(names)}
    examples = [_example(rows, scene) for scene in scenes]
    print(f"{len(examples)} scenes, {len(names)} features", flush=True)
    spelled = [name.startswith(_SPELLED) for name in names]
    nets = [_fit(examples, spelled, seed).arrays() for seed in SEEDS]
    path = DATA / "models" / "nets" / "order.npz"
    write_order(path, (names, ACTS, MODALITIES), nets)
    print(f"order: {path.stat().st_size // 1024} KiB")


_Scene = tuple[list[Token], list[tuple[int, str]], list[dict[str, Any]], bool]


def _scenes(corpus: Iterable[Labelled], frames: Frames) -> Iterator[_Scene]:
    """Tokens, parties by place, labels of one category, and whether the passage is our own."""
    for one in corpus:
        for view, labels in zip(one.context.views, one.labels, strict=True):
            for category, its_labels in by_category(labels).items():
                scene = set_scene(view, category, frames)
                tokens = read_tokens(scene)
                yield tokens, party_tokens(scene, tokens), its_labels, one.is_own


def _names(scenes: Iterable[list[Token]]) -> list[str]:
    counts = Counter(name for tokens in scenes for token in tokens for name in token.features)
    return sorted(name for name, count in counts.items() if count >= _MIN_COUNT)


def _example(rows: dict[str, int], scene: _Scene) -> Example:
    tokens, parties, labels, is_own = scene
    acts = [ACTS.index(label["act"]) for label in labels]
    return Example(
        [[rows[name] for name in token.features if name in rows] for token in tokens],
        acts,
        [MODALITIES.index(modality_of(label)) for label in labels],
        [
            (at, act, [code in (label.get(role) or []) for role in ROLES])
            for act, label in zip(acts, labels, strict=True)
            for at, code in parties
        ],
        OWN_WEIGHT if is_own else 1.0,
        labels[0]["category"] == UN_REQUEST,
    )


def _fit(examples: list[Example], spelled: list[bool], seed: int) -> Net:
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    net = Net(spelled, len(ACTS), len(MODALITIES), len(ROLES))
    steps = EPOCHS * -(-len(examples) // BATCH)
    optimizer = torch.optim.AdamW(net.parameters(), lr=RATE, weight_decay=1e-5)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps + EPOCHS, pct_start=0.15)
    for epoch in range(EPOCHS):
        net.train()
        losses = []
        for batch in _batches(examples, shuffle):
            loss = net.loss(batch)
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"net {seed}, epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)
    return net.eval()


def _batches(examples: Sequence[Example], shuffle: random.Random) -> Iterator[Batch]:
    """Scenes of like length together, in another order each time."""
    order = shuffle.sample(range(len(examples)), len(examples))
    stretch = BATCH * _SORTED
    order = [
        at
        for begin in range(0, len(order), stretch)
        for at in sorted(order[begin : begin + stretch], key=lambda at: len(examples[at].tokens))
    ]
    parts = [order[begin : begin + BATCH] for begin in range(0, len(order), BATCH)]
    shuffle.shuffle(parts)
    return (collate([examples[at] for at in part]) for part in parts)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
