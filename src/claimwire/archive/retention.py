"""What goes when its time is over, and what is drawn, joined and tidied when little else runs."""

from datetime import datetime, timedelta

from claimwire.catalog.registers import load_registers
from claimwire.settings import Settings
from claimwire.warehouse.desk_readings import draw_readings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.reassessing import reassess_items
from claimwire.warehouse.stories import forget_bands
from claimwire.warehouse.upkeep import purge_texts
from claimwire.warehouse.writing import write


def purge(settings: Settings, now: datetime) -> dict[str, int]:
    """Empties texts older than the retention; claims, evidence and decisions stay."""
    engine = open_engine(settings.warehouse_url)
    texts, fetches = purge_texts(engine, now - timedelta(days=settings.retention_days))
    forget_bands(engine, now)
    return {"texts": texts, "fetches": fetches}


def vacuum(settings: Settings, _now: datetime) -> str:
    """Gives space back and renews the statistics that the planner lives on."""
    engine = open_engine(settings.warehouse_url)
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("VACUUM (ANALYZE)")
        return "vacuumed and analysed"
    raw = engine.raw_connection()  # outside any transaction, which SQLAlchemy's own connections always open
    try:
        for statement in ("PRAGMA optimize", "VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            raw.cursor().execute(statement)
    finally:
        raw.close()
    return "vacuumed and optimised"


LATE = timedelta(days=30)
"""News that comes in later than this changes no thread by itself; `claimwire assess` then joins them anew."""


def rejoin_threads(settings: Settings, now: datetime) -> dict[str, int]:
    """Joins last month's items to threads again, in the order of publication: what came in late finds its place."""
    engine = open_engine(settings.warehouse_url)
    items, changed = reassess_items(engine, load_registers(settings.data_dir), now, now - LATE)
    return {"items": items, "changed": changed}


def draw_blind_sample(settings: Settings, now: datetime) -> int:
    """Draws unflagged articles for reviewers to read blind, some of each stratum: recall comes of it."""
    return write(open_engine(settings.warehouse_url), lambda connection: draw_readings(connection, now))
