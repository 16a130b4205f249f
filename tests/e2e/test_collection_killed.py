"""Collections in processes of their own: killed, and two at once."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from claimwire.catalog.feeds import Feed
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import host_leases

from ..fetch.site import Site, make_feed
from .test_collection import GAP_SECONDS, collect, stored, wire

FEEDS, FILES, ENTRIES = 24, 5, 6


def catalogue(base_url: str) -> list[Feed]:
    """Feeds of one host, one after the other, and a drop folder: the killed process stands in the middle of them."""
    web = [make_feed(key=f"w{n}", url=f"{base_url}/w{n}", content="full") for n in range(FEEDS)]
    return [make_feed(key="drop", folder="wire", content="full"), *web]


def stock_world(site: Site, folder: Path) -> dict[str, int]:
    """Fills the site and the drop folder; gives how often each guid must be stored."""
    drop = folder / "var/drop/wire"
    drop.mkdir(parents=True)
    for number in range(FEEDS):
        site.say(f"/w{number}", wire(site, f"w{number}", ENTRIES))
    for number in range(FILES):
        (drop / f"{number}.xml").write_bytes(wire(site, f"drop{number}", ENTRIES))
        os.utime(drop / f"{number}.xml", (time.time() - 60, time.time() - 60))
    names = [*(f"w{number}" for number in range(FEEDS)), *(f"drop{number}" for number in range(FILES))]
    return {f"{name}/{n}": 1 for name in names for n in range(ENTRIES)}


def collect_in_a_process(warehouse_url: str, base_url: str, folder: Path) -> "subprocess.Popen[bytes]":
    words = [sys.executable, "-m", "tests.e2e.test_collection_killed", warehouse_url, base_url, str(folder)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.parametrize("asked", [1, 13])
def test_killed_in_the_middle_and_run_again_nothing_is_lost_and_nothing_twice(
    tmp_path: Path, site: Site, asked: int
) -> None:
    warehouse_url = f"sqlite:///{tmp_path / 'warehouse.db'}"
    engine = open_engine(warehouse_url)
    migrate(engine)
    expected = stock_world(site, tmp_path)

    first = collect_in_a_process(warehouse_url, site.url(""), tmp_path)
    wait_until(lambda: len(site.asked) >= asked or first.poll() is not None)
    first.kill()
    first.communicate()
    assert first.returncode == -signal.SIGKILL, "it must die in the middle"
    assert sum(stored(engine).values()) < len(expected)

    with engine.begin() as connection:  # what two minutes of patience would do
        connection.execute(host_leases.delete())
    second = collect_in_a_process(warehouse_url, site.url(""), tmp_path)
    _, complaints = second.communicate(timeout=60)
    assert second.returncode == 0, complaints.decode()
    assert stored(engine) == expected
    engine.dispose()


def test_two_workers_at_once_keep_the_gap_and_store_nothing_twice(tmp_path: Path, site: Site) -> None:
    warehouse_url = f"sqlite:///{tmp_path / 'warehouse.db'}"
    engine = open_engine(warehouse_url)
    migrate(engine)
    expected = stock_world(site, tmp_path)
    workers = [collect_in_a_process(warehouse_url, site.url(""), tmp_path) for _ in range(2)]
    for worker in workers:
        _, complaints = worker.communicate(timeout=90)
        assert worker.returncode == 0, complaints.decode()
    visits = sorted((ask.began, ask.ended) for ask in site.asked)
    assert len(visits) == 2 * FEEDS
    assert all(after[0] - before[1] >= GAP_SECONDS * 0.9 for before, after in pairwise(visits))
    assert stored(engine) == expected
    engine.dispose()


def wait_until(is_so: Callable[[], bool], seconds: float = 30) -> None:
    ends_at = time.monotonic() + seconds
    while not is_so() and time.monotonic() < ends_at:
        time.sleep(0.005)


if __name__ == "__main__":
    url, base, where = sys.argv[1:]
    collect(open_engine(url), Path(where), catalogue(base))
