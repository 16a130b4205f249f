"""What all DAGs share; plain values, so that a DAG file stays wiring."""

from datetime import timedelta
from typing import Any

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

FAILED_SHARE = 0.5
"""A collection turns red when more than this share of its feeds failed, our own network apart."""
