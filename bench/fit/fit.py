"""Fits the models of detection on the labelled articles and writes them to `src/claimwire/data/models`.

    python bench/fit/fit.py ../shared/gold [THEME]

Fits on train.jsonl and our own passages of one theme (`own/<lang>-<theme>-<nn>.txt`); thresholds and calibration are set
on dev.jsonl. The nets of `order.py` must be there before: how much they count is set here, too. The weights in the
repository are those of the theme `first`. The later passages claim in every other sentence, far more often than news
does: with all of them (`"*"`) the dev gold's claim F1 fell from .525 to .51 when there were no nets yet.
"""

import json
import sys
from pathlib import Path

import numpy as np
from acts import fit_acts, fit_many
from categories import fit_categories
from corpus import read_corpus, read_own
from logistic import save
from parties import fit_roles
from stances import fit_stances
from tune import START, tune

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.frames import load_frames
from claimwire.detect.frames_rules import Frames
from claimwire.detect.library import Library
from claimwire.detect.models import Models
from claimwire.detect.models_choice import Judge
from claimwire.detect.models_order import load_order

MODELS = DATA / "models"


def main(gold: Path, theme: str = "first") -> None:
    """Fits everything; prints what it wrote."""
    library = Library()
    frames = Frames(load_frames(DATA), load_claims(DATA))
    corpus = [*read_corpus(gold / "train.jsonl", library), *read_own(library, theme)]
    MODELS.mkdir(exist_ok=True)
    fitted = fit_categories(corpus)
    for fit in (fit_acts, fit_many, fit_roles, fit_stances):
        fitted |= fit(corpus, frames)
    for name, linear in fitted.items():
        save(linear, MODELS / f"{name}.npz")
        print(f"{name}: {len(linear.rows)} features, {(MODELS / f'{name}.npz').stat().st_size // 1024} KiB")
    settings = tune(read_corpus(gold / "dev.jsonl", library), Judge(frames, Models(fitted, START), load_order()))
    (MODELS / "settings.json").write_text(json.dumps(settings, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(settings))


if __name__ == "__main__":
    np.random.seed(0)  # scikit-learn's solver draws from the global state
    main(Path(sys.argv[1]), *sys.argv[2:3])
