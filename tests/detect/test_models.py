"""The linear models: they come back from their files, and say what mattered."""

from pathlib import Path

import numpy as np
import pytest

from claimwire.detect.models import Linear, load_models, probability, read_linear, write_linear

ROWS = {"has embargo": 0, "has referee": 1}
WEIGHTS = np.array([[2.0, -1.0], [-3.0, 0.5]], dtype=np.float32)
LINEAR = Linear(("sanction", "quota"), ROWS, WEIGHTS, np.array([-1.0, 0.0], dtype=np.float32))


def test_log_odds_add_up_and_repeats_count_once() -> None:
    assert LINEAR.odds_by_name(["has embargo", "has embargo", "never seen"]) == {"sanction": 1.0, "quota": -1.0}


def test_what_mattered_comes_heaviest_first() -> None:
    assert LINEAR.mattered(["has embargo", "has referee"], "sanction") == [("has referee", -3.0), ("has embargo", 2.0)]


def test_a_model_comes_back_from_its_file(tmp_path: Path) -> None:
    path = tmp_path / "small.npz"
    write_linear(path, LINEAR.outputs, list(ROWS), WEIGHTS, LINEAR.bias)
    again = read_linear(path)
    assert again.outputs == LINEAR.outputs
    np.testing.assert_allclose(again.logits(["has referee"]), LINEAR.logits(["has referee"]), atol=1e-3)


def test_a_name_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="line break"):
        write_linear(tmp_path / "bad.npz", ("one",), ["two\nlines"], WEIGHTS[:1, :1], LINEAR.bias[:1])


def test_probabilities_stay_in_bounds() -> None:
    assert probability(0.0) == pytest.approx(0.5)
    assert 0.0 < probability(-1e9) < probability(1e9) <= 1.0


def test_the_shipped_models_are_there_and_small() -> None:
    models = load_models()
    assert {
        "category",
        "un_request",
        "act",
        "act_offer",
        "many",
        "role",
        "role_settle",
        "stance",
    } <= models.linear.keys()
    assert sum(linear.weights.size for linear in models.linear.values()) < 2_000_000
