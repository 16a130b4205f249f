"""The pictures of README and docs, from a running installation in a folder of its own: `make screenshots`."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from claimwire.commands.init import initialise
from claimwire.commands.up import first_collection
from claimwire.operate.api import AirflowApi
from claimwire.operate.environment import Place, airflow_environment, free_port, make_passwords
from claimwire.operate.standalone import Standalone
from claimwire.settings import read_settings

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@contextmanager
def installation(folder: Path) -> Iterator[tuple[Place, dict[str, str]]]:
    """A running Airflow with a first collection done, and its passwords."""
    place = Place(ROOT, folder / "airflow", folder / "var", free_port())
    passwords = make_passwords(place)
    env = airflow_environment(place, dict(os.environ))
    initialise(read_settings(env), Console(stderr=True))
    airflow = Standalone(place, env)
    try:
        airflow.start()
        airflow.wait_healthy(240, lambda _: None)
        first_collection(AirflowApi(place.url, "admin", passwords["admin"]), Console(stderr=True), lambda _: None)
        yield place, passwords
    finally:
        airflow.stop()


@contextmanager
def browser(width: int = 1440, height: int = 900, **options: Any) -> Iterator[Page]:
    """A page in the system's Chromium."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = chromium.new_page(viewport={"width": width, "height": height}, **options)
        yield page
        chromium.close()


def log_in(page: Page, place: Place, password: str, user: str = "admin") -> None:
    """As a person does: the form, the button, and the page behind it."""
    page.goto(place.url)
    page.fill("input[name=username]", user)
    page.fill("input[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_load_state("networkidle")


def main() -> None:
    """Writes `docs/pictures/*.png`."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, installation(Path(folder)) as (place, passwords), browser() as page:
        log_in(page, place, passwords["admin"])
        run = AirflowApi(place.url, "admin", passwords["admin"]).call("GET", "dags/collect_wires/dagRuns?limit=1")
        views = {
            "dags": "/dags",
            "run": f"/dags/collect_wires/runs/{run['dag_runs'][0]['dag_run_id']}",
            "desk": "/plugin/claim-review",
            "wires": "/plugin/claim-review/review/wires",
        }
        for name, path in views.items():
            page.goto(place.url + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(PICTURES / f"{name}.png")


if __name__ == "__main__":
    main()
