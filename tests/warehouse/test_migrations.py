"""The schema: every revision up and down, on both databases, and the same as the tables say."""

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, inspect, text

from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import MIGRATIONS, check_migrated, migrate
from claimwire.warehouse.tables import METADATA

REVISIONS = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()][::-1]


def test_every_revision_goes_up_and_down(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    for revision in REVISIONS:
        assert migrate(engine, revision)[1] == revision
        migrate(engine, "head")
        check_migrated(engine)
        migrate(engine, revision)
    for revision in [*REVISIONS[-2::-1], "base"]:
        migrate(engine, revision)
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    engine.dispose()


def is_ours(name: str | None, *_: object) -> bool:
    """The trigram index is made by each database in its own way; no Table can say it."""
    return "item_text" not in (name or "")


def test_migrations_make_what_the_tables_say(warehouse: Engine) -> None:
    with warehouse.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": is_ours})
        assert compare_metadata(context, METADATA) == []


def test_migrating_twice_changes_nothing(warehouse: Engine) -> None:
    before, after = migrate(warehouse)
    assert before == after == REVISIONS[-1]


def test_rows_outlive_every_later_revision(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    migrate(engine, "0003")
    with engine.begin() as connection:
        connection.execute(text("INSERT INTO feeds (feed_key, publisher, url) VALUES ('wire', 'The Wire', 'x')"))
        connection.execute(
            text(
                "INSERT INTO articles (feed_key, guid, content_sha256, fetched_at, title)"
                " VALUES ('wire', 'a1', 'x', '2026-11-20 12:00:00', 'Old news')"
            )
        )
    for revision in ("head", "0003", "head"):
        migrate(engine, revision)
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT feed_key, guid, title, is_current FROM articles")).all()
        assert [(*row[:3], bool(row[3])) for row in rows] == [("wire", "a1", "Old news", True)]
    engine.dispose()
