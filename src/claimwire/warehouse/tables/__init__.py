"""All tables of the warehouse. `METADATA` knows them; migrations create them."""

from claimwire.warehouse.tables.alerts import alerts
from claimwire.warehouse.tables.archive import imports, rescan_changes
from claimwire.warehouse.tables.articles import articles, quarantined_entries, stories, story_bands
from claimwire.warehouse.tables.base import METADATA
from claimwire.warehouse.tables.comments import complete
from claimwire.warehouse.tables.desk import item_presence, readings, saved_filters
from claimwire.warehouse.tables.digests import deliveries, digest_items, digests, opt_outs
from claimwire.warehouse.tables.feeds import feed_health, feeds, fetches, host_leases
from claimwire.warehouse.tables.items import decisions, flagged_items, item_codes, thread_steps, threads
from claimwire.warehouse.tables.registers import conversions, item_names, list_names, quota_figures, quotas, regimes

complete(METADATA)

__all__ = [
    "METADATA",
    "alerts",
    "articles",
    "conversions",
    "decisions",
    "deliveries",
    "digest_items",
    "digests",
    "feed_health",
    "feeds",
    "fetches",
    "flagged_items",
    "host_leases",
    "imports",
    "item_codes",
    "item_names",
    "item_presence",
    "list_names",
    "opt_outs",
    "quarantined_entries",
    "quota_figures",
    "quotas",
    "readings",
    "regimes",
    "rescan_changes",
    "saved_filters",
    "stories",
    "story_bands",
    "thread_steps",
    "threads",
]
