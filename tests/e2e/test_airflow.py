"""A real Airflow, driven as a script of operators would: by REST with a token, down to rows and mails, and its end."""

import json
import re
import socket
import time
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec

import psutil
import pytest
import requests
import yaml
from aiosmtpd.controller import Controller
from sqlalchemy import select

from claimwire.catalog import DATA
from claimwire.catalog.feeds import load_feeds
from claimwire.errors import ClaimwireError
from claimwire.operate.api import AirflowApi
from claimwire.operate.environment import free_port
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.feeds import load_catalogue
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, deliveries, fetches, flagged_items

from .airflow_standalone import ROOT, airflow_place, running_airflow
from .statsd import StatsdServer

if find_spec("airflow") is None:  # not imported here: it reads its environment once, when first imported
    pytest.skip("Airflow is not installed", allow_module_level=True)
pytestmark = [pytest.mark.airflow, pytest.mark.slow]

FAULT = re.compile(r'\[(error|critical) *\]|"level": ?"(error|critical)"|Traceback')
DAGS = {path.stem for path in (ROOT / "dags").glob("*.py")}
READERS = ["first@example.org", "second@example.org"]
SUBSCRIPTION = {"key": "desk", "title": "Desk", "at": "00:00", "timezone": "UTC", "deliver": {"smtp": READERS}}


