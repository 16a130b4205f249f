"""Checks, retention and rights."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine, create_engine, func, select, text, update
from sqlalchemy.exc import DBAPIError

from claimwire.catalog import DATA
from claimwire.errors import NotMigrated, WarehouseError
from claimwire.model import Disposition
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import METADATA, articles, feeds, flagged_items, threads
from claimwire.warehouse.upkeep import find_faults, grant_reading, purge_texts

from .conftest import NOON, a_claim, an_article
from .test_items import flag


def test_every_table_and_column_says_what_it_is() -> None:
    silent = [
        f"{table}.{column.name}" for table in METADATA.tables.values() for column in table.columns if not column.comment
    ]
    assert silent == []
    assert all(table.comment for table in METADATA.tables.values())


def test_a_sound_warehouse_has_no_faults(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    with wired.begin() as connection:
        connection.execute(update(flagged_items).values(quota_id=None))
    assert find_faults(wired, DATA) == []


def test_what_no_constraint_forbids_is_found(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    with wired.begin() as connection:
        connection.execute(update(flagged_items).values(quota_id="NO-SUCH", thread_id=None, step_key="nowhere"))
    assert find_faults(wired, DATA) == [
        "1 threads hold nothing",
        "1 items tell a step that is not there: run `claimwire assess`",
        "1 items name a cap that is not on record",
    ]


def test_an_old_schema_is_named(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    migrate(engine, "0004")
    with pytest.raises(NotMigrated, match="claimwire init"):
        find_faults(engine, DATA)
    engine.dispose()


def test_texts_expire_and_claims_stay(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    assert purge_texts(wired, NOON) == (0, 0)
    assert purge_texts(wired, NOON + timedelta(seconds=1)) == (1, 0)
    with wired.begin() as connection:
        assert connection.scalar(select(articles.c.text)) == ""
        assert connection.scalar(select(flagged_items.c.evidence)) == "A cap was broken, it said."
        assert load_articles(connection, [an_article()], NOON) == [Disposition.UNCHANGED]


@pytest.mark.postgres
def test_sequences_left_behind_by_a_restore_are_found_and_mended(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(feeds.insert().values(feed_key="wire", publisher="The Wire", url="https://wire.example/rss"))
    flag(engine, an_article(), a_claim())
    with engine.begin() as connection:
        connection.execute(update(flagged_items).values(quota_id=None))
        connection.execute(text("ALTER SEQUENCE articles_id_seq RESTART"))
    [fault] = find_faults(engine, DATA)
    told, _, mend = fault.partition(", run ")
    assert told == "table articles holds id 1, which public.articles_id_seq would give again: stop loaders"
    with engine.begin() as connection:
        connection.execute(text(mend))
    assert find_faults(engine, DATA) == []
    flag(engine, an_article("a2"), a_claim())
    engine.dispose()


@pytest.mark.postgres
def test_a_lost_sequence_is_found_and_mended(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.execute(text("DROP SEQUENCE articles_id_seq CASCADE"))
    [fault] = find_faults(engine, DATA)
    assert fault.startswith("table articles has lost the sequence of its ids: stop loaders, run ")
    with engine.begin() as connection:
        connection.exec_driver_sql(fault.partition(", run ")[2].partition("; then")[0])
    assert find_faults(engine, DATA) == []
    engine.dispose()


@pytest.mark.postgres
def test_analysts_may_read_and_not_write(postgres_url: str) -> None:
    engine = open_engine(postgres_url)
    migrate(engine)
    for _ in range(2):
        assert "may read" in grant_reading(engine, "Anne O'Lyst")
    reader = create_engine(postgres_url)
    with reader.connect() as connection:
        connection.execute(text("""SET ROLE "Anne O'Lyst" """))
        assert connection.scalar(select(func.count()).select_from(threads)) == 0
        assert connection.scalar(text("SELECT count(*) FROM cap_ledger")) == 0
        for statement in ("DELETE FROM threads", "SELECT * FROM deliveries", "CREATE TABLE mine (id int)"):
            with pytest.raises(DBAPIError, match="denied"), connection.begin_nested():
                connection.execute(text(statement))
    reader.dispose()
    with engine.begin() as connection:
        connection.execute(text("""DROP OWNED BY "Anne O'Lyst"; DROP ROLE "Anne O'Lyst" """))
    engine.dispose()


def test_sqlite_says_what_to_do_instead() -> None:
    with pytest.raises(WarehouseError, match="mode=ro"):
        grant_reading(create_engine("sqlite://"), "anne")
