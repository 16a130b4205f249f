"""What the ledger needs to keep its word: copies handed over, the payload of web hooks, and who opted out."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import Utc

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    with op.batch_alter_table("digests") as table:
        table.add_column(
            sa.Column(
                "payload", sa.JSON(), server_default="{}", nullable=False, comment="the same as JSON, for web hooks"
            )
        )
    with op.batch_alter_table("deliveries") as table:
        table.add_column(
            sa.Column(
                "copies",
                sa.Integer(),
                server_default="0",
                nullable=False,
                comment="copies handed over and not refused; 2 = may have come twice",
            )
        )
    op.create_table(
        "opt_outs",
        sa.Column("subscription_key", sa.String(length=80), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("opted_out_at", Utc(), nullable=False),
        sa.PrimaryKeyConstraint("subscription_key", "recipient", name=op.f("pk_opt_outs")),
        comment="Recipients who unsubscribed; nothing is sent to them any more.",
    )


def downgrade() -> None:
    op.drop_table("opt_outs")
    with op.batch_alter_table("deliveries") as table:
        table.drop_column("copies")
    with op.batch_alter_table("digests") as table:
        table.drop_column("payload")
