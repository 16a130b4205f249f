"""# collect_wires: fetch what is due, load articles

**When**: every five minutes; each feed has its own next poll, so most runs fetch a few feeds.

**What**: `plan` bundles due feeds by host; `collect` fetches, parses, extracts and loads one bundle; `report` says what
came of each feed (log, *Rendered Templates*) and feeds the metrics; `announce` updates the asset `articles`.

**When red**: `report` is red when over half of the feeds failed while our own network is up, or a bundle left no trace:
its log has the feeds, worst first. A red `collect` wants `claimwire doctor`. What was not loaded comes again.
"""

from datetime import timedelta

from airflow.sdk import Param, dag, get_current_context, task
from claimwire_airflow import measure, step
from claimwire_assets import ARTICLES
from claimwire_notify import watched
from claimwire_told import tell

from claimwire.operate.defaults import HALF_AN_INTERVAL_SECONDS, TASK
from claimwire.settings import read_settings


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
        return step("pipeline.plan_collection", params["feeds"], HALF_AN_INTERVAL_SECONDS)

    @task(map_index_template="{{ bundle }}", pool=read_settings().fetch_pool)
    def collect(feed_keys: list[str]) -> dict[str, int]:
        get_current_context()["bundle"] = step("pipeline.label_bundle", feed_keys)
        return step("pipeline.collect_feeds", feed_keys)

    @task(trigger_rule="all_done", retries=0)
    def report(bundles: list[list[str]] | None) -> dict[str, int]:
        measure("operate.figures.read_figures")
        return tell("pipeline.report_collection", bundles)

    @task(outlets=[ARTICLES])
    def announce(counts: dict[str, int], outlet_events) -> None:
        outlet_events[ARTICLES].extra = counts

    bundles = plan()
    reported = report(bundles)
    collect.expand(feed_keys=bundles) >> reported
    task.short_circuit(lambda counts: counts["new"] > 0, task_id="is_anything_new")(reported) >> announce(reported)


collect_wires()
