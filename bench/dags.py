"""`python -m bench.dags`: what the DAGs themselves cost, in a real local Airflow (LocalExecutor, SQLite).

* `collect_wires` over a thousand feeds on loopback, one run, task overhead included (bar: 240 s on two cores);
* from an entry appearing to its row in `flagged_items`, triggered by hand (bar: 60 s);
* with --runs, the scheduler's memory before and after that many runs (bar: flat).
"""

import statistics
import sys
import tempfile
import time
from datetime import datetime
from pathlib import Path

import psutil

from bench.local_airflow import LocalAirflow, reading, running
from bench.local_wire import LocalWire, serving
from bench.options import read_options

RUN_BAR_SECONDS, LATENCY_BAR_SECONDS, GROWTH_BAR_SHARE = 240, 60, 0.1


def time_run(airflow: LocalAirflow, feeds: int) -> float:
    """Seconds of the first run over all feeds, from queued to ended, as Airflow has it."""
    api = airflow.api
    run_id = api.trigger("collect_wires", {"feeds": [f"wire-{number}" for number in range(feeds)]})
    for dag in ("collect_wires", "detect_claims"):
        api.call("PATCH", f"dags/{dag}", is_paused=False)
    state = api.wait_run("collect_wires", run_id, 900, lambda _: None)
    run = api.call("GET", f"dags/collect_wires/dagRuns/{run_id}")
    seconds = (datetime.fromisoformat(run["end_date"]) - datetime.fromisoformat(run["start_date"])).total_seconds()
    read = airflow.count("SELECT count(DISTINCT feed_key) FROM fetches WHERE outcome = 'new'")
    stored = airflow.count("SELECT count(*) FROM articles")
    print(f"collect   {state}: {read} of {feeds} feeds read, {stored} articles, {seconds:.0f} s", flush=True)
    return seconds if state == "success" and read == feeds else float("inf")


def time_entry(airflow: LocalAirflow, wire: LocalWire, feed: int) -> float:
    """Seconds from an entry's appearing to its row, triggered by hand."""
    name, begun = wire.publish(feed)[0], time.monotonic()
    airflow.api.trigger("collect_wires", {"feeds": [f"wire-{feed}"]})
    query = f"SELECT count(*) FROM flagged_items i JOIN articles a ON a.id = i.article_id WHERE a.guid = '{name}'"
    while not airflow.count(query) and time.monotonic() - begun < 300:
        time.sleep(0.2)
    return time.monotonic() - begun


def scheduler_memory(home: str) -> float:
    """Proportional megabytes of the scheduler's own process."""
    sizes = []
    for process in psutil.process_iter():
        try:
            if "airflow scheduler" in " ".join(process.cmdline()) and process.environ().get("AIRFLOW_HOME") == home:
                sizes.append(process.memory_full_info().pss / 1e6)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return max(sizes, default=0.0)


def time_growth(airflow: LocalAirflow, runs: int) -> float:
    """How much the scheduler grew over so many runs, as a share; the first ten warm it."""
    sizes = []
    for _ in range(runs):
        run_id = airflow.api.trigger("collect_wires", {"feeds": ["wire-0"]})
        airflow.api.wait_run("collect_wires", run_id, 120, lambda _: None)
        sizes.append(scheduler_memory(str(airflow.place.airflow_home)))
    warm = statistics.median(sizes[5:15])
    late = statistics.median(sizes[-10:])
    print(f"scheduler {warm:.0f} MB after 10 runs, {late:.0f} MB after {runs}", flush=True)
    return late / warm - 1


def main() -> int:
    """Prints the figures; 1 where a bar was missed."""
    options = read_options(
        __doc__,
        feeds=(1000, "how many"),
        hosts=(500, "that serve them"),
        runs=(0, "how many runs to watch the scheduler's memory over"),
    )
    missed = []
    with tempfile.TemporaryDirectory(prefix="cw-") as name, serving(options.feeds, options.hosts) as wire:
        for feed in range(options.feeds):
            wire.publish(feed, 5)
        settings = reading(wire, Path(name) / "data") | {"AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "True"}
        with running(Path(name), **settings) as airflow:
            missed += ["collect"] * (time_run(airflow, options.feeds) > RUN_BAR_SECONDS)
            while airflow.count("SELECT count(*) FROM articles WHERE detected_at IS NULL"):
                time.sleep(1)
            latencies = sorted(time_entry(airflow, wire, feed) for feed in range(3))
            print(f"entry to row by hand: {', '.join(f'{each:.0f}' for each in latencies)} s", flush=True)
            missed += ["latency"] * (latencies[-1] > LATENCY_BAR_SECONDS)
            if options.runs:
                missed += ["memory"] * (time_growth(airflow, options.runs) > GROWTH_BAR_SHARE)
    print(f"bars missed by: {', '.join(missed)}" if missed else "all bars met")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
