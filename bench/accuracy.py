"""How often an article is flagged rightly: claimwire, a keyword alert, and GDELT's theme, on the same labelled articles.

    python -m bench.accuracy [GOLD.jsonl]

Without GOLD the labelled articles of ../shared/gold/dev.jsonl are used where they are there, else our own sentences for
fitting, on which our figures flatter.
"""

import argparse
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bench.detection import alert
from claimwire.commands.detect import answer
from claimwire.detect.engine import load_detector

HERE = Path(__file__).resolve().parent
DEV = HERE.parent.parent / "shared" / "gold" / "dev.jsonl"


def theme() -> Callable[[dict[str, Any]], bool]:
    """Whether GDELT's theme fires: any of its words, as a word."""
    words = yaml.safe_load((HERE / "rivals.yml").read_text(encoding="utf-8"))["gdelt_sanctions_theme"]["words"]
    pattern = re.compile(rf"\b({'|'.join(words)})\b", re.IGNORECASE)
    return lambda row: bool(pattern.search(f"{row['title']}\n{row['text']}"))


def main() -> None:
    """Prints precision, recall and F1 of flags, a line a way."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    options.add_argument("gold", nargs="*", type=Path)
    paths = options.parse_args().gold or ([DEV] if DEV.exists() else sorted((HERE / "fit" / "own").glob("*.jsonl")))
    rows = [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]
    detector, keyword = load_detector(), alert()
    ways: dict[str, Callable[[dict[str, Any]], bool]] = {
        "claimwire": lambda row: bool(answer(detector, row)["claims"]),
        "keyword alert": lambda row: bool(keyword(json.dumps(row).encode())),
        "GDELT's SANCTIONS": theme(),
    }
    print(f"{len(rows)} labelled articles of {', '.join(path.name for path in paths)}")
    print(f"{'flags an article':18} {'precision':>9} {'recall':>7} {'F1':>6}")
    for name, is_flagged in ways.items():
        pairs = [(is_flagged(row), bool(row["claims"])) for row in rows]
        right = sum(found and labelled for found, labelled in pairs)
        precision = right / max(1, sum(found for found, _ in pairs))
        recall = right / max(1, sum(labelled for _, labelled in pairs))
        f1 = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
        print(f"{name:18} {precision:9.3f} {recall:7.3f} {f1:6.3f}")


if __name__ == "__main__":
    main()
