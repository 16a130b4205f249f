"""The simulated world of `bench/`, small: a round through it is bounded, polite and unharmed."""

import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.slow
def test_a_round_through_the_simulated_world_meets_its_bars() -> None:
    root = Path(__file__).parents[2]
    words = [sys.executable, "-m", "bench.world"]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for bar in ("misnamed: 0", "impolite: 0", "stored twice: 0"):
        assert bar in done.stdout
