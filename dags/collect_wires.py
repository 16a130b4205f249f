"""# collect_wires: fetch what is due, load articles

**When**: every five minutes; each feed has its own next poll, so most runs fetch a few feeds.

**What**: `plan` bundles the feeds that are due by host; `collect` fetches, parses, extracts and loads one bundle;
`report` says what came of each feed; `announce` updates the asset `articles`, which starts `detect_claims`.

**When red**: `report` is red when more than half of the feeds failed and our own network is up, or when a bundle
could not be loaded: its log has a line a feed, worst first. A red `collect` is the warehouse's doing: run
`claimwire doctor`. Nothing is lost: what was not loaded is fetched again.
"""

from datetime import timedelta

from airflow.sdk import Asset, Param, dag, get_current_context, task
from claimwire_airflow import step
from claimwire_notify import watched

from claimwire.operate.defaults import TASK


@dag(
    schedule=timedelta(minutes=5),
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=30),
    default_args=TASK,
    tags=["claimwire", "collect"],
    doc_md=__doc__,
    **watched(timedelta(minutes=20)),
    params={"feeds": Param([], type="array", items={"type": "string"}, description="Only these feeds, due or not")},
)
def collect_wires():
    @task
    def plan(params: dict) -> list[list[str]]:
        return step("pipeline.plan_collection", params["feeds"])

    @task(map_index_template="{{ bundle }}")
    def collect(feed_keys: list[str]) -> dict[str, int]:
        get_current_context()["bundle"] = step("pipeline.label_bundle", feed_keys)
        return step("pipeline.collect_feeds", feed_keys)

    @task(trigger_rule="all_done", retries=0)
    def report(bundles: list[list[str]] | None) -> int:
        return step("pipeline.report_collection", bundles or [])

    @task.short_circuit
    def is_anything_new(new: int) -> bool:
        return new > 0

    @task(outlets=[Asset("articles", uri="claimwire://warehouse/articles")])
    def announce() -> None: ...

    bundles = plan()
    reported = report(bundles)
    collect.expand(feed_keys=bundles) >> reported
    is_anything_new(reported) >> announce()


collect_wires()
