"""A round of collection through the simulated world: bounded, polite, unharmed, each outcome named.

`python -m bench.world` takes 300 feeds on 60 hosts with short limits; `--full` takes 10,000 on 2,000 with the limits
and the gap of real collections. Exit code 1 where a bar is missed.
"""

import argparse
import json
import resource
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, func, select

from bench.world_server import BEHAVIOURS
from claimwire.catalog.feeds import Feed
from claimwire.fetch.client import Client, Limits
from claimwire.fetch.feed import body_sha256
from claimwire.fetch.round import PUT_OFF, Due, Round
from claimwire.fetch.schedule import first_state
from claimwire.intake import Intake
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.feeds import load_catalogue
from claimwire.warehouse.leases import HostLeases
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, fetches

EXPECTED = {
    "new": "well atom gzip deflate undated wrong-charset pages moved",
    "unchanged": "not-modified same-bytes",
    "rate_limited": "rate-limited rate-limited-date",
    "http_error": "missing broken",
    "gone": "gone",
    "unauthorised": "forbidden",
    "timed_out": "silent drip-body drip-head",
    "too_large": "gzip-bomb forty-megabytes",
    "refused_encoding": "gzip-gzip zstd brotli",
    "refused_bytes": "laughs external-entity attribute-flood",
    "redirect_loop": "loop",
    "blocked_address": "to-metadata to-file to-rebinding to-mapped private",
    "not_a_feed": "page-instead",
    "empty": "no-entries no-body",
    "unreachable": "cut reset",
    "dns_failed": "nameless",
}
OUTCOME = {name: outcome for outcome, names in EXPECTED.items() for name in names.split()}
COMMON = {"well": 30, "not-modified": 20, "gzip": 8, "atom": 4, "same-bytes": 6}
"""How much more often than the others, which come once a cycle."""

SAME = b"<rss version='2.0'><channel><title>same</title></channel></rss>"


SHORT = Limits(connect_seconds=1, read_seconds=1, total_seconds=2)


@dataclass(frozen=True)
class Size:
    """How large the world is, and how patient we are with it."""

    feeds: int = 300
    hosts: int = 60
    gap_seconds: float = 0.2
    retry_after_seconds: int = 2
    workers: int = 32
    limits: Limits = SHORT


FULL = Size(10_000, 2_000, 5.0, 30, limits=Limits())


def make_feeds(size: Size) -> list[Feed]:
    """Feeds dealt out over the hosts, the habits of one host mixed."""
    cycle = [name for name in (*BEHAVIOURS, "private", "nameless") for _ in range(COMMON.get(name, 1))]
    return [make_feed(number, size, cycle[number * 37 % len(cycle)]) for number in range(size.feeds)]


def make_feed(number: int, size: Size, habit: str) -> Feed:
    host = {"private": f"p{number}.trap.test", "nameless": f"n{number}.invalid"}.get(
        habit, f"h{number % size.hosts}.world.test"
    )
    return Feed(
        publisher="World",
        kind="agency",
        source="bench",
        language="en",
        key=f"f{number}-{habit}",
        url=f"http://{host}/f/f{number}/{habit}",
        content="summary" if habit == "pages" else "full",
    )


def habit_of(key: str) -> str:
    return key.partition("-")[2]


def make_due(feed: Feed, now: datetime) -> Due:
    """As after an earlier poll, where the habit needs one."""
    state = first_state(feed)
    if habit_of(feed.key) == "not-modified":
        state = replace(state, etag='"v1"', validator_url=feed.url, last_full_at=now, last_good_at=now)
    if habit_of(feed.key) == "same-bytes":
        state = replace(state, body_sha256=body_sha256(SAME), last_full_at=now, last_good_at=now)
    return Due(feed, state)


@contextmanager
def serving(folder: Path, size: Size) -> Iterator[tuple[Path, int, int]]:
    """The world as a process: its log, its port, and the port that nobody may ever reach."""
    log = folder / "world.log"
    words = [sys.executable, "-m", "bench.world_server", str(log), str(size.retry_after_seconds)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        world, trap = map(int, server.stdout.readline().split())
        yield log, world, trap
        time.sleep(0.5)
        server.terminate()


def make_resolver(world: int, trap: int) -> Any:
    """Names of the world lead to it; those of the trap lead to a private port; numbers lead to themselves."""

    def resolve(host: str, port: int, *_: Any) -> list[Any]:
        if host.endswith(".invalid"):
            raise socket.gaierror(socket.EAI_NONAME, "no such name")
        name = host.strip("[]")
        place = ("127.0.0.1", world) if name.endswith(".world.test") else ("127.0.0.1", trap)
        is_number = name.replace(".", "").isdigit() or ":" in name
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (name, port) if is_number else place)]

    return resolve


