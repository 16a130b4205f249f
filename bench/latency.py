"""`python -m bench.latency`: from an entry's appearing in a feed to its row, at the five-minute schedule.

A real local Airflow with all DAGs switched on as a user has them reads feeds on loopback, in which entries appear at
random moments; a row counts when another process can read it. Bar: 420 s at the 95th percentile.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles

from rich.console import Console
from sqlalchemy import Engine, text

from bench.local_wire import LocalWire, serving
from claimwire.commands.init import initialise
from claimwire.operate.environment import Place, airflow_environment, free_port, make_passwords
from claimwire.operate.standalone import Standalone
from claimwire.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
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


def measure(watch: Watch, place: Place, env: dict[str, str], minutes: float, gap_seconds: float) -> int:
    """Prints the figures; 1 where the bar was missed or an entry never got its row."""
    airflow = Standalone(place, env)
    make_passwords(place)
    try:
        airflow.start()
        airflow.wait_healthy(240, lambda _: None)
        print(f"healthy; entries for {minutes:.0f} min", flush=True)
        watch.run(minutes, gap_seconds)
    finally:
        airflow.stop()
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
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--minutes", type=float, default=35)
    args.add_argument("--feeds", type=int, default=60)
    args.add_argument("--gap", type=float, default=12, help="seconds between two entries, on average")
    options = args.parse_args()
    with tempfile.TemporaryDirectory(prefix="cw-") as name, serving(options.feeds, options.feeds) as wire:
        folder = Path(name)
        place = Place(ROOT, folder / "airflow", folder / "var", free_port())
        env = airflow_environment(place, dict(os.environ)) | {
            "CLAIMWIRE_DATA_DIR": str(wire.write_catalogue(folder / "data")),
            "CLAIMWIRE_ALLOWED_HOSTS": wire.allowed_hosts,
        }
        engine = initialise(read_settings(env), Console(stderr=True))
        try:
            return measure(Watch(wire, engine, random.Random(7)), place, env, options.minutes, options.gap)
        finally:
            engine.dispose()


if __name__ == "__main__":
    sys.exit(main())
