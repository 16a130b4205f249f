"""The order model in PyTorch: the same arithmetic as `claimwire.detect.models_order`, with what fitting needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from claimwire.detect.models_order import DILATIONS

WIDTH, HIDDEN, SCENE, ACT, STANCE, HEADS = 40, 48, 128, 32, 64, 4
DROPPED, UNHEARD = 0.3, 0.2  # shares of hidden values, and of a language's words, that a step of fitting leaves out
ROLE_WEIGHT = 0.5
_NOWHERE = -1e9


@dataclass(frozen=True)
class Batch:
    """Scenes side by side; B scenes, T tokens, K features a token, L labels, P parties."""

    tokens: Tensor  # B, T, K rows of the table, shifted by one: 0 is nothing
    mask: Tensor  # B, T
    acts: Tensor  # B, acts: shares of the labels
    act_weight: Tensor  # B
    labels: Tensor  # L, 3: scene, act, stance
    label_weight: Tensor  # L
    parties: Tensor  # P, 3: scene, token, act
    roles: Tensor  # P, roles
    role_weight: Tensor  # P


def collate(examples: Sequence[Any], acts: int = 14, roles: int = 3) -> Batch:
    """Examples of `order.py` as one batch."""
    length = max(len(one.tokens) for one in examples)
    most = max(len(rows) for one in examples for rows in one.tokens)
    tokens = np.zeros((len(examples), length, most), dtype=np.int64)
    mask = np.zeros((len(examples), length), dtype=np.float32)
    shares = np.zeros((len(examples), acts), dtype=np.float32)
    labels, parties, played = [], [], []
    for at, one in enumerate(examples):
        mask[at, : len(one.tokens)] = 1
        for place, rows in enumerate(one.tokens):
            tokens[at, place, : len(rows)] = np.array(rows, dtype=np.int64) + 1
        shares[at, list(set(one.acts))] = 1 / len(set(one.acts))
        labels += [(at, act, stance) for act, stance in zip(one.acts, one.stances, strict=True)]
        parties += [(at, place, act) for place, act, _ in one.roles]
        played += [roles for _, _, roles in one.roles]
    weight = torch.tensor([one.weight for one in examples])
    asked = torch.tensor([one.is_asked for one in examples])
    label_table = torch.tensor(labels, dtype=torch.long)
    party_table = torch.tensor(parties, dtype=torch.long).reshape(-1, 3)
    return Batch(
        torch.from_numpy(tokens),
        torch.from_numpy(mask),
        torch.from_numpy(shares),
        weight * ~asked,
        label_table,
        weight[label_table[:, 0]],
        party_table,
        torch.tensor(played, dtype=torch.float32).reshape(-1, roles),
        weight[party_table[:, 0]],
    )


class Net(nn.Module):
    """Features to hidden values by token, gated convolutions, attention, and a head for each question."""

    def __init__(self, spelled: Sequence[bool], acts: int, stances: int, roles: int) -> None:
        super().__init__()
        self.table = nn.Embedding(len(spelled) + 1, WIDTH, padding_idx=0)
        self.spelled = torch.tensor([False, *spelled])
        nn.init.normal_(self.table.weight, 0, 0.1)
        self.table.weight.data[0] = 0
        self.drop = nn.Dropout(DROPPED)
        self.inward = nn.Linear(WIDTH, HIDDEN)
        self.convolutions = nn.ModuleList(
            nn.Conv1d(HIDDEN, 2 * HIDDEN, 3, padding=dilation, dilation=dilation) for dilation in DILATIONS
        )
        self.attention = nn.Linear(HIDDEN, HEADS)
        self.outward = nn.Linear((HEADS + 1) * HIDDEN, SCENE)
        self.act = nn.Linear(SCENE, acts)
        self.act_table = nn.Embedding(acts, ACT)
        self.stance = nn.ModuleList([nn.Linear(SCENE + ACT, STANCE), nn.Linear(STANCE, stances)])
        self.role = nn.ModuleList([nn.Linear(HIDDEN + SCENE + ACT, STANCE), nn.Linear(STANCE, roles)])

    def loss(self, batch: Batch) -> Tensor:
        """What is wrong with acts, stances and roles of a batch, a scene."""
        hidden, scene = self._hear(batch)
        acts = nn.functional.log_softmax(self.act(scene), dim=1)
        loss = -((batch.acts * acts).sum(1) * batch.act_weight).sum()
        at, act, stance = batch.labels.T
        told = self._head(self.stance, torch.cat([scene[at], self.act_table(act)], 1))
        loss = loss + (nn.functional.cross_entropy(told, stance, reduction="none") * batch.label_weight).sum()
        if len(batch.parties):
            at, place, act = batch.parties.T
            played = self._head(self.role, torch.cat([hidden[at, place], scene[at], self.act_table(act)], 1))
            wrong = nn.functional.binary_cross_entropy_with_logits(played, batch.roles, reduction="none").sum(1)
            loss = loss + ROLE_WEIGHT * (wrong * batch.role_weight).sum()
        return loss / len(batch.mask)

    def _hear(self, batch: Batch) -> tuple[Tensor, Tensor]:
        rows, mask = batch.tokens, batch.mask[..., None]
        if self.training:
            rows = rows * ~(self.spelled[rows] & (torch.rand(rows.shape) < UNHEARD))
        hidden = self.inward(self.drop(self.table(rows).sum(2))) * mask
        for convolution in self.convolutions:
            content, gate = convolution(self.drop(hidden).transpose(1, 2)).transpose(1, 2).chunk(2, -1)
            hidden = (hidden + content * torch.sigmoid(gate)) * mask
        heads = self.attention(hidden).masked_fill(mask == 0, _NOWHERE).softmax(1)
        pooled = torch.einsum("btk,bth->bkh", heads, hidden).flatten(1)
        highest = hidden.masked_fill(mask == 0, _NOWHERE).max(1)[0]
        return hidden, self.drop(torch.relu(self.outward(torch.cat([pooled, highest], 1))))

    def _head(self, head: nn.ModuleList, values: Tensor) -> Tensor:
        first, second = head
        answer: Tensor = second(self.drop(torch.relu(first(values))))
        return answer

    def arrays(self) -> dict[str, np.ndarray]:
        """The weights as `models_order` wants them: rows times weights, a convolution's three tokens one after another."""
        found = {"table": self.table.weight[1:], "act_table": self.act_table.weight}
        named = {
            "in": self.inward,
            "att": self.attention,
            "out": self.outward,
            "act": self.act,
            "stance0": self.stance[0],
            "stance1": self.stance[1],
            "role0": self.role[0],
            "role1": self.role[1],
        }
        for name, layer in named.items():
            found |= {f"{name}_w": layer.weight.T, f"{name}_b": layer.bias}
        for depth, layer in enumerate(self.convolutions):
            found[f"conv{depth}_w"] = layer.weight.permute(2, 1, 0).reshape(3 * HIDDEN, 2 * HIDDEN)
            found[f"conv{depth}_b"] = layer.bias
        return {name: values.detach().numpy().copy() for name, values in found.items()}
