"""Whom a digest is for and what time it covers: what every section of it needs to know."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.wording import Wording


@dataclass(frozen=True, slots=True)
class Frame:
    """Whom the digest is for and what time it covers."""

    connection: Connection
    subscription: Subscription
    wording: Wording
    desk_url: str
    day: date
    since: datetime
    until: datetime

    @property
    def is_alert(self) -> bool:
        """An alert tells what is new and nothing else."""
        return self.subscription.kind == "alert"
