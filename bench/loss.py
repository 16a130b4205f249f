"""What a killed part of the cluster costs: what was published is counted against what the warehouse holds."""

import time
from dataclasses import dataclass, field

from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from bench.compose import Cluster
from bench.local_wire import LocalWire
from bench.mail_loss import TWO_INTERVALS_SECONDS, lose_mail
from claimwire.errors import ClaimwireError
from claimwire.operate.api import AirflowApi
from claimwire.settings import warehouse_url

PARTS = ("worker-0", "scheduler", "redis", "postgres", "smtp")
ENTRIES = 5
DAGS = ("collect_wires", "detect_claims")


@dataclass
class Loss:
    """What was published so far, and what became of it."""

    cluster: Cluster
    api: AirflowApi
    wire: LocalWire
    published: list[str] = field(default_factory=list)

    def publish(self) -> None:
        """Five more entries in each feed, one of them with a claim."""
        for feed in range(self.wire.feeds):
            self.published += self.wire.publish(feed, ENTRIES)

    def count(self, query: str) -> int:
        """A number out of the warehouse; -1 while it is out of reach."""
        engine = create_engine(warehouse_url(self.cluster.warehouse_url))
        try:
            with engine.connect() as connection:
                return int(connection.scalar(text(query)) or 0)
        except SQLAlchemyError:
            return -1
        finally:
            engine.dispose()

    def is_whole(self) -> bool:
        """Each entry is there once and was read, and each claim was flagged once."""
        wanted = len(self.published)
        return (
            self.count("SELECT count(*) FROM articles WHERE detected_at IS NOT NULL") == wanted
            and self.count("SELECT count(DISTINCT guid) FROM articles") == wanted
            and self.count("SELECT count(DISTINCT article_id) FROM flagged_items") == wanted // ENTRIES
        )

    def describe(self) -> str:
        """Published, stored, read, flagged, and what came twice."""
        stored, read = (
            self.count("SELECT count(*) FROM articles"),
            self.count("SELECT count(*) FROM articles WHERE detected_at IS NOT NULL"),
        )
        flagged = self.count("SELECT count(DISTINCT article_id) FROM flagged_items")
        twice = stored - self.count("SELECT count(DISTINCT guid) FROM articles")
        return f"{len(self.published)} published, {stored} stored, {read} read, {flagged} flagged, {twice} twice"

    def states(self) -> list[str]:
        """How the latest run of each DAG stands."""
        runs = [self.api.call("GET", f"dags/{dag}/dagRuns?order_by=-run_after&limit=1") for dag in DAGS]
        return [run["dag_runs"][0]["state"] for run in runs if run and run["dag_runs"]]


def lose(loss: Loss, part: str) -> str:
    """Kills a part while tasks run, starts it again; says how long until all was well.

    Raises:
        ClaimwireError: something was lost or doubled, or is not green after two intervals.
    """
    if part == "smtp":
        return lose_mail(loss)
    loss.publish()
    loss.api.trigger("collect_wires", {"feeds": [f"wire-{number}" for number in range(loss.wire.feeds)]})
    _wait_running(loss.api)
    begun = time.monotonic()
    loss.cluster.kill(part)
    time.sleep(5)
    loss.cluster.start_again(part)
    revived: list[str] = []
    while time.monotonic() - begun < TWO_INTERVALS_SECONDS:
        time.sleep(2)
        revived += loss.cluster.revive()
        try:
            is_green = set(loss.states()) == {"success"}
        except (ClaimwireError, OSError):
            continue
        if loss.is_whole() and is_green:
            died = f"; died with it: {', '.join(revived)}" if revived else ""
            return f"whole and green after {time.monotonic() - begun:.0f} s; {loss.describe()}{died}"
    raise ClaimwireError(f"after {TWO_INTERVALS_SECONDS:.0f} s: {loss.describe()}, DAGs {loss.states()}")


def _wait_running(api: AirflowApi) -> None:
    """Until a task fetches."""
    for _ in range(240):
        path = "dags/collect_wires/dagRuns/~/taskInstances?task_id=collect&state=running&limit=1"
        if (api.call("GET", path) or {}).get("total_entries"):
            return
        time.sleep(0.25)
    raise ClaimwireError("no task began to fetch within a minute")
