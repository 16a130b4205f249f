"""Items whose source was killed: kept, marked, out of the digest."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from claimwire.model import ReviewStatus
from claimwire.warehouse.tables import articles, flagged_items


def withdraw_items(connection: Connection, feed_key: str, guids: Collection[str], now: datetime) -> int:
    """Marks every item of all versions of these articles as withdrawn; gives how many."""
    versions = select(articles.c.id).where(articles.c.feed_key == feed_key, articles.c.guid.in_(guids))
    c = flagged_items.c
    statement = (
        update(flagged_items)
        .where(c.article_id.in_(versions), c.review_status != ReviewStatus.WITHDRAWN)
        .values(review_status=str(ReviewStatus.WITHDRAWN), changed_at=now)
    )
    return connection.execute(statement).rowcount