def collect(engine: Engine, size: Size, ports: tuple[int, int]) -> tuple[Counter[str], float]:
    """What became of each feed, and how long it took."""
    feeds = make_feeds(size)
    with engine.begin() as connection:
        load_catalogue(connection, feeds)
    hosts = frozenset(f"h{number}.world.test" for number in range(size.hosts))
    client = Client("claimwire-bench", allowed_hosts=hosts, limits=size.limits, resolve=make_resolver(*ports))
    work = Round(
        client,
        HostLeases(engine, "bench"),
        Intake(engine, lambda _: False),
        clock=lambda: datetime.now(UTC),
        folders=lambda _: Path(),
        workers=size.workers,
        gap_seconds=size.gap_seconds,
    )
    now, began = datetime.now(UTC), time.monotonic()
    tally = work.collect([make_due(feed, now) for feed in feeds])
    return tally.went_out, time.monotonic() - began


def misnamed(engine: Engine) -> list[str]:
    """Feeds that ended in another outcome than their habit calls for."""
    with engine.connect() as connection:
        rows = connection.execute(select(fetches.c.feed_key, fetches.c.outcome)).all()
    return [
        f"{key}: {outcome}, not {OUTCOME[habit_of(key)]}" for key, outcome in rows if outcome != OUTCOME[habit_of(key)]
    ]


def impolite(log: Path, size: Size) -> list[str]:
    """What the server's log holds against us."""
    visits: dict[str, list[tuple[float, float, str]]] = defaultdict(list)
    for line in log.read_text(encoding="utf-8").splitlines():
        host, path, began, ended = json.loads(line)
        visits[host].append((began, ended, path))
    faults = ["a private address was connected to"] * len(visits.pop("TRAP", []))
    for host, rows in visits.items():
        for before, after in pairwise(sorted(rows)):
            is_hop = before[2].endswith(("/moved", "/loop"))  # the next hop of the same request
            asked = size.retry_after_seconds if "rate-limited" in before[2] else size.gap_seconds
            if not is_hop and after[0] - before[1] < asked * 0.97 - 0.02:
                faults.append(f"{host}: {after[2]} came {after[0] - before[1]:.2f} s after {before[2]}, not {asked:g}")
    return faults


def peak_megabytes() -> float:
    """The most memory this process ever held; ru_maxrss would tell of the parent that forked us as well."""
    status = Path("/proc/self/status")
    if status.exists():
        held = next(line for line in status.read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Prints the figures; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--full", action="store_true", help="10,000 feeds on 2,000 hosts; takes minutes")
    size = FULL if parser.parse_args().full else Size()
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{folder}/warehouse.db")
        migrate(engine)
        before = peak_megabytes()
        with serving(Path(folder), size) as (log, world, trap):
            ends, seconds = collect(engine, size, (world, trap))
        peak = peak_megabytes()
        wrong, rude = misnamed(engine), impolite(log, size)
        with engine.connect() as connection:
            stored = connection.scalar(select(func.count()).select_from(articles))
            doubled = connection.scalars(
                select(articles.c.guid).group_by(articles.c.feed_key, articles.c.guid).having(func.count() > 1)
            ).all()
        engine.dispose()
    print(
        f"{size.feeds} feeds on {size.hosts} hosts, {size.workers} workers, gap {size.gap_seconds:g} s, {size.limits}"
    )
    print(f"round: {seconds:.1f} s, {stored} articles; memory: {before:.0f} MB before, peak {peak:.0f} MB")
    print("ends: " + ", ".join(f"{count} {name}" for name, count in sorted(ends.items())))
    for title, faults in (("misnamed", wrong), ("impolite", rude), ("stored twice", doubled)):
        print(f"{title}: {len(faults)}", *faults[:5], sep="\n  ")
    is_bad = (
        wrong or rude or doubled or peak >= 500 or ends.total() != size.feeds or (ends[PUT_OFF] and size is not FULL)
    )
    return 1 if is_bad else 0


if __name__ == "__main__":
    sys.exit(main())
