"""Alerts to operators."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import Utc

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.create_table(
        "alerts",
        sa.Column(
            "alert_key",
            sa.String(length=200),
            nullable=False,
            comment="what it is about: a DAG, or a feed and its finding",
        ),
        sa.Column("message", sa.Text(), nullable=False, comment="as the operators got it"),
        sa.Column("since_at", Utc(), nullable=False, comment="when it broke"),
        sa.Column(
            "told_at", Utc(), nullable=True, comment="when the operators were told; null = nobody could be reached yet"
        ),
        sa.Column("ended_at", Utc(), nullable=True, comment="when it was well again"),
        sa.PrimaryKeyConstraint("alert_key", name=op.f("pk_alerts")),
        comment="Open and past alerts to operators.",
    )


def downgrade() -> None:
    op.drop_table("alerts")
