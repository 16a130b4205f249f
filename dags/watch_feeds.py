"""# watch_feeds: who watches the watch

**When**: hourly.

**What**: looks for feeds that are silent, broken, out of their band, turned into a web page, or whose dates lie in the
future; writes `feed_health`, shown on the page *Wires*; tells the operators what is new (mail, webhook).

**When red**: the warehouse or the alert could not be reached. Findings themselves never make it red: they are the
product. A quarantined feed is still tried daily; mend its address in `data/feeds/`.
"""

from datetime import timedelta

from airflow.sdk import dag, task
from claimwire_airflow import step
from claimwire_notify import watched
from claimwire_told import tell

from claimwire.operate.defaults import TASK


@dag(
    schedule="7 * * * *",
    catchup=False,
    max_active_runs=1,
    dagrun_timeout=timedelta(minutes=30),
    default_args=TASK,
    tags=["claimwire", "operations"],
    doc_md=__doc__,
    **watched(timedelta(minutes=30)),
)
def watch_feeds():
    @task
    def watch() -> dict[str, int]:
        return tell("operate.watch.watch_feeds")

    @task
    def alert() -> int:
        return step("operate.watch.alert_operators")

    watch() >> alert()


watch_feeds()
