"""What we know of a feed from polling it; one field a column of the warehouse's `feeds`."""

from dataclasses import dataclass
from datetime import datetime

ADOPTED_AFTER = 3
"""Sightings in a row after which a permanent redirect is believed: sites in trouble answer 301 to their front page."""


@dataclass(frozen=True, slots=True)
class FeedState:
    """Where polling of one feed stands. A feed never seen has all defaults."""

    state: str = "active"  # or quarantined: tried daily
    interval_seconds: float = 3600.0
    next_poll_at: datetime | None = None
    last_fetch_at: datetime | None = None
    last_good_at: datetime | None = None
    last_new_at: datetime | None = None
    last_full_at: datetime | None = None  # last whole body, as against "not modified"
    last_outcome: str | None = None
    message: str = ""
    failures: float = 0.0  # weighted, in a row
    failed_runs: int = 0  # counted, in a row
    empty_runs: int = 0  # good fetches in a row with nothing new
    etag: str = ""
    last_modified: str = ""
    validator_url: str = ""  # the exact address that both belong to
    body_sha256: str = ""
    moved_to: str = ""
    moved_sightings: int = 0
    usual_gap_seconds: float | None = None
    entries_per_day: float | None = None

    @property
    def is_quarantined(self) -> bool:
        """Whether the feed is only tried daily."""
        return self.state == "quarantined"

    @property
    def is_move_adopted(self) -> bool:
        """Whether the feed is fetched from where a permanent redirect pointed."""
        return bool(self.moved_to) and self.moved_sightings >= ADOPTED_AFTER
