"""`make bench`: one page of ratios, all measured in this run, and the growth of a warehouse as a plot.

Each part is a module of its own with options of its own (`python -m bench.warehouse --full`); here they run at a size
that takes a few minutes. A part that misses a bar says so and makes the exit code 1.
"""

import subprocess
import sys
import time
from pathlib import Path

PARTS = {
    "accuracy beside a keyword alert and GDELT's theme": ["bench.accuracy"],
    "detection beside a keyword alert and spaCy's PhraseMatcher": ["bench.detection"],
    "pages beside bare trafilatura": ["bench.extract"],
    "loading beside a plain executemany, and growth": ["bench.growth"],
    "a simulated world of feeds": ["bench.world"],
    "a digest of 10,000 items, and 500 subscriptions": ["bench.digest"],
    "the desk at 20,000 items": ["bench.desk", "--items", "20000"],
}


def main() -> int:
    """Runs every part; 1 where one missed a bar."""
    missed = []
    for title, (module, *args) in PARTS.items():
        begun = time.monotonic()
        print(f"\n── {title}", flush=True)
        ended = subprocess.run([sys.executable, "-m", module, *args], cwd=Path(__file__).parents[1], check=False)
        print(f"   ({time.monotonic() - begun:.0f} s, {module})", flush=True)
        missed += [module] if ended.returncode else []
    print(f"\nbars missed by: {', '.join(missed)}" if missed else "\nall bars met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
