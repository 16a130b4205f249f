"""`claimwire up`: Airflow with our DAGs and pages on this machine, and a first collection."""

import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType

import click
from rich.console import Console

from claimwire.catalog.feeds import load_feeds
from claimwire.commands.init import initialise
from claimwire.commands.showing import show_flagged
from claimwire.errors import ClaimwireError
from claimwire.operate.api import AirflowApi
from claimwire.operate.defaults import FETCH_POOL_SLOTS
from claimwire.operate.environment import Place, airflow_environment, free_port, make_passwords
from claimwire.operate.report import read_report
from claimwire.operate.standalone import Standalone
from claimwire.settings import read_settings

POOL = "fetch_pool"
SHOWN = 8  # flagged items: the address below them must not be scrolled for


@click.command()
@click.option(
    "--port", default=8080, show_default=True, help="Port of the page; another free one is taken if it is busy."
)
@click.option(
    "--root", type=click.Path(path_type=Path, exists=True), default=".", help="Folder that holds dags/ and plugins/."
)
@click.option("--once", is_flag=True, help="Stop after the first collection.")
def up(port: int, root: Path, *, once: bool) -> None:
    """Airflow with everything in it, on this machine; Ctrl-C stops every process it started."""
    console = Console()
    settings = read_settings()
    started, begun = time.monotonic(), datetime.now(UTC)
    engine = initialise(settings, console)
    root = root.absolute()
    if not (root / "dags").is_dir():
        raise ClaimwireError(f"{root} holds no dags/ folder: run this in a checkout of claimwire, or say --root")
    place = Place(root, root / ".airflow", settings.var_dir, free_port(port))
    passwords = make_passwords(place)
    airflow = Standalone(place, airflow_environment(place, {"CLAIMWIRE_FETCH_POOL": POOL, **os.environ}))
    _stop_on_signals()
    try:
        with console.status("starting Airflow") as status:
            airflow.start()
            airflow.wait_healthy(240, lambda text: status.update(f"starting Airflow: {text}"))
            console.print(f"Airflow is healthy after {time.monotonic() - started:.0f} s")
            api = AirflowApi(place.url, "admin", passwords["admin"])
            api.make_pool(POOL, FETCH_POOL_SLOTS)
            first_collection(api, console, status.update)
        for line in read_report(engine, [feed.key for feed in load_feeds(settings.data_dir)], begun).lines[:2]:
            console.print(line, highlight=False)
        show_flagged(engine, console, limit=SHOWN)
        _announce(console, place, settings.warehouse_url, passwords)
        console.print(f"ready after {time.monotonic() - started:.0f} s; Ctrl-C stops everything", highlight=False)
        while airflow.is_running() and not once:
            time.sleep(1)
        if not once:
            raise ClaimwireError(f"Airflow stopped by itself; the reason stands at the end of {airflow.log}")
    except KeyboardInterrupt:
        console.print("stopping …")
    finally:
        airflow.stop()
    console.print("stopped; nothing is lost, `make run` goes on from here")


def _stop_on_signals() -> None:
    """A terminal that closes or a SIGTERM ends as a Ctrl-C does: with every child stopped."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):  # SIGINT too: a shell's `&` would have it ignored
        signal.signal(number, interrupt)


def first_collection(api: AirflowApi, console: Console, tick: Callable[[str], None]) -> None:
    """Triggers one collection and waits until what it found has been detected."""
    begun = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    run_id = api.trigger("collect_wires", {"feeds": []})
    state = api.wait_run("collect_wires", run_id, 300, tick)
    console.print(f"collect_wires: {state}")
    deadline = time.monotonic() + 20  # nothing new, nothing to detect: the asset then starts no run
    detection = None
    while detection is None and time.monotonic() < deadline:
        detection = api.latest_run("detect_claims", begun)
        time.sleep(0.5)
    if detection is not None:
        state = api.wait_run("detect_claims", detection["dag_run_id"], 300, tick)
        console.print(f"detect_claims: {state}")


def _announce(console: Console, place: Place, warehouse_url: str, passwords: dict[str, str]) -> None:
    console.print(f"\npage       {place.url}   (loopback only)", highlight=False)
    for user, password in passwords.items():
        console.print(f"login      {user:9} {password}", highlight=False)
    console.print(f"passwords  {place.passwords_file}", highlight=False)
    console.print(f"warehouse  {warehouse_url.replace('sqlite:///', '')}\n", highlight=False)
