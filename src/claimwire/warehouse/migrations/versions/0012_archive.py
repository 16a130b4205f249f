"""How far an import came, and what a rescan would change."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import RowId, Utc

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "imports",
        sa.Column("path", sa.Text(), nullable=False, comment="file of old news, as it was named"),
        sa.Column(
            "rows_done", sa.BigInteger(), server_default="0", nullable=False, comment="rows that are safely loaded"
        ),
        sa.Column("began_at", Utc(), nullable=False),
        sa.Column("finished_at", Utc(), nullable=True, comment="when its end was reached"),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_imports")),
        comment="How far each import of old news came, so that it goes on from there.",
    )
    op.create_table(
        "rescan_changes",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("rescan_key", sa.String(length=120), nullable=False, comment="the run that compared"),
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("change", sa.String(length=8), nullable=False, comment="gained, lost, changed or same"),
        sa.Column("item_key", sa.String(length=64), nullable=False),
        sa.Column(
            "review_status",
            sa.String(length=16),
            server_default="",
            nullable=False,
            comment="of the stored item, if any",
        ),
        sa.Column("language", sa.String(length=12), server_default="", nullable=False),
        sa.Column("category", sa.String(length=20), server_default="", nullable=False),
        sa.Column("evidence", sa.Text(), server_default="", nullable=False),
        sa.Column("before", sa.JSON(), nullable=True, comment="the fields that differ, as stored"),
        sa.Column("after", sa.JSON(), nullable=True, comment="and as today's engine has them"),
        sa.Column("first_id", sa.Integer(), nullable=False, comment="first article of the partition that found it"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_rescan_changes_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rescan_changes")),
        comment="What today's engine finds otherwise in stored articles; `same` only for items that were reviewed.",
    )
    with op.batch_alter_table("rescan_changes") as batch:
        batch.create_index(batch.f("ix_rescan_changes_rescan_key_first_id"), ["rescan_key", "first_id"])


def downgrade() -> None:
    op.drop_table("rescan_changes")
    op.drop_table("imports")
