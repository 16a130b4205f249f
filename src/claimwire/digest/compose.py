"""From the warehouse to a digest that can be sent: content, mail, payload, and what it tells of."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from claimwire.catalog.labels import load_labels
from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.body import NO_NEWS, News, content_of, read_news
from claimwire.digest.content import Content
from claimwire.digest.frame import Frame
from claimwire.digest.mail import build_mail, message_id
from claimwire.digest.payload import payload_of
from claimwire.digest.render import Parts, render_parts
from claimwire.digest.window import due_days, window
from claimwire.digest.wording import Wording
from claimwire.settings import Settings
from claimwire.warehouse import briefing
from claimwire.warehouse.digests import Stored, find_digest, has_open_deliveries, last_digest, open_digests

FIRST_ALERT = timedelta(days=1)  # how far back the first alert of a subscription looks


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscriber is sent for one day; `told` is (item id, state) of all that it tells or counts."""

    stored: Stored
    told: tuple[tuple[int, str], ...] = ()
    is_quiet: bool = False


def due_digests(
    connection: Connection, subscriptions: Iterable[Subscription], interval_start: datetime, interval_end: datetime
) -> list[tuple[str, date]]:
    """(subscription key, day) of daily digests whose hour lies in [interval_start, interval_end) and that are not out.

    One that is stored and still has open deliveries is due again: sending it goes on where it stopped. One whose hour
    passed before anything was ever fetched is not: it would call a day quiet on which nobody listened.
    """
    watched_since = briefing.watched_since(connection)
    if watched_since is None:
        return []
    due = []
    for subscription in subscriptions:
        days = due_days(subscription, max(interval_start, watched_since), interval_end)
        for day in days if subscription.kind == "daily" else ():
            stored = find_digest(connection, subscription.key, day, "daily", 0)
            if stored is None or has_open_deliveries(connection, stored.id):
                due.append((subscription.key, day))
    return due


def due_alerts(connection: Connection, subscriptions: Iterable[Subscription], now: datetime) -> list[tuple[str, date]]:
    """(subscription key, today) of alerts whose quiet time is over, or which have not reached everybody."""

    def is_due(subscription: Subscription) -> bool:
        is_waiting = bool(open_digests(connection, subscription.key, now - FIRST_ALERT))
        return is_waiting or not _is_keeping_quiet(connection, subscription, now)

    alerts = [subscription for subscription in subscriptions if subscription.kind == "alert"]
    return [(alert.key, now.astimezone(alert.zone).date()) for alert in alerts if is_due(alert)]


def _is_keeping_quiet(connection: Connection, subscription: Subscription, now: datetime) -> bool:
    if subscription.kind != "alert":
        return False
    last = last_digest(connection, subscription.key)
    return last is not None and now < last.composed_at + timedelta(minutes=subscription.quiet_minutes)


def compose_digest(
    connection: Connection, subscription: Subscription, day: date, now: datetime, settings: Settings
) -> Digest:
    """The digest of that day: the stored one where there is one, else composed from what the warehouse holds.

    Reads only. An alert tells what came since the last one, once its quiet time is over; each has a number of its own
    within the day.
    """
    sequence = _next_sequence(connection, subscription, day)
    stored = find_digest(connection, subscription.key, day, subscription.kind, sequence)
    if stored:
        return Digest(stored)
    since, until = _covered(connection, subscription, day, now)
    wording = Wording(load_labels(subscription.language, settings.data_dir), subscription.language, subscription.zone)
    frame = Frame(connection, subscription, wording, settings.desk_url, day, since, until)
    news = NO_NEWS if _is_keeping_quiet(connection, subscription, now) else read_news(frame)
    told = news.told
    content, parts = _fitted(frame, news)
    composed = Stored(
        subscription_key=subscription.key,
        day=day,
        kind=subscription.kind,
        sequence=sequence,
        window_from=since,
        window_to=until,
        composed_at=now,
        subject=content.subject,
        message_id=message_id(subscription.key, subscription.kind, day, sequence, settings.mail_from),
        item_ids=[item_id for item_id, _ in told],
    )
    whole = briefing.whole_items(connection, content.shown_ids)
    shown = [whole[item_id] for item_id in content.shown_ids]
    payload = payload_of(composed, content, shown, settings.desk_url)
    mail = build_mail(composed, subscription.title, parts, settings.mail_from)
    return Digest(replace(composed, message=mail, payload=payload), told, content.is_quiet)


def _next_sequence(connection: Connection, subscription: Subscription, day: date) -> int:
    if subscription.kind == "daily":
        return 0
    last = last_digest(connection, subscription.key)
    return last.sequence + 1 if last and last.day == day else 0


def _covered(connection: Connection, subscription: Subscription, day: date, now: datetime) -> tuple[datetime, datetime]:
    if subscription.kind == "alert":
        last = last_digest(connection, subscription.key)
        return (last.window_to if last else now - FIRST_ALERT), now
    since, until = window(subscription, day, now)
    last = last_digest(connection, subscription.key, before=day)
    return (min(last.window_to, until) if last else since), until


def _fitted(frame: Frame, news: News) -> tuple[Content, Parts]:
    """As many matters as a mail program will show without clipping the message."""
    limit = frame.subscription.limit
    while True:
        content = content_of(frame, news, limit)
        parts = render_parts(content, frame.wording.phrases)
        if parts.is_fitting or limit == 1:
            return content, parts
        limit = max(limit * 2 // 3, 1)
