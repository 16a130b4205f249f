"""# detect_claims: unread articles to flagged items

**When**: whenever `collect_wires` or `import_archive` has loaded articles (asset `articles`).

**What**: `plan` cuts the unread articles into batches; `detect` finds the claims of one batch, checks them against
the registers and earlier claims, and loads them into `flagged_items`; `announce` updates the asset `flagged_items`.

**When red**: one bad article never stops a batch (it is quarantined and named in the log), so red means that the
warehouse or the lexicons are broken: run `claimwire doctor` and `claimwire lint`. What is unread stays unread: clear
the red task, or wait for the next run, and it is read once.
"""

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task
from claimwire_airflow import step
from claimwire_assets import ARTICLES, FLAGGED_ITEMS
from claimwire_notify import watched

from claimwire.operate.defaults import TASK


@dag(
    schedule=[ARTICLES],
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=TASK,
    tags=["claimwire", "detect"],
    doc_md=__doc__,
    **watched(timedelta(minutes=60)),
)
def detect_claims():
    @task
    def plan() -> list[list[int]]:
        return step("pipeline.plan_detection")

    @task(map_index_template="{{ batch }}")
    def detect(article_ids: list[int]) -> dict[str, int]:
        get_current_context()["batch"] = f"articles {article_ids[0]} to {article_ids[-1]}"
        return step("pipeline.detect_articles", article_ids)

    @task(outlets=[FLAGGED_ITEMS])
    def announce(counts: list[dict[str, int]], outlet_events) -> None:
        outlet_events[FLAGGED_ITEMS].extra = step("operate.figures.add_up", counts[:])  # iterated, it logs an error

    announce(detect.expand(article_ids=plan()))


detect_claims()
