"""`python -m bench.topology`: the compose file's cluster without Docker, through it one run, and what each loss costs.

Starts PostgreSQL, Redis and every Airflow component with the command and environment of its compose service, two
Celery workers, collects and detects the sample wire; with --kill, kills each part in the middle and starts it again.
"""

import argparse
import tempfile
import time
from pathlib import Path

from sqlalchemy import create_engine, text

from bench.compose import Cluster
from claimwire.operate.api import AirflowApi
from claimwire.settings import warehouse_url

PARTS = ("worker-0", "scheduler", "redis", "postgres")


def wait_healthy(cluster: Cluster, timeout_seconds: float = 240) -> float:
    """Seconds until all components say healthy."""
    import requests

    begun = time.monotonic()
    while time.monotonic() - begun < timeout_seconds:
        try:
            body = requests.get(f"{cluster.url}/api/v2/monitor/health", timeout=5).json()
            states = [
                (body.get(part) or {}).get("status")
                for part in ("metadatabase", "scheduler", "triggerer", "dag_processor")
            ]
            if states == ["healthy"] * 4:
                return time.monotonic() - begun
        except (requests.RequestException, ValueError):
            pass
        time.sleep(1)
    raise SystemExit("the cluster is not healthy; its logs lie in the folder named above")


def run_through(api: AirflowApi, feeds: list[str], timeout_seconds: float = 300) -> dict[str, float | str]:
    """One collection of these feeds and the detection that follows; states and seconds."""
    begun = time.monotonic()
    started = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    run_id = api.trigger("collect_wires", {"feeds": feeds})
    collected = api.wait_run("collect_wires", run_id, timeout_seconds, lambda _: None)
    detection, waited = None, time.monotonic()
    while detection is None and time.monotonic() - waited < 30:
        detection = api.latest_run("detect_claims", started)
        time.sleep(0.5)
    detected = "nothing new"
    if detection:
        detected = api.wait_run("detect_claims", detection["dag_run_id"], timeout_seconds, lambda _: None)
    return {"collect": collected, "detect": detected, "seconds": round(time.monotonic() - begun, 1)}


def count(url: str, table: str) -> int:
    """Rows of a table of the warehouse."""
    engine = create_engine(warehouse_url(url))
    try:
        with engine.connect() as connection:
            return int(connection.scalar(text(f"SELECT count(*) FROM {table}")) or 0)
    finally:
        engine.dispose()


def main() -> None:
    """Prints what happened, a line a step."""
    args = argparse.ArgumentParser(description=__doc__)
    args.add_argument("--kill", action="store_true", help="kill each part in the middle of a run, and start it again")
    args.add_argument("--workers", type=int, default=2)
    options = args.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="claimwire-cluster-"))
    folder.chmod(0o755)
    cluster = Cluster(folder)
    print(f"folder {folder}")
    try:
        begun = time.monotonic()
        cluster.start(options.workers)
        print(f"started in {time.monotonic() - begun:.0f} s, healthy {wait_healthy(cluster):.0f} s later")
        api = AirflowApi(cluster.url, "admin", cluster.dotenv["AIRFLOW_ADMIN_PASSWORD"])
        print("first run ", run_through(api, ["sample"]))
        items = count(cluster.warehouse_url, "flagged_items")
        print(f"flagged   {items} items in PostgreSQL, {count(cluster.warehouse_url, 'articles')} articles")
        for part in PARTS if options.kill else ():
            run_id = api.trigger("collect_wires", {"feeds": ["sample"]})
            time.sleep(1)
            cluster.kill(part)
            time.sleep(3)
            cluster.start_again(part)
            if part in {"postgres", "redis"}:
                time.sleep(5)
            state = api.wait_run("collect_wires", run_id, 600, lambda _: None)
            now = count(cluster.warehouse_url, "flagged_items")
            print(f"killed    {part}: the run under way ended {state}; flagged items {items} before, {now} after")
    finally:
        cluster.stop()


if __name__ == "__main__":
    main()
