"""What a digest tells, read from the warehouse: news, changes, requests, breaches, dates, feeds, precision.

Every function reads only, takes a subscription's wishes as they stand in the catalogue, and returns plain rows.
"""

import hashlib
from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Text, and_, cast, func, or_, select, union

from claimwire.catalog.subscriptions import Filter, Subscription
from claimwire.model import Act, Modality, ReviewStatus
from claimwire.warehouse.tables import (
    decisions,
    digest_items,
    digests,
    feed_health,
    feeds,
    fetches,
    flagged_items,
    item_codes,
    quota_figures,
    quotas,
    regimes,
    stories,
    threads,
)

QUESTIONS = (Act.REQUEST, Act.PROPOSE, Act.THREATEN)
"""Acts that wait for an answer."""

NEWS_AGE = timedelta(days=30)
"""How old the news of a thread's last step may be when it reaches us."""

Rows = Sequence[Any]

_items = flagged_items.c

DEAD = (ReviewStatus.REJECTED, ReviewStatus.DUPLICATE, ReviewStatus.WITHDRAWN)
"""Review states of items that no digest builds upon."""

LATE = timedelta(days=1)
"""How far before the window an item may have been flagged: it was committed after the last digest was composed."""

# Enough to group, to rank and to know what was told; wide columns are read for the few items that are shown.
# Lists come as their JSON text: reading them costs a third of the time of a day with 10,000 items, and only the few
# that are shown need it.
_LIGHT = (
    _items.id,
    _items.priority,
    _items.is_main,
    _items.category,
    _items.act,
    _items.measure,
    _items.modality,
    *(cast(_items[name], Text).label(name) for name in ("actor", "addressee", "target", "commodity")),
    _items.quantity,
    _items.period_from,
    _items.period_to,
    _items.event_from,
    _items.event_to,
    _items.publisher,
    _items.article_id,
    _items.story_id,
    _items.thread_id,
    _items.step_key,
    _items.review_status,
)

_stated = attrgetter(
    *("category", "act", "measure", "modality", "actor", "addressee", "target", "commodity", "quantity"),
    *("period_from", "period_to", "event_from", "event_to"),
)


def item_state(row: Any, standing: str) -> str:
    """What a reader was told of an item, in at most 64 characters: review state | what became of it | content."""
    content = repr(_stated(row)).encode()
    return f"{row.review_status}|{standing}|{hashlib.sha256(content).hexdigest()[:16]}"


def fresh_items(connection: Connection, subscription: Subscription, since: datetime, until: datetime) -> Rows:
    """Items flagged in (since, until] that the subscriber wants and was never told, most urgent first."""
    told = and_(digest_items.c.item_id == _items.id, digest_items.c.subscription_key == subscription.key)
    query = (
        select(*_LIGHT)
        .join(digest_items, told, isouter=True)
        .where(digest_items.c.item_id.is_(None), _items.flagged_at > since, _items.flagged_at <= until)
        .where(*_wanted(subscription))
    )
    # Sorted here: asked for the order, SQLite walks the index of the queue through the whole archive.
    return sorted(connection.execute(query), key=lambda row: (-row.priority, row.id))


def told_items(connection: Connection, subscription_key: str, since: datetime) -> Rows:
    """Items the subscriber was told of that may have changed since, with the state told and the day it was told.

    Those that changed, and those that tell a question in a thread that moved lately; `item_state` says if they differ.
    """
    # Asked from the side of what moved: a subscriber of years was told of a hundred thousand items. A thread's times
    # are those of the news, not ours.
    lately = select(threads.c.id).where(threads.c.changed_at > since - NEWS_AGE)
    moved = union(
        select(_items.id).where(_items.changed_at > since),
        select(_items.id).where(_items.thread_id.in_(lately), _items.act.in_(QUESTIONS)),
    )
    query = (
        select(*_LIGHT, digest_items.c.item_state.label("told_state"), digests.c.day.label("told_on"))
        .join(digest_items, digest_items.c.item_id == _items.id)
        .join(digests, digests.c.id == digest_items.c.digest_id)
        .where(digest_items.c.subscription_key == subscription_key, digest_items.c.item_id.in_(moved))
        .order_by(_items.priority.desc(), _items.id)
    )
    return connection.execute(query).all()


def whole_items(connection: Connection, ids: Collection[int]) -> dict[int, Any]:
    """Items with everything that a digest shows of one, by id; `ids` are the few that are shown."""
    query = (
        select(
            flagged_items,
            stories.c.carriers,
            quotas.c.limit_value,
            quotas.c.limit_unit,
            quotas.c.limit_text,
            quotas.c.period.label("quota_period"),
        )
        .join(stories, stories.c.id == _items.story_id, isouter=True)
        .join(quotas, quotas.c.id == _items.quota_id, isouter=True)
        .where(_items.id.in_(list(ids)))
    )
    return {row.id: row for row in connection.execute(query)}


def breaches(connection: Connection, subscription: Subscription, since: datetime) -> Rows:
    """Alleged amounts placed against a cap since then: the highest share for each cap and source.

    An amount over its cap is a breach, whatever the sentence calls it.
    """
    query = (
        select(
            _items.quota_id,
            _items.attribution,
            func.max(_items.share_of_quota).label("share"),
            func.max(_items.share_of_quota_low).label("low"),
            func.max(_items.share_of_quota_high).label("high"),
        )
        .where(_items.quota_id.is_not(None), _items.share_of_quota.is_not(None), _items.flagged_at > since)
        .where(or_(_items.act.in_((Act.VIOLATE, Act.EVADE)), _items.share_of_quota >= 1))
        .where(_items.modality != Modality.DENIED)
        .where(_items.review_status.not_in(DEAD), *matching(subscription.filter))
        .group_by(_items.quota_id, _items.attribution)
        .order_by(func.max(_items.share_of_quota).desc(), _items.quota_id)
        .limit(8)
    )
    return connection.execute(query).all()


