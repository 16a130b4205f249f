"""What slowed loading and asking at a million articles.

Bands are an index of ours, forgotten after days: each row was checked against `stories`, and on SQLite kept twice.
Items are rewritten when another origin tells their step: room in their pages spares PostgreSQL a dozen indices.
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"

KEY = "fk_story_bands_story_id_stories"


def upgrade() -> None:
    op.create_index("ix_flagged_items_event_from", "flagged_items", ["event_from"])
    if _is_sqlite():
        _replace_bands(sqlite_with_rowid=False)
        return
    op.drop_constraint(KEY, "story_bands", type_="foreignkey")
    op.execute("ALTER TABLE flagged_items SET (fillfactor = 80)")


def downgrade() -> None:
    op.drop_index("ix_flagged_items_event_from", "flagged_items")
    if _is_sqlite():
        _replace_bands(sa.ForeignKeyConstraint(["story_id"], ["stories.id"], name=KEY))
        return
    op.execute("DELETE FROM story_bands WHERE story_id NOT IN (SELECT id FROM stories)")
    op.create_foreign_key(KEY, "story_bands", "stories", ["story_id"], ["id"])
    op.execute("ALTER TABLE flagged_items RESET (fillfactor)")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"


def _replace_bands(*given: sa.schema.SchemaItem, **options: bool) -> None:
    op.rename_table("story_bands", "story_bands_before")
    op.create_table(
        "story_bands",
        sa.Column("band", sa.BigInteger(), nullable=False),
        sa.Column("story_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("band", "story_id", name="pk_story_bands"),
        *given,
        **options,
    )
    op.execute("INSERT INTO story_bands SELECT band, story_id FROM story_bands_before ORDER BY band, story_id")
    op.drop_table("story_bands_before")
