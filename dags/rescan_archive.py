"""# rescan_archive: today's engine over stored articles

**When**: by hand, with a form. Leave *dry run* on first.

**What**: `plan` cuts the stored articles of the window into partitions; `compare` reads each with today's engine and
notes which claims are gained, lost and changed; `report` draws the table, with precision and recall on items that were
reviewed, in its log and as a file under `var/reports/`. Without *dry run* each partition is also applied: claims carry
the new engine and lexicon versions, decisions of reviewers survive.

**When red**: a red partition says which articles; clear it, the others stand. Applying twice changes nothing.
"""

from datetime import timedelta

from airflow.sdk import Param, dag, get_current_context, task
from claimwire_airflow import step
from claimwire_told import tell

from claimwire.operate.defaults import TASK


@dag(
    schedule=None,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=24),
    default_args=TASK | {"execution_timeout": timedelta(hours=3)},
    tags=["claimwire", "archive", "by-hand"],
    doc_md=__doc__,
    params={
        "published_from": Param(None, type=["null", "string"], format="date", description="First day, or all"),
        "published_to": Param(None, type=["null", "string"], format="date", description="Last day, or all"),
        "languages": Param([], type="array", items={"type": "string"}, description="Codes such as fr; none = all"),
        "feeds": Param([], type="array", items={"type": "string"}, description="Feed keys; none = all"),
        "dry_run": Param(True, type="boolean", description="Only compare"),
    },
)
def rescan_archive():
    @task
    def plan(params: dict) -> list[list[int]]:
        return step("archive.rescan.plan_rescan", params)

    @task(map_index_template="{{ partition }}")
    def compare(partition: list[int], params: dict) -> str:
        get_current_context()["partition"] = f"articles {partition[0]} to {partition[1]}"
        return step("archive.rescan.rescan_partition", partition, params)

    @task
    def report(parts: list[str]) -> dict[str, int]:
        return tell("archive.rescan.report_rescan", parts[:])  # iterated, it logs an error

    report(compare.expand(partition=plan()))


rescan_archive()
