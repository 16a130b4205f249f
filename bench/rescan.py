"""`python -m bench.rescan`: today's engine over stored articles, by the library alone and through Celery workers.

Fills a warehouse in PostgreSQL, measures `rescan_partition` in this process, then runs the DAG `rescan_archive` (dry
run) through one worker and through two, one task at a time each. Bar: a worker does at least 85 % of the library.
"""

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path

from bench.compose import Cluster
from bench.local_wire import CLAIM, PLAIN, serving
from bench.options import read_options
from bench.topology import running
from claimwire.archive.rescan import PARTITION, plan_rescan, rescan_partition
from claimwire.detect.engine import load_detector
from claimwire.model import Article
from claimwire.operate.api import AirflowApi
from claimwire.settings import Settings, warehouse_url
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.feeds import load_catalogue
from claimwire.warehouse.writing import in_batches, write

BAR_SHARE = 0.85
NOW = datetime.now(UTC)
SENTENCES = 18  # some 1.8 kB


def make_articles() -> Iterator[Article]:
    """Articles of plain sentences, one in five with a claim in its lead."""
    number = 0
    while True:
        number += 1
        plain = [PLAIN.format(n=number * 100 + each) for each in range(SENTENCES)]
        lead = CLAIM.format(n=number) if number % 5 == 0 else f"Mayor number {number} spoke of sanctions and of quotas."
        yield Article(
            id=str(number),
            guid=str(number),
            title=f"Dispatch {number}",
            text=" ".join([lead, *plain]),
            language="en",
            published_at=NOW - timedelta(minutes=number),
            feed_key="wire-0",
            publisher="Local wire",
        )


def fill(settings: Settings, count: int) -> float:
    """So many stored articles that nobody has read; loaded a second."""
    from claimwire.catalog.feeds import load_feeds

    engine = open_engine(settings.warehouse_url)
    write(engine, lambda connection: load_catalogue(connection, load_feeds(settings.data_dir)))
    begun = time.monotonic()
    for batch in in_batches(islice(make_articles(), count), 500):
        write(engine, partial(load_articles, loaded=batch, fetched_at=NOW))
    return count / (time.monotonic() - begun)


def time_library(settings: Settings, count: int, now: datetime) -> float:
    """Articles a second in this process over the first partition, models loaded before."""
    load_detector(settings.data_dir)
    first = plan_rescan(settings, NOW, {})[0]
    begun = time.monotonic()
    rescan_partition(settings, now, first, {"dry_run": True})
    return min(count, PARTITION) / (time.monotonic() - begun)


def time_dag(api: AirflowApi, count: int) -> tuple[float, float]:
    """Articles a second while partitions were compared (start of the first to end of the last), and of the whole run."""
    run_id = api.trigger("rescan_archive", {"dry_run": True})
    state = api.wait_run("rescan_archive", run_id, 1800, lambda _: None)
    if state != "success":
        raise SystemExit(f"rescan_archive ended {state}")
    run = api.call("GET", f"dags/rescan_archive/dagRuns/{run_id}")
    tasks = api.call("GET", f"dags/rescan_archive/dagRuns/{run_id}/taskInstances?limit=1000")["task_instances"]
    parts = [task for task in tasks if task["task_id"] == "compare"]
    read = _seconds(min(task["start_date"] for task in parts), max(task["end_date"] for task in parts))
    return count / read, count / _seconds(run["start_date"], run["end_date"])


def _seconds(start: str, end: str) -> float:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).total_seconds()


def measure(cluster: Cluster, api: AirflowApi, count: int) -> int:
    """Prints a line a way; 1 where a worker falls short of the bar."""
    settings = Settings(
        warehouse_url=warehouse_url(cluster.warehouse_url),
        data_dir=Path(cluster.extra["CLAIMWIRE_DATA_DIR"]),
        var_dir=cluster.folder / "var",
    )
    print(f"loading    {fill(settings, count):6.0f} articles/s into PostgreSQL", flush=True)
    before = time_library(settings, count, NOW)
    one, one_whole = time_dag(api, count)
    after = time_library(settings, count, NOW + timedelta(seconds=1))
    library = (before + after) / 2  # other work on the machine comes and goes
    print(f"library    {library:6.0f} articles/s ({before:.0f} before the first worker, {after:.0f} after)", flush=True)
    tell(1, one, one_whole, library)
    cluster.start_component("worker", 1)
    time.sleep(20)
    tell(2, *time_dag(api, count), library)
    return int(one / library < BAR_SHARE)


def tell(workers: int, reading: float, whole: float, library: float) -> None:
    """A line about a run through so many workers."""
    share = reading / workers / library
    print(
        f"{workers} workers  {reading:6.0f} articles/s, {share:.0%} of the library a worker; "
        f"{whole:.0f} articles/s with planning and report",
        flush=True,
    )


def main() -> int:
    """The exit code: 1 where the bar was missed."""
    options = read_options(__doc__, articles=(20_000, "to read again"))
    folder = Path(tempfile.mkdtemp(prefix="cw-"))
    extra = {"AIRFLOW__CELERY__WORKER_CONCURRENCY": "1", "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}
    with serving(1, 1) as wire, running(folder, wire, 1, **extra) as (cluster, api):
        while api.call("PATCH", "dags/rescan_archive", is_paused=False) is None:
            time.sleep(1)
        return measure(cluster, api, options.articles)


if __name__ == "__main__":
    sys.exit(main())