class Mailbox:
    """Keeps what it is handed, by reader."""

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's own name
        self.mails += [(reader, envelope.content.decode()) for reader in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture(scope="module")
def mailbox():
    box, port = Mailbox(), free_port()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    box.port = port
    yield box
    controller.stop()


@pytest.fixture(scope="module")
def statsd():
    pytest.importorskip("statsd")
    server = StatsdServer()
    yield server
    server.close()


def write_catalogue(folder):
    """The packaged data with the sample wire as the only feed, and two readers."""
    (folder / "feeds").mkdir(parents=True)
    (folder / "feeds" / "sample.yml").symlink_to(DATA / "feeds" / "sample.yml")
    for path in DATA.iterdir():
        if path.name not in {"feeds", "subscriptions.yml"}:
            (folder / path.name).symlink_to(path)
    (folder / "subscriptions.yml").write_text(yaml.safe_dump({"subscriptions": [SUBSCRIPTION]}), encoding="utf-8")
    return folder


def watch_since_yesterday(engine, data) -> None:
    """As one that runs since yesterday: a digest whose hour came before the first fetch would not be due."""
    with engine.begin() as connection:
        load_catalogue(connection, load_feeds(data))
        connection.execute(
            fetches.insert().values(
                feed_key="sample", fetched_at=datetime.now(UTC) - timedelta(days=1), outcome="unchanged"
            )
        )


class Standing:
    """The Airflow of this module: where it is, its REST API, its warehouse; `close` stops it."""

    def __init__(self, folder, smtp_port: int, statsd_port: int) -> None:
        self.place = airflow_place(folder)
        self.engine = open_engine(f"sqlite:///{self.place.var_dir / 'warehouse.db'}")
        migrate(self.engine)
        data = write_catalogue(folder / "data")
        watch_since_yesterday(self.engine, data)
        server = {"conn_type": "smtp", "host": "127.0.0.1", "port": smtp_port, "extra": {"tls": "none"}}
        more = {"CLAIMWIRE_DATA_DIR": str(data)}
        more["AIRFLOW_CONN_CLAIMWIRE_SMTP"] = json.dumps(server)
        more |= {"AIRFLOW__METRICS__STATSD_ON": "True", "AIRFLOW__METRICS__STATSD_PORT": str(statsd_port)}
        self._stack = ExitStack()
        self.airflow = self._stack.enter_context(running_airflow(self.place, **more))
        self.api = self.api_of("admin")

    def api_of(self, user: str) -> AirflowApi:
        return AirflowApi(self.place.url, user, self.airflow.passwords[user])

    def run(self, dag_id: str, **conf) -> str:
        """The state in which a run of a DAG ends, its log's place where it is not success."""
        run_id = self.api.trigger(dag_id, conf)
        self.api.call("PATCH", f"dags/{dag_id}", is_paused=False)
        return self.api.wait_run(dag_id, run_id, 120, lambda _: None)

    def column(self, column) -> list:
        with self.engine.connect() as connection:
            return list(connection.scalars(select(column)))

    def close(self) -> None:
        self.engine.dispose()
        self._stack.close()


@pytest.fixture(scope="module")
def standing(tmp_path_factory, mailbox, statsd):
    standing = Standing(tmp_path_factory.mktemp("standing"), mailbox.port, statsd.port)
    yield standing
    standing.close()


def test_every_dag_and_page_is_there_without_an_error(standing):
    deadline = time.monotonic() + 60
    found: set[str] = set()
    while found != DAGS and time.monotonic() < deadline:
        found = {dag["dag_id"] for dag in standing.api.call("GET", "dags")["dags"]}
        time.sleep(0.5)
    assert found == DAGS
    assert standing.api.call("GET", "importErrors")["import_errors"] == []
    assert standing.api.call("GET", "plugins/importErrors")["import_errors"] == []


def test_who_may_not_is_refused_and_a_wrong_form_too(standing):
    anonymous = requests.post(f"{standing.place.url}/api/v2/dags/collect_wires/dagRuns", json={}, timeout=30)
    assert anonymous.status_code == 401
    with pytest.raises(ClaimwireError, match="403"):
        standing.api_of("viewer").trigger("collect_wires", {})
    with pytest.raises(ClaimwireError, match="400"):
        standing.api.trigger("collect_wires", {"feeds": "not a list"})


def test_a_collection_becomes_flagged_items_by_itself(standing):
    begun = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    standing.api.call("PATCH", "dags/detect_claims", is_paused=False)
    assert standing.run("collect_wires", feeds=["sample"]) == "success"

    deadline, detection = time.monotonic() + 60, None
    while detection is None and time.monotonic() < deadline:
        detection = standing.api.latest_run("detect_claims", begun)
        time.sleep(0.5)
    assert detection is not None, "the asset did not start detect_claims"
    assert standing.api.wait_run("detect_claims", detection["dag_run_id"], 120, lambda _: None) == "success"
    assert len(standing.column(articles.c.id)) >= 12
    assert set(standing.column(flagged_items.c.category)) >= {"un_request", "trade_quota"}
    extras = [event["extra"] for event in standing.api.call("GET", "assets/events")["asset_events"]]
    assert any(extra.get("new", 0) >= 12 for extra in extras), "the asset says how many articles came"
    assert any(extra.get("flagged", 0) > 0 for extra in extras)


def test_the_report_of_a_collection_stands_on_the_page_of_its_task(standing):
    run = standing.api.call("GET", "dags/collect_wires/dagRuns?state=success&limit=1")["dag_runs"][0]
    task = standing.api.call("GET", f"dags/collect_wires/dagRuns/{run['dag_run_id']}/taskInstances/report")
    told = task["rendered_fields"]["told"]
    summary, head, *lines = told.splitlines()
    assert summary.startswith("1 feeds: "), told
    assert head.split() == ["outcome", "new", "unchanged", "other", "why"], told
    assert any(line.startswith("new ") and "sample" in line for line in lines), told


def test_what_went_well_left_no_error_in_any_log(standing):
    """Every detection once logged "XCom not found", since mapped results were iterated."""
    logs = [standing.airflow.log, *standing.place.airflow_home.glob("logs/**/*.log")]
    lines = [line for path in logs if path.is_file() for line in path.read_text("utf-8", "replace").splitlines()]
    assert lines
    assert [line for line in lines if FAULT.search(line)] == []


def test_the_metrics_arrive(standing, statsd):
    flagged = sum(
        float(value.split("|")[0]) for value in statsd.values("airflow.claimwire.pipeline.detect_articles.flagged")
    )
    assert flagged == len(set(standing.column(flagged_items.c.article_id)))
    assert statsd.values("airflow.claimwire.pipeline.collect_feeds.new") == ["1|c"]
    for gauge in ("review.queue", "articles.unread", "claims.last_hour", "feeds.active"):
        assert statsd.values(f"airflow.claimwire.{gauge}"), f"{gauge} is not told"


def test_an_unknown_feed_fails_at_once_and_says_what_to_do(standing):
    run_id = standing.api.trigger("collect_wires", {"feeds": ["no-such-feed"]})
    assert standing.api.wait_run("collect_wires", run_id, 60, lambda _: None) == "failed"
    path = f"dags/collect_wires/dagRuns/{run_id}/taskInstances/plan"
    assert standing.api.call("GET", path)["try_number"] == 1, "bad data is not tried again"
    assert "claimwire feeds" in json.dumps(standing.api.call("GET", f"{path}/logs/1"))


def test_the_digest_reaches_each_reader_once(standing, mailbox):
    assert standing.run("daily_digest") == "success"
    assert standing.run("daily_digest") == "success"

    assert sorted(reader for reader, _ in mailbox.mails) == READERS
    assert set(standing.column(deliveries.c.state)) == {"sent"}
    for header in ("List-Unsubscribe:", "Message-ID:", "multipart/"):
        assert header in mailbox.mails[0][1]


def test_it_stops_whole(standing):
    home = str(standing.place.airflow_home)
    assert processes_of(home)
    standing.close()
    assert processes_of(home) == []
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", standing.place.port)) != 0


def processes_of(home: str) -> list[int]:
    """Processes that run with this AIRFLOW_HOME."""
    found = []
    for process in psutil.process_iter():
        try:
            if process.environ().get("AIRFLOW_HOME") == home:
                found.append(process.pid)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found
