"""The steps of each thread, one current version an article, and what a source changed under a reviewed item."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import RowId, Utc

revision = "0009"
down_revision = "0008"

STAGES = ("asked", "drafted", "held", "refused", "adopted", "applied", "broken", "denied", "eased", "ended")


def upgrade() -> None:
    op.create_table(
        "thread_steps",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("thread_id", RowId, nullable=False, comment="the matter"),
        sa.Column("step_key", sa.String(200), nullable=False, comment="flagged_items.step_key says the same"),
        sa.Column(
            "stage",
            sa.String(12),
            nullable=False,
            comment="what it does to the thread: asked, held, refused, adopted …",
        ),
        sa.Column("first_on", sa.Date(), nullable=False, comment="first day of the step"),
        sa.Column("last_on", sa.Date(), nullable=False, comment="last day"),
        sa.Column("first_publisher", sa.Text(), server_default="", nullable=False, comment="who told it first"),
        sa.Column("first_told_at", Utc(), nullable=False, comment="and when"),
        sa.Column(
            "origins", sa.Integer(), server_default="1", nullable=False, comment="independent origins that tell it"
        ),
        sa.CheckConstraint(f"stage IN {STAGES}", name=op.f("ck_thread_steps_stage")),
        sa.CheckConstraint("first_on <= last_on", name=op.f("ck_thread_steps_days")),
        sa.ForeignKeyConstraint(["thread_id"], ["threads.id"], name=op.f("fk_thread_steps_thread_id_threads")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_thread_steps")),
        sa.UniqueConstraint("step_key", name=op.f("uq_thread_steps_step_key")),
        comment="The steps of each thread; all claims that tell the same step share its key.",
    )
    op.create_index(op.f("ix_thread_steps_thread_id_first_on"), "thread_steps", ["thread_id", "first_on"])
    op.create_index(op.f("ix_flagged_items_step_key"), "flagged_items", ["step_key"])
    op.add_column(
        "flagged_items",
        sa.Column("source_diff", sa.JSON(), comment="word diff of the source under a reviewed item: [op, words] pairs"),
    )
    is_current = sa.text("is_current")
    op.create_index(
        "uq_articles_current",
        "articles",
        ["feed_key", "guid"],
        unique=True,
        sqlite_where=is_current,
        postgresql_where=is_current,
    )


def downgrade() -> None:
    op.drop_index("uq_articles_current", "articles")
    op.drop_column("flagged_items", "source_diff")
    op.drop_index(op.f("ix_flagged_items_step_key"), "flagged_items")
    op.drop_table("thread_steps")
