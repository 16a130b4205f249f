"""# daily_digest: what is new, by mail, once

**When**: every ten minutes it looks which subscriptions have reached their hour in their own zone
(`data/subscriptions.yml`). A missed hour is made up for within a day.

**What**: `plan` names the digests that are due; `send` composes one, stores it and sends it through its sinks, a
recipient at a time. The ledger (`digests`, `deliveries`) makes it exactly once: a retry sends the stored bytes to
those who have not got them.

**When red**: the log of `send` names the recipient and what the mail server said. Mend the server or the address
and clear the task: who has the digest already is not sent it again. Nothing to send is green.
"""

from datetime import timedelta

from airflow.sdk import dag, get_current_context, task
from claimwire_airflow import step
from claimwire_notify import watched

from claimwire.operate.defaults import TASK


@dag(
    schedule="*/10 * * * *",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=1),
    default_args=TASK,
    tags=["claimwire", "digest"],
    doc_md=__doc__,
    **watched(timedelta(minutes=45)),
)
def daily_digest():
    @task
    def plan() -> list[list[str]]:
        return step("pipeline.plan_digests")

    @task(map_index_template="{{ digest }}")
    def send(due: list[str]) -> dict[str, int]:
        get_current_context()["digest"] = " ".join(due)
        return step("pipeline.send_due_digest", *due)

    send.expand(due=plan())


daily_digest()
