"""Digests and the ledger of deliveries."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import CodeList, RowId, Utc

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("subscription_key", sa.String(length=80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False, comment="in the subscription's zone"),
        sa.Column("kind", sa.String(length=12), server_default="daily", nullable=False, comment="daily or alert"),
        sa.Column(
            "sequence",
            sa.Integer(),
            server_default="0",
            nullable=False,
            comment="0 for a daily one; counts alerts of a day",
        ),
        sa.Column("window_from", Utc(), nullable=False),
        sa.Column("window_to", Utc(), nullable=False),
        sa.Column("composed_at", Utc(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False, comment="derived from subscription and day"),
        sa.Column(
            "message",
            sa.LargeBinary(),
            nullable=False,
            comment="the composed mail, to the byte: a retry sends the same",
        ),
        sa.Column("item_ids", CodeList, server_default="[]", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint(
            "subscription_key", "day", "kind", "sequence", name=op.f("uq_digests_subscription_key_day_kind_sequence")
        ),
        comment="What one subscriber is sent for one day.",
    )
    op.create_table(
        "deliveries",
        sa.Column("id", RowId, autoincrement=True, nullable=False),
        sa.Column("digest_id", RowId, nullable=False),
        sa.Column("sink", sa.String(length=16), nullable=False, comment="smtp, webhook, slack, atom, file"),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column(
            "state", sa.String(length=8), nullable=False, comment="unknown = cut off after DATA: may have arrived"
        ),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("tried_at", Utc(), nullable=True),
        sa.Column("sent_at", Utc(), nullable=True),
        sa.Column("message", sa.Text(), server_default="", nullable=False, comment="what the other side said"),
        sa.CheckConstraint(
            "state IN ('pending', 'sent', 'refused', 'failed', 'unknown')", name=op.f("ck_deliveries_state")
        ),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_deliveries_digest_id_digests")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("digest_id", "sink", "recipient", name=op.f("uq_deliveries_digest_id_sink_recipient")),
        comment="The ledger: one row a digest, sink and recipient.",
    )
    op.create_index(op.f("ix_deliveries_state"), "deliveries", ["state"], unique=False)
    op.create_table(
        "digest_items",
        sa.Column("subscription_key", sa.String(length=80), nullable=False),
        sa.Column("item_id", RowId, nullable=False),
        sa.Column(
            "item_state",
            sa.String(length=64),
            nullable=False,
            comment="status and content that the subscriber was told",
        ),
        sa.Column("digest_id", RowId, nullable=False),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_digest_items_digest_id_digests")),
        sa.ForeignKeyConstraint(
            ["item_id"], ["flagged_items.id"], name=op.f("fk_digest_items_item_id_flagged_items"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("subscription_key", "item_id", name=op.f("pk_digest_items")),
        comment="What each subscriber has been told, so that no item comes twice unless it changed.",
    )


def downgrade() -> None:
    op.drop_table("digest_items")
    op.drop_index(op.f("ix_deliveries_state"), table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_table("digests")
