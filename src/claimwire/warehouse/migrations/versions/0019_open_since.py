"""Since when a question waits, which is not when its thread began; and when a thread's caps ended.

A matter asked anew after a refusal, or after what was in force ran out, is open again and as old as the new asking.
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

OPEN_SINCE = """
UPDATE threads SET open_since_on = (
    SELECT MIN(question.first_on) FROM thread_steps AS question
    WHERE question.thread_id = threads.id AND question.stage IN ('asked', 'drafted') AND NOT EXISTS (
        SELECT 1 FROM thread_steps AS answer
        WHERE answer.thread_id = question.thread_id AND answer.stage IN ('refused', 'adopted', 'ended')
          AND (answer.first_on > question.first_on OR (
              answer.first_on = question.first_on AND (answer.stage = 'refused' OR question.stage = 'drafted')
          ))
    )
)
"""

EXPIRED = """
UPDATE threads SET expired_on = (
    SELECT MAX(quotas.valid_to) FROM flagged_items JOIN quotas ON quotas.id = flagged_items.quota_id
    WHERE flagged_items.thread_id = threads.id
)
WHERE status = 'expired'
"""


def upgrade() -> None:
    op.add_column("threads", sa.Column("open_since_on", sa.Date()))
    op.add_column("threads", sa.Column("expired_on", sa.Date()))
    op.execute(OPEN_SINCE)
    op.execute(EXPIRED)


def downgrade() -> None:
    op.drop_column("threads", "expired_on")
    op.drop_column("threads", "open_since_on")
