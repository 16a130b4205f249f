"""Two writers and a reader at once, kill -9, a full disk, a lost server: nothing lost, nothing doubled."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine, event, func, select, text

from claimwire.errors import WarehouseError
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, feeds, flagged_items, item_codes, thread_steps
from claimwire.warehouse.writing import write

_TABLES = (articles, flagged_items, item_codes)
WRITER = Path(__file__).with_name("writer.py")


def start(engine: Engine, feed_key: str, count: int, batch: int = 20) -> "subprocess.Popen[str]":
    url = engine.url.render_as_string(hide_password=False)
    arguments = [sys.executable, str(WRITER), url, feed_key, str(count), str(batch)]
    return subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def counts(engine: Engine) -> tuple[int, int, int]:
    with engine.connect().execution_options(readonly=True) as connection:
        counted = [select(func.count()).select_from(table).scalar_subquery() for table in _TABLES]
        loaded, flagged, coded = connection.execute(select(*counted)).one()  # one statement: one snapshot
    return loaded, flagged, coded


def test_two_writers_and_a_reader(wired: Engine) -> None:
    same, other = start(wired, "wire", 100), start(wired, "wire", 100)
    reads = 0
    while same.poll() is None or other.poll() is None:
        loaded, flagged, coded = counts(wired)
        assert flagged == coded <= loaded
        reads += 1
    for writer in (same, other):
        out, err = writer.communicate()
        assert (writer.returncode, err) == (0, "")
        assert out.split()[-1] == "g99"
    assert counts(wired) == (100, 100, 100)
    assert reads > 1
    with wired.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(thread_steps)) == 1


def test_a_writer_that_is_killed_leaves_whole_batches(wired: Engine) -> None:
    writer = start(wired, "wire", 2_000, 10)
    assert writer.stdout is not None
    for _ in range(3):
        writer.stdout.readline()
    writer.send_signal(signal.SIGKILL)
    writer.communicate()
    loaded, flagged, coded = counts(wired)
    assert 30 <= loaded < 2_000
    assert loaded == flagged == coded
    assert loaded % 10 == 0
    again = start(wired, "wire", 100, 10)
    _, err = again.communicate()
    assert (again.returncode, err) == (0, "")
    assert counts(wired) == (max(loaded, 100),) * 3


def test_a_full_disk_loses_nothing_and_says_what_to_do(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'small.db'}")
    migrate(engine)

    def fill(connection: Connection) -> None:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
        rows = [{"feed_key": f"f{number}", "publisher": "x" * 2_000, "url": ""} for number in range(500)]
        connection.execute(feeds.insert(), rows)

    with pytest.raises(WarehouseError, match="the disk is full; nothing of this batch was kept: free space"):
        write(engine, fill)
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(feeds)) == 0
    engine.dispose()


def test_a_lock_is_waited_for_a_bounded_time(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'busy.db'}")
    migrate(engine)
    waited: list[float] = []
    other = create_engine(engine.url, connect_args={"timeout": 0.01})
    event.listen(other, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    with engine.begin(), pytest.raises(WarehouseError, match="another process holds the warehouse"):
        write(other, lambda connection: connection.execute(select(feeds)), waits=(0.1, 0.2), sleep=waited.append)
    assert waited == [0.1, 0.2]
    other.dispose()
    engine.dispose()


@pytest.mark.postgres
def test_a_connection_that_the_server_drops_is_made_anew(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrate(engine)
    tries: list[int] = []

    def work(connection: Connection) -> int:
        tries.append(1)
        if len(tries) == 1:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))
        connection.execute(feeds.insert(), [{"feed_key": "wire", "publisher": "", "url": ""}])
        return len(tries)

    assert write(engine, work, sleep=lambda _seconds: None) == 2
    with engine.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(feeds)) == 1
    engine.dispose()


def test_a_server_that_is_away_is_named_after_bounded_waits() -> None:
    engine = open_engine("postgresql+psycopg://nobody@127.0.0.1:9/none")
    waited: list[float] = []
    with pytest.raises(WarehouseError, match=r"cannot be reached .*: start it, then run the same command again"):
        write(engine, lambda connection: connection.execute(text("SELECT 1")), waits=(0.1, 0.4), sleep=waited.append)
    assert waited == [0.1, 0.4]
    engine.dispose()


def test_a_warehouse_without_tables_says_so(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")
    with pytest.raises(WarehouseError, match="run `claimwire init`"):
        write(engine, lambda connection: connection.execute(select(feeds)))
    engine.dispose()
