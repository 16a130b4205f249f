"""The views that analysts read: the cap ledger, and which step an article tells."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

COUNTED = "('new', 'confirmed', 'corrected', 'escalated', 'source_changed')"

LEDGER = """
CREATE VIEW cap_ledger AS
SELECT quotas.id AS quota_id, quotas.body, quotas.limit_value, quotas.limit_unit, figures.year,
       figures.period_from, figures.period_to, figures.value, figures.unit, figures.value_bbl,
       figures.share, figures.share_low, figures.share_high, figures.says, figures.basis, figures.act,
       figures.items, figures.origins, figures.first_item_id, figures.source
FROM quotas JOIN (
    SELECT quota_id, {year_of_figure} AS year, period_from, period_to, value, unit, value_bbl,
           value_bbl / caps.limit_bbl AS share, value_bbl_low / caps.limit_bbl AS share_low,
           value_bbl_high / caps.limit_bbl AS share_high,
           quota_figures.says, quota_figures.kind AS basis, 'register' AS act,
           0 AS items, 1 AS origins, NULL AS first_item_id, quota_figures.source
    FROM quota_figures JOIN quotas AS caps ON caps.id = quota_figures.quota_id
    UNION ALL
    SELECT quota_id, {year_of_item}, period_from, period_to, quantity_value, quantity_unit, quantity_bbl,
           share_of_quota, share_of_quota_low, share_of_quota_high,
           COALESCE(attribution, publisher), modality, act,
           COUNT(*), MAX(origins), MIN(id), MIN(url)
    FROM flagged_items
    WHERE quota_id IS NOT NULL AND review_status IN {counted}
    GROUP BY quota_id, {year_of_item}, period_from, period_to, quantity_value, quantity_unit, quantity_bbl,
             share_of_quota, share_of_quota_low, share_of_quota_high, COALESCE(attribution, publisher), modality, act
) AS figures ON figures.quota_id = quotas.id
"""

STEPS = """
CREATE VIEW article_steps AS
SELECT flagged_items.article_id, flagged_items.id AS item_id, flagged_items.thread_id, threads.thread_key,
       flagged_items.step_key, thread_steps.stage, thread_steps.first_on, thread_steps.last_on, thread_steps.origins,
       threads.status AS thread_status
FROM flagged_items
JOIN threads ON threads.id = flagged_items.thread_id
JOIN thread_steps ON thread_steps.step_key = flagged_items.step_key
WHERE flagged_items.is_main AND flagged_items.review_status IN {counted}
"""

YEARS = {
    "sqlite": ("CAST(substr({}, 1, 4) AS INTEGER)", "period_from, event_from, published_at"),
    "postgresql": ("CAST(to_char({}, 'YYYY') AS INTEGER)", "period_from, event_from, CAST(published_at AS DATE)"),
}


def upgrade() -> None:
    op.add_column(
        "flagged_items",
        sa.Column(
            "is_main",
            sa.Boolean(),
            nullable=False,
            server_default=sa.false(),
            comment="the claim that says what its article is about; at most one an article",
        ),
    )
    op.add_column(
        "quota_figures", sa.Column("says", sa.String(40), nullable=False, server_default="", comment="who says so")
    )
    year, of_item = YEARS[op.get_bind().dialect.name]
    op.execute(
        LEDGER.format(
            year_of_figure=year.format("period_from"),
            year_of_item=year.format(f"COALESCE({of_item})"),
            counted=COUNTED,
        )
    )
    op.execute(STEPS.format(counted=COUNTED))


def downgrade() -> None:
    op.execute("DROP VIEW article_steps")
    op.execute("DROP VIEW cap_ledger")
    op.drop_column("quota_figures", "says")
    op.drop_column("flagged_items", "is_main")
