"""# housekeeping: retention, vacuum, statistics

**When**: Sundays at 02:40 UTC.

**What**: empties the texts of articles older than `CLAIMWIRE_RETENTION_DAYS` (claims, evidence and decisions stay),
drops fetches older than 90 days, draws the week's blind sample of unflagged articles for the desk, then vacuums
the warehouse and renews its statistics.

**When red**: usually a full disk or a lock held by a long query; clear the task when that is over. Safe to repeat.
"""

from datetime import timedelta

from airflow.sdk import dag, task
from claimwire_airflow import step
from claimwire_notify import watched

from claimwire.operate.defaults import TASK


@dag(
    schedule="40 2 * * 0",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=6),
    default_args=TASK,
    tags=["claimwire", "operations"],
    doc_md=__doc__,
    **watched(timedelta(hours=6)),
)
def housekeeping():
    @task
    def purge() -> dict[str, int]:
        return step("archive.retention.purge")

    @task
    def draw_blind_sample() -> int:
        return step("archive.retention.draw_blind_sample")

    @task
    def vacuum() -> str:
        return step("archive.retention.vacuum")

    purge() >> draw_blind_sample() >> vacuum()


housekeeping()
