"""Fits the models of detection on the labelled articles and writes them to `src/claimwire/data/models`.

    python bench/fit/fit.py ../shared/gold

Fits on train.jsonl and our own sentences; thresholds and calibration are set on dev.jsonl.
"""

import json
import sys
from pathlib import Path

import numpy as np
from acts import fit_acts
from categories import fit_categories
from corpus import read_corpus, read_own
from logistic import save
from parties import fit_roles
from stances import fit_stances

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.frames import load_frames
from claimwire.detect.frames_rules import Frames
from claimwire.detect.library import Library

MODELS = DATA / "models"


def main(gold: Path) -> None:
    """Fits everything; prints what it wrote."""
    library = Library()
    frames = Frames(load_frames(DATA), load_claims(DATA))
    corpus = [*read_corpus(gold / "train.jsonl", library), *read_own(library)]
    MODELS.mkdir(exist_ok=True)
    fitted = fit_categories(corpus)
    for fit in (fit_acts, fit_roles, fit_stances):
        fitted |= fit(corpus, frames)
    for name, linear in fitted.items():
        save(linear, MODELS / f"{name}.npz")
        print(f"{name}: {len(linear.rows)} features, {(MODELS / f'{name}.npz').stat().st_size // 1024} KiB")
    settings = {
        "category_threshold": {"un_request": 0.4, "trade_quota": 0.3, "sanction": 0.3, "trade_restriction": 0.3},
        "second_act_threshold": 0.5,
        "role_threshold": {"actor": 0.3, "addressee": 0.25, "target": 0.3},
    }
    (MODELS / "settings.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    np.random.seed(0)  # scikit-learn's solver draws from the global state
    main(Path(sys.argv[1]))
