"""In the ledger, the limit is no amount told against it: who says "over its 500,000" has given no figure."""

from alembic import op

revision = "0016"
down_revision = "0015"

COUNTED = "('new', 'confirmed', 'corrected', 'escalated', 'source_changed')"

IS_FIGURE = "(share_of_quota IS NOT NULL OR act IN ('impose', 'tighten', 'extend', 'ease', 'propose', 'in_force'))"

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
    SELECT quota_id, year, period_from, period_to, value, unit, value_bbl, share_of_quota, share_of_quota_low,
           share_of_quota_high, says, modality, act, COUNT(*), MAX(origins), MIN(id), MIN(url)
    FROM (
        SELECT id, url, quota_id, {year_of_item} AS year, period_from, period_to, modality, act, origins,
               share_of_quota, share_of_quota_low, share_of_quota_high, COALESCE(attribution, publisher) AS says,
               CASE WHEN {is_figure} THEN quantity_value END AS value,
               CAST(CASE WHEN {is_figure} THEN quantity_unit END AS VARCHAR(32)) AS unit,
               CASE WHEN {is_figure} THEN quantity_bbl END AS value_bbl
        FROM flagged_items
        WHERE quota_id IS NOT NULL AND review_status IN {counted}
    ) AS told
    GROUP BY quota_id, year, period_from, period_to, value, unit, value_bbl, share_of_quota, share_of_quota_low,
             share_of_quota_high, says, modality, act
) AS figures ON figures.quota_id = quotas.id
"""

BEFORE = """
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

YEARS = {
    "sqlite": ("CAST(substr({}, 1, 4) AS INTEGER)", "period_from, event_from, published_at"),
    "postgresql": ("CAST(to_char({}, 'YYYY') AS INTEGER)", "period_from, event_from, CAST(published_at AS DATE)"),
}


def upgrade() -> None:
    _replace(LEDGER)


def downgrade() -> None:
    _replace(BEFORE)


def _replace(view: str) -> None:
    database = op.get_bind().dialect.name
    year, of_item = YEARS[database]
    if database == "postgresql":  # keeps what `claimwire db grant` gave
        view = view.replace("CREATE VIEW", "CREATE OR REPLACE VIEW")
    else:
        op.execute("DROP VIEW cap_ledger")
    op.execute(
        view.format(
            year_of_figure=year.format("period_from"),
            year_of_item=year.format(f"COALESCE({of_item})"),
            counted=COUNTED,
            is_figure=IS_FIGURE,
        )
    )
