"""`python -m bench.topology`: the compose file's cluster without Docker, through it one run, and what each loss costs.

Starts PostgreSQL, Redis and every Airflow component with the command and environment of its compose service and two
Celery workers, and sends a wire of its own through them. With --kill, each part is killed (-9) while tasks run and
started again, as the restart policy would; then it says how long until all that was published is read and every DAG
green again, what was lost and what came twice.
"""

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from bench.compose import Cluster
from bench.local_wire import LocalWire, serving
from bench.loss import PARTS, Loss, lose
from claimwire.errors import ClaimwireError
from claimwire.operate.api import AirflowApi

HOSTS = 8


def wait_healthy(cluster: Cluster, timeout_seconds: float = 240) -> float:
    """Seconds until all components say healthy."""
    begun = time.monotonic()
    while time.monotonic() - begun < timeout_seconds:
        cluster.revive()
        try:
            body = requests.get(f"{cluster.url}/api/v2/monitor/health", timeout=5).json()
            parts = ("metadatabase", "scheduler", "triggerer", "dag_processor")
            if [(body.get(part) or {}).get("status") for part in parts] == ["healthy"] * 4:
                return time.monotonic() - begun
        except (requests.RequestException, ValueError):
            pass
        time.sleep(1)
    raise SystemExit(f"the cluster is not healthy; its logs lie in {cluster.folder}")


@contextmanager
def running(folder: Path, wire: LocalWire, workers: int, **extra: str) -> Iterator[tuple[Cluster, AirflowApi]]:
    """A healthy cluster that reads the wire, and its REST API; all of it is stopped in the end."""
    folder.chmod(0o755)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit("stopped"))  # else the cluster would outlive us
    data = wire.write_catalogue(folder / "data")
    settings = {"CLAIMWIRE_DATA_DIR": str(data), "CLAIMWIRE_ALLOWED_HOSTS": wire.allowed_hosts}
    cluster = Cluster(folder, settings | extra)
    try:
        begun = time.monotonic()
        cluster.start(workers)
        print(f"started in {time.monotonic() - begun:.0f} s, healthy {wait_healthy(cluster):.0f} s later", flush=True)
        yield cluster, AirflowApi(cluster.url, "admin", cluster.dotenv["AIRFLOW_ADMIN_PASSWORD"])
    finally:
        cluster.stop()


def run_through(api: AirflowApi, feeds: list[str], timeout_seconds: float = 300) -> dict[str, float | str]:
    """One collection of these feeds and the detection that follows; states and seconds."""
    begun = time.monotonic()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    run_id = api.trigger("collect_wires", {"feeds": feeds})
    collected = api.wait_run("collect_wires", run_id, timeout_seconds, lambda _: None)
    detection, waited = None, time.monotonic()
    while detection is None and time.monotonic() - waited < 60:
        detection = api.latest_run("detect_claims", started)
        time.sleep(0.5)
    detected = "nothing new"
    if detection:
        detected = api.wait_run("detect_claims", detection["dag_run_id"], timeout_seconds, lambda _: None)
    return {"collect": collected, "detect": detected, "seconds": round(time.monotonic() - begun, 1)}


def main() -> int:
    """Prints what happened, a line a step; 1 where something was lost, doubled or stayed red."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--kill", nargs="*", choices=PARTS, help="kill these parts (all, where none is named)")
    args.add_argument("--workers", type=int, default=2)
    options = args.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="cw-"))
    print(f"folder {folder}")
    with serving(HOSTS, HOSTS) as wire, running(folder, wire, options.workers) as (cluster, api):
        loss = Loss(cluster, api, wire)
        loss.publish()
        result = run_through(api, [f"wire-{number}" for number in range(HOSTS)])
        print(f"first run {result}; {loss.describe()}", flush=True)
        faults = int(result["collect"] != "success" or result["detect"] != "success" or not loss.is_whole())
        for part in () if options.kill is None else options.kill or PARTS:
            try:
                print(f"killed    {part:10} {lose(loss, part)}", flush=True)
            except ClaimwireError as error:
                print(f"killed    {part:10} FAILED: {error}", flush=True)
                faults += 1
        return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
