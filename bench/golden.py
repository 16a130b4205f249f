"""The sentences of the golden files, for benches that want text in all languages."""

from pathlib import Path

import yaml

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden"


def read_sentences(*kinds: str) -> list[tuple[str, str]]:
    """Sentences of these kinds (`found`: with a claim, `passed_over`: without), each with its language's code."""
    found = []
    for path in sorted(GOLDEN.glob("claims/*.yml")):
        file = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [(one["text"], path.stem) for kind in kinds for one in file.get(kind) or ()]
    return found
