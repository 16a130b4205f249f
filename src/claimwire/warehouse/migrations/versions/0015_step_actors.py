"""Who acts in a step: by it, a request in general is known for the request in particular."""

import sqlalchemy as sa
from alembic import op

from claimwire.warehouse.tables.base import CodeList

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column(
        "thread_steps",
        sa.Column(
            "actors", CodeList, nullable=False, server_default="[]", comment="who acts in it, as its claims have it"
        ),
    )


def downgrade() -> None:
    op.drop_column("thread_steps", "actors")
