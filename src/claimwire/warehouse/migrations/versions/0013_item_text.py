"""An index of what sentences and headlines say, by trigrams, so that a search reads no item that it need not."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

# External content: the index holds no second copy of the texts; triggers keep it in step, whoever writes.
_SQLITE = (
    "CREATE VIRTUAL TABLE item_text USING fts5(evidence, headline, content='flagged_items', content_rowid='id', "
    "tokenize='trigram')",
    "INSERT INTO item_text(item_text) VALUES ('rebuild')",
    "CREATE TRIGGER item_text_added AFTER INSERT ON flagged_items BEGIN "
    "INSERT INTO item_text(rowid, evidence, headline) VALUES (new.id, new.evidence, new.headline); END",
    "CREATE TRIGGER item_text_gone AFTER DELETE ON flagged_items BEGIN "
    "INSERT INTO item_text(item_text, rowid, evidence, headline) VALUES ('delete', old.id, old.evidence, old.headline); END",
    "CREATE TRIGGER item_text_changed AFTER UPDATE OF evidence, headline ON flagged_items BEGIN "
    "INSERT INTO item_text(item_text, rowid, evidence, headline) VALUES ('delete', old.id, old.evidence, old.headline); "
    "INSERT INTO item_text(rowid, evidence, headline) VALUES (new.id, new.evidence, new.headline); END",
)


def upgrade() -> None:
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for statement in _SQLITE:
            op.execute(statement)
    elif _has_trigrams(connection):
        op.execute(
            "CREATE INDEX ix_flagged_items_item_text ON flagged_items "
            "USING gin (evidence gin_trgm_ops, headline gin_trgm_ops)"
        )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for trigger in ("item_text_added", "item_text_gone", "item_text_changed"):
            op.execute(f"DROP TRIGGER IF EXISTS {trigger}")
        op.execute("DROP TABLE item_text")
    else:
        op.execute("DROP INDEX IF EXISTS ix_flagged_items_item_text")


def _has_trigrams(connection: sa.Connection) -> bool:
    """Whether the server has pg_trgm and lets us use it; a search without it reads all items, which is slow but right."""
    known = sa.text("SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_trgm'")
    if not connection.scalar(known):
        return False
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS pg_trgm"))
    except sa.exc.ProgrammingError:  # the role may not
        return False
    return True
