"""Which house a feed's publisher belongs to: publishers of one house are one origin."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    comment = "house of publishers that count as one origin, or empty"
    op.add_column("feeds", sa.Column("family", sa.Text(), nullable=False, server_default="", comment=comment))


def downgrade() -> None:
    op.drop_column("feeds", "family")
