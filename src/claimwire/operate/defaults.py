"""What all DAGs share; plain values, so that a DAG file stays wiring."""

from datetime import timedelta
from typing import Any

from claimwire.errors import CatalogError, NotFound, NotMigrated, ParseError, SettingsError

TAGS = frozenset({"claimwire", "collect", "detect", "digest", "registers", "operations", "archive", "by-hand"})
"""The closed list of DAG tags; a test holds DAG files to it."""

TASK: dict[str, Any] = {
    "owner": "claimwire",
    "retries": 3,
    "retry_delay": timedelta(seconds=20),
    "retry_exponential_backoff": True,
    "max_retry_delay": timedelta(minutes=10),
    "execution_timeout": timedelta(minutes=20),
}

HOPELESS = (CatalogError, SettingsError, ParseError, NotFound, NotMigrated)
"""Bad data and settings, which another try cannot mend: the task fails at once. Networks and locks are retried."""

HALF_AN_INTERVAL_SECONDS = 150.0
"""`collect_wires` runs every five minutes and takes along what is due sooner than its next run."""

FETCH_POOL_SLOTS = 4
"""Fetching tasks at once on one machine: of its six slots two stay for reading what came."""

FAILED_SHARE = 0.5
"""A collection turns red when more than this share of its feeds failed, our own network apart."""
