"""# import_archive: old news into the warehouse

**When**: by hand, with a form: the path of a file or folder, local or in an object store (`s3://…`, `gs://…`).

**What**: `plan` lists the files; `load` reads one (JSON lines, Parquet or WARC, told apart by name), a batch a
transaction, and goes on where it stopped when it is cleared; `announce` starts `detect_claims`.

**When red**: the log names the file and the line that could not be read; a bad line is quarantined and never stops the
file, so red means that the file itself is out of reach. Loading twice changes nothing.
"""

from datetime import timedelta

from airflow.sdk import ObjectStoragePath, Param, dag, get_current_context, task
from claimwire_airflow import step
from claimwire_assets import ARTICLES

from claimwire.operate.defaults import TASK


@dag(
    schedule=None,
    max_active_runs=1,
    dagrun_timeout=timedelta(hours=24),
    default_args=TASK | {"execution_timeout": timedelta(hours=6)},
    tags=["claimwire", "archive", "by-hand"],
    doc_md=__doc__,
    params={
        "path": Param("", type="string", description="File or folder; s3:// and the like through a connection"),
        "feed": Param("archive", type="string", description="Feed key under which the articles are filed"),
    },
)
def import_archive():
    @task
    def plan(params: dict) -> list[str]:
        return step("archive.importing.choose_files", ObjectStoragePath(params["path"]))

    @task(map_index_template="{{ file }}")
    def load(path: str, params: dict) -> dict[str, int]:
        get_current_context()["file"] = path.rsplit("/", 1)[-1]
        return step("archive.importing.import_file", ObjectStoragePath(path), params["feed"])

    @task(outlets=[ARTICLES])
    def announce(counts: list[dict[str, int]], outlet_events) -> None:
        outlet_events[ARTICLES].extra = step("operate.figures.add_up", counts[:])  # iterated, it logs an error

    announce(load.expand(path=plan()))


import_archive()
