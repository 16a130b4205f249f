"""The pictures of README and docs, from a running installation in a folder of its own: `make screenshots`.

Every DAG is run first, and has to be green: its run is among the pictures.
"""

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, sync_playwright
from rich.console import Console

from bench.local_airflow import ROOT, LocalAirflow, running
from bench.local_wire import ITEM, PLAIN, LocalWire, link_data, serving
from claimwire.catalog import DATA
from claimwire.commands.up import first_collection
from claimwire.operate.api import AirflowApi
from claimwire.operate.environment import Place

PICTURES = ROOT / "docs" / "pictures"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
PAPERS = ("delta-gazette", "harbour-times", "hill-courier", "isthmus-daily", "lakeside-post", "northern-wire")
OLD_NEWS = {
    "id": "1",
    "title": "Embargo on tin",
    "text": "The delegation asked the UN Security Council on Tuesday to halt all sales of tin to North Korea.",
    "lang": "en",
}


def write_catalogue(folder: Path, wire: LocalWire, digest_at: datetime) -> Path:
    """The packaged data with the sample wire, papers on loopback, one that has moved away, and a digest to a file."""
    link_data(folder, "feeds", "subscriptions.yml")
    (folder / "feeds").mkdir()
    (folder / "feeds" / "sample.yml").symlink_to(DATA / "feeds" / "sample.yml")
    addresses = {paper: f"http://{wire.host(n)}:{wire.port}/{paper}" for n, paper in enumerate(PAPERS)}
    for paper, url in (addresses | {"moved-away": "http://moved-away.invalid/rss"}).items():
        feed = {"key": paper, "url": url, "language": "en", "content": "full", "interval_minutes": 5}
        top = {"publisher": paper.replace("-", " ").title(), "kind": "newspaper", "source": "made up", "feeds": [feed]}
        (folder / "feeds" / f"{paper}.yml").write_text(yaml.safe_dump(top), encoding="utf-8")
    desk = {"key": "desk", "title": "Desk", "at": f"{digest_at:%H:%M}", "deliver": {"file": ["desk"]}}
    (folder / "subscriptions.yml").write_text(yaml.safe_dump({"subscriptions": [desk]}), encoding="utf-8")
    return folder


@contextmanager
def installation(folder: Path) -> Iterator[LocalAirflow]:
    """A running Airflow in which every DAG has run green."""
    digest_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)
    with serving(len(PAPERS), len(PAPERS)) as wire:
        date = format_datetime(datetime.now(UTC))
        for count, paper in enumerate(PAPERS):
            wire.items[paper] = [
                ITEM.format(n=f"{paper}-{n}", date=date, text=PLAIN.format(n=n)) for n in range(3 * count + 2)
            ]
        data = write_catalogue(folder / "data", wire, digest_at)
        with running(folder, CLAIMWIRE_DATA_DIR=str(data), CLAIMWIRE_ALLOWED_HOSTS=wire.allowed_hosts) as airflow:
            first_collection(airflow.api, Console(stderr=True), lambda _: None)
            while datetime.now(UTC) < digest_at + timedelta(seconds=2):
                time.sleep(1)
            run_others(airflow.api, folder)
            yield airflow


def run_others(api: AirflowApi, folder: Path) -> None:
    """One run of each DAG that the first collection has not started."""
    old_news = folder / "old-news.jsonl"
    old_news.write_text(json.dumps(OLD_NEWS) + "\n", encoding="utf-8")
    asked: dict[str, dict[str, Any]] = {
        "import_archive": {"path": str(old_news)},
        "refresh_registers": {},
        "watch_feeds": {},
        "housekeeping": {},
        "rescan_archive": {"dry_run": True},
        "daily_digest": {},
    }
    for dag_id, conf in asked.items():
        state = api.wait_run(dag_id, api.trigger(dag_id, conf), 180, lambda _: None)
        if state != "success":
            raise SystemExit(f"{dag_id} ended {state}")


def views(api: AirflowApi) -> dict[str, str]:
    """Name of each picture, and where it is taken."""
    runs = {
        dag["dag_id"]: api.call("GET", f"dags/{dag['dag_id']}/dagRuns?state=success&order_by=run_after&limit=1")[
            "dag_runs"
        ][0]["dag_run_id"]
        for dag in api.call("GET", "dags")["dags"]
    }
    return {
        "dags": "/dags",
        "desk": "/plugin/claim-review",
        "wires": "/plugin/claim-review/review/wires",
    } | {f"green/{dag_id}": f"/dags/{dag_id}/runs/{run_id}" for dag_id, run_id in runs.items()}


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


def picture_digest(page: Page, outbox: Path) -> None:
    """The upper part of the digest as a mail program shows it."""
    page.set_viewport_size({"width": 960, "height": 600})  # the shape of the others, beside which it stands
    page.goto(next(outbox.glob("desk/*.html")).as_uri())
    page.screenshot(path=PICTURES / "digest.png")
    print(PICTURES / "digest.png", flush=True)


def main() -> None:
    """Writes `docs/pictures/*.png`."""
    (PICTURES / "green").mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        installation(Path(folder)) as airflow,
        browser() as page,
    ):
        log_in(page, airflow.place, airflow.password)
        for name, path in views(airflow.api).items():
            page.goto(airflow.place.url + path)
            page.wait_for_load_state("networkidle")
            page.wait_for_timeout(1500)
            page.screenshot(path=PICTURES / f"{name}.png")
            print(PICTURES / f"{name}.png", flush=True)
        picture_digest(page, airflow.place.var_dir / "digests")


if __name__ == "__main__":
    main()
