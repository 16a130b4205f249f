"""Bringing a warehouse to the schema of this code, with Alembic and without its ini file."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect
from sqlalchemy.schema import SetColumnComment

from claimwire.errors import NotMigrated
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.tables import METADATA

MIGRATIONS = Path(__file__).parent / "migrations"


def migrate(engine: Engine, revision: str = "head") -> tuple[str | None, str | None]:
    """Upgrades (or downgrades) to `revision`; returns the revisions before and after. Safe to repeat.

    Raises:
        NotMigrated: the warehouse is newer than this code.
    """
    config = _config()
    with engine.begin() as connection:
        before = revision_of(connection)
        config.attributes["connection"] = connection
        known = [script.revision for script in ScriptDirectory.from_config(config).walk_revisions()]
        if before is not None and before not in known:
            raise NotMigrated(
                f"the warehouse is at revision {before}, which this claimwire does not know: upgrade claimwire"
            )
        is_older = before is not None and revision in known and known.index(revision) > known.index(before)
        (command.downgrade if is_older or revision == "base" else command.upgrade)(config, revision)
        _comment(connection)
        return before, revision_of(connection)


def open_migrated(url: str) -> Engine:
    """The engine of a warehouse that has the schema of this code.

    Raises:
        NotMigrated: it has another, or none yet; the text says what to run.
    """
    engine = open_engine(url)
    check_migrated(engine)
    return engine


def check_migrated(engine: Engine) -> None:
    """Raises NotMigrated unless the schema is the one of this code."""
    with engine.connect().execution_options(readonly=True) as connection:
        found = revision_of(connection)
    wanted = ScriptDirectory.from_config(_config()).get_current_head()
    if found != wanted:
        raise NotMigrated(
            f"the warehouse is at revision {found or 'none'}, this claimwire needs {wanted}: run `claimwire init`"
        )


def revision_of(connection: Connection) -> str | None:
    """The revision that the warehouse is at; None for an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def _comment(connection: Connection) -> None:
    """Brings the comments of all columns up to what the tables say, so that every SQL tool shows them."""
    if connection.dialect.name != "postgresql":  # SQLite keeps none
        return
    there = inspect(connection)
    for name in set(there.get_table_names()) & METADATA.tables.keys():
        known = METADATA.tables[name].columns
        for column in there.get_columns(name):
            if column["name"] in known and known[column["name"]].comment != column["comment"]:
                connection.execute(SetColumnComment(known[column["name"]]))


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config
