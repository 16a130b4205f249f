"""The smaller sections of a digest, each a list of lines: changes, open requests, caps, dates, feeds, precision."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.content import Bar, Line
from claimwire.digest.group import matter_key
from claimwire.digest.wording import Wording, fill, one_line
from claimwire.model import Act
from claimwire.warehouse import briefing

AHEAD = timedelta(days=13)  # fourteen days with the first
LOOKING_BACK = timedelta(days=30)
MOST_LINES = 12

# What a reader must act on comes first.
_URGENCY = ("withdrawn", "rejected", "blocked", "adopted", "lifted", "expired", "on_hold", "in_force", "source_changed")

_WAITING = {Act.REQUEST, Act.PROPOSE, Act.THREATEN}
_ENDED = {"lifted", "expired"}


def has_changed(row: Any) -> bool:
    """Whether a reader of that item should hear of it again; `row` is one of `briefing.told_items`."""
    told_status, told_thread, told_content = row.told_state.split("|")
    status, thread, content = briefing.item_state(row).split("|")
    if (told_status, told_content) != (status, content):
        return True
    # A matter in force moves all the time; who read of a request waits for the answer, the others for the end.
    return bool(told_thread) and told_thread != thread and (row.act in _WAITING or thread in _ENDED)


def changes_of(changed: Iterable[Any], connection: Connection, wording: Wording, desk_url: str) -> tuple[Line, ...]:
    """What became of items that the reader was told of; one line a matter and change."""
    told: dict[tuple[Any, ...], Any] = {}
    for row in changed:
        told.setdefault((matter_key(row), _became(row)), row)
    ordered = sorted(told.items(), key=lambda each: _rank(each[0][1]))[:MOST_LINES]
    whole = briefing.whole_items(connection, [row.id for _, row in ordered])
    phrases, lines = wording.phrases, []
    for (_, became), row in ordered:
        item = whole[row.id]
        lines.append(
            Line(
                when=fill(phrases.item_of, day=wording.day(row.told_on, "EEEE d MMM")),
                text=phrases.became.get(became, phrases.fields_changed),
                note=wording.gist(item),
                url=f"{desk_url}/items/{row.id}",
            )
        )
    if len(told) > MOST_LINES:
        lines.append(Line("…", wording.count(phrases.more, len(told) - MOST_LINES), url=f"{desk_url}/?status=any"))
    return tuple(lines)


def requests_of(
    connection: Connection, subscription: Subscription, wording: Wording, desk_url: str, until: datetime
) -> tuple[Line, ...]:
    """Requests that wait for an answer, oldest first, with their age."""
    rows = briefing.open_requests(connection, subscription, MOST_LINES)
    whole = briefing.whole_items(connection, [row.item_id for row in rows])
    today, lines = until.astimezone(wording.zone).date(), []
    for row in rows:
        asked_on = row.asked_on or row.opened_at.astimezone(wording.zone).date()
        since = fill(wording.phrases.opened, day=wording.day(asked_on, "d MMM y"))
        lines.append(
            Line(
                when=wording.count(wording.phrases.age, max((today - asked_on).days, 0)),
                text=wording.gist(whole[row.item_id]),
                note=f"{wording.labels.threads.get(row.status, row.status)}, {since}",
                url=f"{desk_url}/items/{row.item_id}",
            )
        )
    return tuple(lines)


def bars_of(
    connection: Connection, subscription: Subscription, wording: Wording, day: date, until: datetime
) -> tuple[Bar, ...]:
    """Alleged amounts of the last thirty days against their caps, each cap with what was reported officially."""
    rows = briefing.breaches(connection, subscription, until - LOOKING_BACK)
    reported = briefing.reported_shares(connection, {row.quota_id for row in rows}, day)
    bars = []
    for row in rows:
        source = wording.name(row.attribution) if row.attribution else ""
        label = fill(wording.phrases.alleged_by, source=source)
        low, high = (row.share if edge is None else edge for edge in (row.low, row.high))
        bars.append(Bar(row.quota_id, label, row.share, low, high))
    bars += [
        Bar(quota_id, wording.phrases.reported, share, share, share, is_reported=True)
        for quota_id, share in sorted(reported.items())
    ]
    return tuple(sorted(bars, key=lambda bar: (bar.cap, bar.is_reported, -bar.share)))


def bar_text(bar: Bar, wording: Wording) -> str:
    """A bar in words."""
    share = wording.percent(bar.share)
    if wording.percent(bar.low) != wording.percent(bar.high):
        share = f"{wording.percent(bar.low)}–{wording.percent(bar.high)}"
    return f"{bar.cap}{wording.phrases.colon}{share}, {bar.label}"


def dates_of(
    connection: Connection, subscription: Subscription, wording: Wording, desk_url: str, day: date
) -> tuple[Line, ...]:
    """What ends, takes effect or is voted on in the fourteen days from `day`."""
    phrases, found = wording.phrases, []
    for at, kind, name in briefing.expiries(connection, day, day + AHEAD):
        phrase = phrases.expires if kind == "regime" else phrases.ends
        found.append((at, Line(wording.day(at, "EEE d MMM"), fill(phrase, name=one_line(name, 120)))))
    coming = briefing.coming_items(connection, subscription, day, day + AHEAD)
    whole = briefing.whole_items(connection, [row.id for row in coming])
    told = set()
    for row in coming:
        phrase = phrases.vote if row.act == Act.PROPOSE else phrases.takes_effect
        text = fill(phrase, gist=wording.gist(whole[row.id]))
        if (row.event_from, text) not in told:
            told.add((row.event_from, text))
            when = wording.day(row.event_from, "EEE d MMM")
            found.append((row.event_from, Line(when, text, url=f"{desk_url}/items/{row.id}")))
    return tuple(line for _, line in sorted(found, key=lambda each: each[0])[:MOST_LINES])


def silent_of(connection: Connection, wording: Wording, since: datetime) -> tuple[Line, ...]:
    """Feeds that said nothing, with the reason where one is known."""
    phrases, lines = wording.phrases, []
    for feed_key, publisher, last_good_at, message, finding in briefing.silent_feeds(connection, since, MOST_LINES):
        when = fill(phrases.silent_since, when=wording.moment(last_good_at)) if last_good_at else phrases.never
        reason = one_line(finding or message, 160)
        lines.append(Line(when=feed_key, text=one_line(publisher, 60), note=" — ".join(filter(None, (when, reason)))))
    return tuple(lines)


def quality_of(connection: Connection, wording: Wording, until: datetime) -> str:
    """How far the flags of the last thirty days were right, by the desk's own word."""
    right, corrected, wrong = briefing.precision(connection, until - LOOKING_BACK, until)
    reviewed = right + corrected + wrong
    if not reviewed:
        return wording.phrases.no_quality
    return fill(
        wording.phrases.quality,
        share=wording.percent((right + corrected) / reviewed),
        right=wording.number(right + corrected),
        n=wording.number(reviewed),
        corrected=wording.number(corrected),
    )


def _became(row: Any) -> str:
    """The one word for what changed: the review first, then the thread, then the details."""
    status, thread, _ = row.told_state.split("|")
    if row.review_status != status:
        return str(row.review_status)
    return str(row.thread_status) if (row.thread_status or "") != thread else ""


def _rank(became: str) -> int:
    return _URGENCY.index(became) if became in _URGENCY else len(_URGENCY)
