"""Writes `tests/golden/floors.yml` anew from what detection reaches now; never lower, unless told why.

usage: python -m bench.raise_floors [--lower "the reason, which goes into the file"]
"""

import argparse
from typing import Any

import yaml
from tests.detect.golden import GOLD, GOLDEN, measure, read_floors

from claimwire.catalog.golden import load_golden
from claimwire.commands.evaluate import evaluate_file
from claimwire.detect.engine import load_detector

FIGURES = ("flag", "category", "claim", "loose", "actor", "target", "measure", "modality", "event_date")
HEAD = """\
# What detection reached when this was last written, by `python -m bench.raise_floors`; a fall below fails the tests.
# golden: shares of our own sentences, by language (see tests/detect/golden.py). dev: figures on the labelled articles
# of ../shared/gold/dev.jsonl, F1 or accuracy.
"""


def main() -> None:
    """Measures, compares, writes."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--lower", default="", metavar="REASON")
    reason = arguments.parse_args().lower
    reached: dict[str, Any] = {"golden": _golden(), "dev": _dev()}
    old = read_floors() if (GOLDEN / "floors.yml").exists() else {"golden": {}, "dev": {}}
    fallen = _fallen(old, reached)
    if fallen and not reason:
        raise SystemExit(f"would be lowered, give --lower REASON: {fallen}")
    note = f"# Lowered: {reason}: {', '.join(fallen)}\n" if fallen else ""
    text = yaml.safe_dump(reached, sort_keys=False, default_flow_style=None, width=120)
    (GOLDEN / "floors.yml").write_text(HEAD + note + text, encoding="utf-8")


def _golden() -> dict[str, dict[str, float]]:
    detector = load_detector()
    return {
        language: {name: round(share, 3) for name, share in measure(detector, language, golden)[0].items()}
        for language, golden in load_golden(GOLDEN / "claims").items()
    }


def _dev() -> dict[str, float]:
    figures = evaluate_file(GOLD / "dev.jsonl")
    return {name: round(figures[name].get("f1", figures[name].get("accuracy", 0.0)), 3) for name in FIGURES}


def _fallen(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    fallen = [f"dev.{name}" for name, floor in old["dev"].items() if new["dev"].get(name, 0.0) < floor]
    for language, floors in old["golden"].items():
        reached = new["golden"].get(language, {})
        fallen += [f"golden.{language}.{name}" for name, floor in floors.items() if reached.get(name, 0.0) < floor]
    return fallen


if __name__ == "__main__":
    main()
