"""How often in a row a feed failed, and what each failure weighed: so that an outage of ours can be forgiven."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column(
        "feeds",
        sa.Column("failed_runs", sa.Integer(), nullable=False, server_default="0", comment="failed tries in a row"),
    )
    op.add_column(
        "fetches",
        sa.Column(
            "weight", sa.Float(), nullable=False, server_default="0", comment="what it added to the feed's failures"
        ),
    )


def downgrade() -> None:
    op.drop_column("fetches", "weight")
    op.drop_column("feeds", "failed_runs")
