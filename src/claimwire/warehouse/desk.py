"""The desk's smaller shelves: saved filters, who is looking at what, and the cap ledger of one cap."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, select

from claimwire.errors import NotFound
from claimwire.warehouse.tables import flagged_items, item_presence, quota_figures, quotas, saved_filters
from claimwire.warehouse.writing import insert_into, upsert

Row = dict[str, Any]

PRESENT = timedelta(seconds=45)
"""Pages show a sign of life every 15 seconds; three missed and the reviewer has left."""


_LEDGER_ROWS = 12


def note_presence(connection: Connection, item_id: int, reviewer: str, now: datetime) -> list[str]:
    """Says that the reviewer has the item open; gives the other reviewers who have, by name.

    Raises:
        NotFound: there is no such item.
    """
    gone = now - PRESENT * 20
    connection.execute(delete(item_presence).where(item_presence.c.seen_at < gone))
    if connection.scalar(select(flagged_items.c.id).where(flagged_items.c.id == item_id)) is None:
        raise NotFound(f"there is no item {item_id}")
    upsert(connection, item_presence, [{"item_id": item_id, "reviewer": reviewer[:120], "seen_at": now}])
    return find_present(connection, item_id, reviewer, now)


def find_present(connection: Connection, item_id: int, reviewer: str, now: datetime) -> list[str]:
    """Other reviewers who have the item open now."""
    columns = item_presence.c
    statement = select(columns.reviewer).where(
        columns.item_id == item_id, columns.seen_at > now - PRESENT, columns.reviewer != reviewer[:120]
    )
    return sorted(connection.scalars(statement))


def find_saved(connection: Connection) -> list[Row]:
    """All saved filters, by name."""
    statement = select(saved_filters).order_by(saved_filters.c.name, saved_filters.c.owner).limit(200)
    return [dict(row) for row in connection.execute(statement).mappings()]


def save_filter(connection: Connection, owner: str, name: str, query: str, now: datetime) -> None:
    """Keeps a filter under a name of its owner; the same name again replaces it."""
    row = {"owner": owner[:120], "name": name, "query": query, "created_at": now}
    statement = insert_into(connection, saved_filters).values(row)
    changed = {"query": statement.excluded.query, "created_at": statement.excluded.created_at}
    connection.execute(statement.on_conflict_do_update(index_elements=["owner", "name"], set_=changed))


def drop_filter(connection: Connection, filter_id: int, owner: str) -> None:
    """Forgets a filter; NotFound where it is not one of the owner's."""
    gone = delete(saved_filters).where(saved_filters.c.id == filter_id, saved_filters.c.owner == owner[:120])
    if connection.execute(gone).rowcount != 1:
        raise NotFound("that filter is not one of yours")


def find_ledger(connection: Connection, item: Row) -> tuple[Row | None, list[Row], list[Row]]:
    """The cap that an item is about, the amounts on record nearest to it in time, and claims about it that name one.

    None and nothing where the item is about no cap; the claims are newest first.
    """
    quota_id, about_on = item["quota_id"], _time_of(item)
    quota = connection.execute(select(quotas).where(quotas.c.id == quota_id)).mappings().first()
    if quota is None:
        return None, [], []
    figures = (
        select(quota_figures)
        .where(quota_figures.c.quota_id == quota_id)
        .order_by(quota_figures.c.period_to.desc(), quota_figures.c.id)
    )
    columns = flagged_items.c
    told = (
        select(columns.id, columns.published_at, columns.publisher, columns.attribution, columns.quantity)
        .add_columns(columns.share_of_quota, columns.share_of_quota_low, columns.share_of_quota_high)
        .add_columns(columns.review_status, columns.language, columns.quantity_bbl)
        .where(columns.quota_id == quota_id, columns.share_of_quota.is_not(None))
        .order_by(columns.published_at.desc(), columns.id.desc())
        .limit(_LEDGER_ROWS)
    )
    on_record = [dict(row) for row in connection.execute(figures).mappings()]
    nearest = sorted(on_record, key=lambda row: _days_apart(row, about_on))[:_LEDGER_ROWS]
    return dict(quota), nearest, [dict(row) for row in connection.execute(told).mappings()]


def _time_of(item: Row) -> date:
    """The day that an item's amount is about, as far as it says."""
    published_at = item["published_at"] or item["flagged_at"]
    day: date = item["period_to"] or item["event_to"] or published_at.date()
    return day


def _days_apart(figure: Row, day: date) -> int:
    """0 where the figure's period holds the day."""
    first: date = figure["period_from"]
    last: date = figure["period_to"]
    return max((first - day).days, (day - last).days, 0)
