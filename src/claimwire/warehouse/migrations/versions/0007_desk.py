"""What the review desk keeps beside the items, and the index that its queue walks."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import RowId, Utc

revision = "0007"
down_revision = "0006"

DESK = ["priority", "id", "review_status", "category", "act", "measure", "modality", "language", "publisher"]
DESK += ["score", "published_at", "quota_id", "thread_id", "story_id", "assignee"]
ITEM_COLUMNS: dict[str, tuple[Any, str]] = {
    "machine": (sa.JSON(), "the machine's values of the fields that a reviewer corrected"),
    "first_reviewer": (sa.Text(), "four eyes: who decided first; a second reviewer must agree"),
    "first_action": (sa.String(12), "four eyes: what the first reviewer decided"),
}


def upgrade() -> None:
    for name, (kind, comment) in ITEM_COLUMNS.items():
        op.add_column("flagged_items", sa.Column(name, kind, comment=comment))
    op.create_index("ix_flagged_items_desk", "flagged_items", DESK)
    op.add_column(
        "decisions",
        sa.Column("batch_key", sa.String(32), comment="decisions made by one stroke on a selection share it"),
    )
    op.create_index(op.f("ix_decisions_batch_key"), "decisions", ["batch_key"])
    op.create_table(
        "saved_filters",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("owner", sa.String(120), nullable=False, comment="reviewer who saved it; everybody may use it"),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("query", sa.Text(), nullable=False, comment="the filter as it stands in the queue's address"),
        sa.Column("created_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_filters")),
        sa.UniqueConstraint("owner", "name", name=op.f("uq_saved_filters_owner_name")),
        comment="Filters of the queue under a name.",
    )
    op.create_table(
        "item_presence",
        sa.Column("item_id", RowId, nullable=False),
        sa.Column("reviewer", sa.String(120), nullable=False),
        sa.Column("seen_at", Utc(), nullable=False, comment="last sign of life on the item's page"),
        sa.ForeignKeyConstraint(
            ["item_id"], ["flagged_items.id"], name=op.f("fk_item_presence_item_id_flagged_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("item_id", "reviewer", name=op.f("pk_item_presence")),
        comment="Who has which item open, so that two reviewers see each other.",
    )
    op.create_table(
        "readings",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("article_id", RowId, nullable=False),
        sa.Column("week_on", sa.Date(), nullable=False, comment="Monday of the week that it was drawn for"),
        sa.Column("stratum", sa.String(40), nullable=False, comment="language of the article"),
        sa.Column(
            "is_flagged",
            sa.Boolean(),
            nullable=False,
            comment="whether the machine flagged it; never shown to the reader",
        ),
        sa.Column("weight", sa.Float(), nullable=False, comment="articles of its stratum that it stands for"),
        sa.Column("drawn_at", Utc(), nullable=False),
        sa.Column("read_at", Utc(), comment="null = waits for a reader"),
        sa.Column("reader", sa.String(120)),
        sa.Column("claims", sa.JSON(), comment="what the reader found, as gold claims; [] = no claim"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_readings_article_id_articles")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_readings")),
        sa.UniqueConstraint("article_id", "week_on", name=op.f("uq_readings_article_id_week_on")),
        comment="The weekly blind sample: articles read without knowing whether they were flagged.",
    )
    op.create_index(op.f("ix_readings_read_at_id"), "readings", ["read_at", "id"])


def downgrade() -> None:
    for table in ("readings", "item_presence", "saved_filters"):
        op.drop_table(table)
    op.drop_index(op.f("ix_decisions_batch_key"), table_name="decisions")
    op.drop_column("decisions", "batch_key")
    op.drop_index("ix_flagged_items_desk", table_name="flagged_items")
    for name in ITEM_COLUMNS:
        op.drop_column("flagged_items", name)