def reported_shares(connection: Connection, quota_ids: Collection[str], day: date) -> dict[str, float]:
    """What was officially reported of each cap's year so far, as a share of the cap; barrels where both have them."""
    value = func.coalesce(quota_figures.c.value_bbl, quota_figures.c.value)
    limit = func.coalesce(quotas.c.limit_bbl, quotas.c.limit_value)
    query = (
        select(quota_figures.c.quota_id, func.sum(value) / func.max(limit))
        .join(quotas, quotas.c.id == quota_figures.c.quota_id)
        .where(quota_figures.c.quota_id.in_(list(quota_ids)), quota_figures.c.kind.like("reported%"), limit > 0)
        .where(quota_figures.c.period_from >= date(day.year, 1, 1), quota_figures.c.period_to <= day)
        .group_by(quota_figures.c.quota_id)
    )
    return {quota_id: share for quota_id, share in connection.execute(query) if share is not None}


def expiries(connection: Connection, first: date, last: date) -> list[tuple[date, str, str]]:
    """What the registers say ends from `first` to `last`: (day, "regime" or "quota", name)."""
    regime = select(regimes.c.expires_on, regimes.c.name).where(regimes.c.expires_on.between(first, last))
    quota = select(quotas.c.valid_to, quotas.c.id).where(quotas.c.valid_to.between(first, last))
    found = [(day, "regime", name) for day, name in connection.execute(regime)]
    return sorted(found + [(day, "quota", name) for day, name in connection.execute(quota)])


def coming_items(connection: Connection, subscription: Subscription, first: date, last: date) -> Rows:
    """Items that say something will happen from `first` to `last`: effects, and votes on what is proposed."""
    query = (
        select(_items.id, _items.act, _items.event_from)
        .where(_items.event_from.between(first, last), _items.review_status.not_in(DEAD))
        .where(or_(_items.modality.in_((Modality.PLANNED, Modality.POSSIBLE)), _items.act == Act.PROPOSE))
        .where(*matching(subscription.filter))
        .order_by(_items.event_from, _items.priority.desc(), _items.id)
        .limit(50)
    )
    return connection.execute(query).all()


def watched_since(connection: Connection) -> datetime | None:
    """When the first feed was ever fetched; None where none was."""
    first = select(fetches.c.fetched_at).order_by(fetches.c.fetched_at).limit(1)
    return connection.scalars(first).first()


def feeds_read(connection: Connection, since: datetime) -> tuple[int, int]:
    """(feeds read since then, feeds that should have been)."""
    read = func.count().filter(feeds.c.last_good_at > since)
    query = select(read, func.count()).where(feeds.c.is_enabled)
    return tuple(connection.execute(query).one())  # type: ignore[return-value]


def silent_feeds(connection: Connection, since: datetime, limit: int) -> Rows:
    """Feeds that were not read since then, or are silent beyond what is usual; best tier first."""
    silent = and_(feed_health.c.feed_key == feeds.c.feed_key, feed_health.c.finding == "silent")
    query = (
        select(feeds.c.feed_key, feeds.c.publisher, feeds.c.last_good_at, feeds.c.message, feed_health.c.message)
        .join(feed_health, and_(silent, feed_health.c.ended_at.is_(None)), isouter=True)
        .where(feeds.c.is_enabled)
        .where(or_(feeds.c.last_good_at.is_(None), feeds.c.last_good_at <= since, feed_health.c.feed_key.is_not(None)))
        .order_by(feeds.c.tier, feeds.c.feed_key)
        .limit(limit)
    )
    return connection.execute(query).all()


def precision(connection: Connection, since: datetime, until: datetime) -> tuple[int, int, int]:
    """(rightly flagged as they stood, rightly flagged after a correction, wrongly flagged) among items reviewed then.

    The last verdict on an item counts; one that was undone does not.
    """
    undone = select(decisions.c.undoes_id).where(decisions.c.undoes_id.is_not(None))
    query = (
        select(decisions.c.item_id, decisions.c.action)
        .where(decisions.c.action.in_(("confirm", "correct", "reject")), decisions.c.id.not_in(undone))
        .where(decisions.c.decided_at > since, decisions.c.decided_at <= until)
        .order_by(decisions.c.id)
    )
    verdicts = list(dict(tuple(row) for row in connection.execute(query)).values())
    return verdicts.count("confirm"), verdicts.count("correct"), verdicts.count("reject")


def _wanted(subscription: Subscription) -> list[ColumnElement[bool]]:
    wanted = [_items.review_status.in_(subscription.states), _items.score >= subscription.minimum_score]
    if subscription.kind == "alert":
        wanted.append(_items.priority >= subscription.minimum_priority)
    return wanted + matching(subscription.filter)


def matching(wishes: Filter) -> list[ColumnElement[bool]]:
    """Conditions on `flagged_items` that a subscriber's filter asks for; joined by AND."""
    plain = ("category", "act", "measure", "modality", "language", "publisher", "feed_key")
    clauses: list[ColumnElement[bool]] = [
        _items[name].in_(values) for name in plain if (values := getattr(wishes, name))
    ]
    for role in ("actor", "addressee", "target", "commodity"):
        if codes := getattr(wishes, role):
            held = select(item_codes.c.item_id).where(item_codes.c.role == role, item_codes.c.code.in_(codes))
            clauses.append(_items.id.in_(held))
    return clauses
