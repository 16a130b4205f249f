"""The assets that link our DAGs: who updates one starts those that are scheduled on it."""

from airflow.sdk import Asset

ARTICLES = Asset("articles", uri="claimwire://warehouse/articles")
FLAGGED_ITEMS = Asset("flagged_items", uri="claimwire://warehouse/flagged_items")
