"""`python -m bench.latency`: from an entry's appearing in a feed to its row, at the five-minute schedule.

A real local Airflow with all DAGs switched on as a user has them reads feeds on loopback, in which entries appear at
random moments; a row counts when another process can read it. Bar: 420 s at the 95th percentile.
"""

import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from sqlalchemy import Engine, text

from bench.local_airflow import reading, running
from bench.local_wire import LocalWire, serving
from bench.options import read_options

BAR_SECONDS = 420
INTERVAL_SECONDS = 300
FLAGGED = text("SELECT DISTINCT a.guid FROM flagged_items i JOIN articles a ON a.id = i.article_id")


@dataclass
class Watch:
    """Publishes entries, and notes when the row of each is there; moments are of this process's own clock."""

    wire: LocalWire
    engine: Engine
    chance: random.Random
    appeared: dict[str, float] = field(default_factory=dict)
    flagged: dict[str, float] = field(default_factory=dict)

    def run(self, minutes: float, gap_seconds: float) -> None:
        """Entries for so long, one a gap on average; then waits for the last of them, three intervals at most."""
        ends_at = time.monotonic() + minutes * 60
        next_at = time.monotonic()
        while (now := time.monotonic()) < ends_at + 3 * INTERVAL_SECONDS:
            if now >= next_at and now < ends_at:
                self.appeared[self.wire.publish(self.chance.randrange(self.wire.feeds))[0]] = now
                next_at = now + self.chance.expovariate(1 / gap_seconds)
            self._look()
            if now >= ends_at and len(self.flagged) == len(self.appeared):
                return
            time.sleep(1)

    def _look(self) -> None:
        with self.engine.connect() as connection:
            there = set(connection.scalars(FLAGGED))
        now = time.monotonic()
        for name in there & self.appeared.keys():
            self.flagged.setdefault(name, now)

    def seconds(self) -> list[float]:
        """From appearing to row, of every entry that has one."""
        return sorted(self.flagged[name] - self.appeared[name] for name in self.flagged)


def judge(watch: Watch) -> int:
    """Prints the figures; 1 where the bar was missed or an entry never got its row."""
    seconds = watch.seconds()
    missing = len(watch.appeared) - len(seconds)
    p95 = quantiles(seconds, n=20, method="inclusive")[18]
    print(
        f"{len(seconds)} entries flagged, {missing} never: "
        f"median {median(seconds):.0f} s, p95 {p95:.0f} s, longest {seconds[-1]:.0f} s (bar {BAR_SECONDS})"
    )
    return int(p95 > BAR_SECONDS or missing > 0)


def main() -> int:
    """Serves, measures, and says whether the bar was met."""
    options = read_options(
        __doc__,
        minutes=(35.0, "how long entries appear"),
        feeds=(60, "how many"),
        gap=(12.0, "seconds between two entries, on average"),
    )
    with tempfile.TemporaryDirectory(prefix="cw-") as name, serving(options.feeds, options.feeds) as wire:
        with running(Path(name), **reading(wire, Path(name) / "data")) as airflow:
            print(f"healthy; entries for {options.minutes:.0f} min", flush=True)
            watch = Watch(wire, airflow.engine, random.Random(7))
            watch.run(options.minutes, options.gap)
        return judge(watch)


if __name__ == "__main__":
    sys.exit(main())
