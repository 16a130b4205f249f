"""# refresh_registers: caps, regimes and the operator's sanctions lists

**When**: daily at 03:20 UTC.

**What**: loads `data/registers/` (a changed row is a new row, the old one stays) and the sanctions lists that
`CLAIMWIRE_LISTS` names, as files or addresses. The log has the difference: what came, what changed. Then joins the
last month's items to their threads anew, in the order of publication, so that late arrivals find their place.

**When red**: a register file has a fault (the log names file and line; `claimwire lint` shows it too), or a list could
not be read; the lists loaded before stay in force.
"""

from datetime import timedelta

from airflow.sdk import dag, task
from claimwire_airflow import step
from claimwire_notify import watched
from claimwire_told import tell

from claimwire.operate.defaults import TASK


@dag(
    schedule="20 3 * * *",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=2),
    default_args=TASK,
    tags=["claimwire", "registers"],
    doc_md=__doc__,
    **watched(timedelta(hours=1)),
)
def refresh_registers():
    @task
    def registers() -> dict[str, int]:
        return tell("pipeline.refresh_registers")

    @task
    def lists() -> dict[str, int]:
        return tell("operate.lists.refresh_lists")

    @task
    def threads() -> dict[str, int]:
        return step("archive.retention.rejoin_threads")

    registers() >> lists() >> threads()


refresh_registers()
