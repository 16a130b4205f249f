"""The order model: it hears order, comes back from its file, and answers with probabilities."""

from pathlib import Path

import numpy as np
import pytest

from claimwire.detect.library import Library
from claimwire.detect.models_choice import load_judge
from claimwire.detect.models_order import Floats, Heard, OrderModel, load_order, run_nets, write_order
from claimwire.detect.reading import read_article
from claimwire.model import Act, Article

LIBRARY = Library()


def hear(text: str, category: str = "sanction") -> Heard:
    context = read_article(Article("a", "", text, language="en"), LIBRARY)
    return load_order().hear(load_judge().scene(context.views[0], category))


def small_net(width: int = 3, hidden: int = 4, scene: int = 5) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(7)
    shapes = {
        "table": (6, width), "act_table": (2, 2), "in_w": (width, hidden), "in_b": (hidden,),
        **{f"conv{depth}_w": (3 * hidden, 2 * hidden) for depth in range(4)},
        **{f"conv{depth}_b": (2 * hidden,) for depth in range(4)},
        "att_w": (hidden, 2), "att_b": (2,), "out_w": (3 * hidden, scene), "out_b": (scene,),
        "act_w": (scene, 2), "act_b": (2,),
        "stance0_w": (scene + 2, 4), "stance0_b": (4,), "stance1_w": (4, 3), "stance1_b": (3,),
        "role0_w": (hidden + scene + 2, 4), "role0_b": (4,), "role1_w": (4, 3), "role1_b": (3,),
    }  # fmt: skip
    return {name: draw.normal(0, 0.5, shape).astype(np.float32) for name, shape in shapes.items()}


def stored(folder: Path, *nets: dict[str, np.ndarray]) -> OrderModel:
    """The nets as they come back from a file, tables in 8 bits."""
    path = folder / "models" / "nets" / "order.npz"
    path.parent.mkdir(parents=True)
    names = [f"word en w{row}" for row in range(6)]
    write_order(path, (names, ("impose", "lift"), ("asserted", "alleged", "planned")), nets)
    return load_order(folder)


def test_acts_and_stances_are_probabilities() -> None:
    heard = hear("Norway lifted its sanctions on Gambia.")
    assert set(heard.acts) == {act.value for act in Act}
    assert sum(np.exp([*heard.acts.values()])) == pytest.approx(1, abs=1e-4)
    assert all(sum(np.exp([*by.values()])) == pytest.approx(1, abs=1e-2) for by in heard.stances.values())


def test_order_tells_who_acts_and_who_is_hit() -> None:
    heard = hear("Norway imposed sanctions on Gambia.").roles_in("impose")
    turned = hear("Gambia imposed sanctions on Norway.").roles_in("impose")
    assert heard["NO"]["actor"] > heard["GM"]["actor"]
    assert turned["GM"]["actor"] > turned["NO"]["actor"]
    assert heard["GM"]["target"] > heard["NO"]["target"]


def test_the_same_words_in_another_order_are_heard_otherwise(tmp_path: Path) -> None:
    arrays = stored(tmp_path, small_net()).arrays
    one, other = ([[0], [1, 2], [3]], [[3], [1, 2], [0]])
    assert not np.allclose(run_nets(arrays, one, [])["acts"], run_nets(arrays, other, [])["acts"])


def test_nets_come_back_from_their_file(tmp_path: Path) -> None:
    order = stored(tmp_path, small_net(), small_net())
    assert [*order.rows] == [f"word en w{row}" for row in range(6)]
    said = run_nets(order.arrays, [[0, 1], [2]], [0])
    assert {name: values.shape for name, values in said.items()} == {
        "acts": (2, 2),
        "stances": (2, 2, 3),
        "roles": (2, 2, 1, 3),
    }
    np.testing.assert_array_equal(said["roles"][0], said["roles"][1])


def test_numpy_does_what_the_net_means(tmp_path: Path) -> None:
    net = small_net()
    said = run_nets(stored(tmp_path, net).arrays, [[0, 1], [2], [3]], [2])
    np.testing.assert_allclose(said["acts"][0], by_hand(net, [[0, 1], [2], [3]]), atol=0.03)


def by_hand(net: dict[str, np.ndarray], tokens: list[list[int]]) -> Floats:
    """The log-probabilities of the acts, token by token and without a trick."""
    hidden = [net["table"][rows].sum(axis=0) @ net["in_w"] + net["in_b"] for rows in tokens]
    for depth, far in enumerate((1, 2, 4, 8)):
        nothing = np.zeros_like(hidden[0])
        padded = [nothing] * far + hidden + [nothing] * far
        both = [
            np.concatenate([padded[at], padded[at + far], padded[at + 2 * far]]) @ net[f"conv{depth}_w"]
            + net[f"conv{depth}_b"]
            for at in range(len(hidden))
        ]
        hidden = [old + new[:4] / (1 + np.exp(-new[4:])) for old, new in zip(hidden, both, strict=True)]
    looks = np.exp([values @ net["att_w"] + net["att_b"] for values in hidden])
    pooled = [sum(look * values for look, values in zip(looks[:, head], hidden, strict=True)) / looks[:, head].sum()
              for head in range(2)]  # fmt: skip
    scene = np.maximum(np.concatenate([*pooled, np.max(hidden, axis=0)]) @ net["out_w"] + net["out_b"], 0)
    acts = scene @ net["act_w"] + net["act_b"]
    logs: Floats = acts - np.log(np.exp(acts).sum())
    return logs


def test_what_is_unknown_is_heard_as_nothing(tmp_path: Path) -> None:
    said = run_nets(stored(tmp_path, small_net()).arrays, [[], []], [])
    assert said["acts"].shape == (1, 2)
    assert said["roles"].shape == (1, 2, 0, 3)


def test_the_shipped_nets_are_small() -> None:
    assert sum(values.size for values in load_order().arrays.values()) < 4_000_000
