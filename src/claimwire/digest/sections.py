"""The smaller sections of a digest, each a list of lines: changes, open requests, caps, dates, feeds, precision."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TypeAlias

from claimwire.digest.content import Bar, Line
from claimwire.digest.frame import Frame
from claimwire.digest.group import category_rank, matter_key
from claimwire.digest.wording import Wording, fill, one_line
from claimwire.model import Act
from claimwire.warehouse import briefing
from claimwire.warehouse.standings import Standings, open_requests, status_of

AHEAD = timedelta(days=13)  # fourteen days with the first
LOOKING_BACK = timedelta(days=30)
WAITED_FOR = timedelta(days=365)  # a request that nobody answered in a year is history
MOST_LINES = 12

# What a reader must act on comes first.
_URGENCY = ("withdrawn", "rejected", "blocked", "adopted", "lifted", "expired", "on_hold", "in_force", "source_changed")


Change: TypeAlias = tuple[tuple[Any, ...], str]
"""A matter, and in one word what became of it."""


def state_of(row: Any, standings: Standings) -> str:
    """What the reader of a digest is told of an item, as the ledger remembers it."""
    return briefing.item_state(row, status_of(row, standings))


def has_changed(row: Any, standings: Standings) -> bool:
    """Whether a reader of that item should hear of it again; `row` is one of `briefing.told_items`."""
    told_status, told_standing, told_content = row.told_state.split("|")
    status, standing, content = state_of(row, standings).split("|")
    # A question that nobody asked when the item was told is no answer to it.
    has_moved = told_standing != "" and standing not in {"", told_standing}
    return (told_status, told_content) != (status, content) or has_moved


def group_changes(changed: Iterable[Any], standings: Standings) -> dict[Change, Any]:
    """One row for each matter and what became of it."""
    told: dict[Change, Any] = {}
    for row in sorted(changed, key=category_rank):
        told.setdefault((matter_key(row), _became(row, standings)), row)
    return told


def changes_of(changes: dict[Change, Any], frame: Frame) -> tuple[Line, ...]:
    """What became of items that the reader was told of, what must be acted on first."""
    ordered = sorted(changes.items(), key=lambda each: _rank(each[0][1]))[:MOST_LINES]
    whole = briefing.whole_items(frame.connection, [row.id for _, row in ordered])
    wording, phrases = frame.wording, frame.wording.phrases
    lines = [
        Line(
            when=fill(phrases.item_of, day=wording.day(row.told_on, "EEEE d MMM")),
            text=phrases.became.get(became, phrases.fields_changed),
            note=wording.gist(whole[row.id]),
            url=f"{frame.desk_url}/items/{row.id}",
        )
        for (_, became), row in ordered
    ]
    if len(changes) > MOST_LINES:
        lines.append(
            Line("…", wording.count(phrases.more, len(changes) - MOST_LINES), url=f"{frame.desk_url}/?status=any")
        )
    return tuple(lines)


def requests_of(frame: Frame) -> tuple[Line, ...]:
    """Requests that wait for an answer, oldest first, with their age."""
    wording, phrases = frame.wording, frame.wording.phrases
    waiting = open_requests(frame.connection, frame.subscription, frame.day - WAITED_FOR, MOST_LINES)
    whole = briefing.whole_items(frame.connection, [item_id for _, item_id in waiting])
    return tuple(
        Line(
            when=wording.count(phrases.age, max((frame.day - standing.since_on).days, 0)),
            text=wording.gist(whole[item_id]),
            note=", ".join(
                (
                    wording.labels.threads[standing.status],
                    fill(phrases.opened, day=wording.day(standing.since_on, "d MMM y")),
                )
            ),
            url=f"{frame.desk_url}/items/{item_id}",
        )
        for standing, item_id in waiting
    )


def bars_of(frame: Frame) -> tuple[Bar, ...]:
    """Alleged amounts of the last thirty days against their caps, each cap with what was reported officially."""
    wording = frame.wording
    rows = briefing.breaches(frame.connection, frame.subscription, frame.until - LOOKING_BACK)
    reported = briefing.reported_shares(frame.connection, {row.quota_id for row in rows}, frame.day)
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


def dates_of(frame: Frame) -> tuple[Line, ...]:
    """What ends, takes effect or is voted on in the fourteen days from the digest's own."""
    lines = [*_expiries(frame), *_coming(frame)]
    return tuple(line for _, line in sorted(lines, key=lambda each: each[0])[:MOST_LINES])


def _expiries(frame: Frame) -> Iterator[tuple[date, Line]]:
    wording, phrases = frame.wording, frame.wording.phrases
    for at, kind, name in briefing.expiries(frame.connection, frame.day, frame.day + AHEAD):
        phrase = phrases.expires if kind == "regime" else phrases.ends
        yield at, Line(wording.day(at, "EEE d MMM"), fill(phrase, name=one_line(name, 120)))


def _coming(frame: Frame) -> Iterator[tuple[date, Line]]:
    wording, phrases = frame.wording, frame.wording.phrases
    rows = briefing.coming_items(frame.connection, frame.subscription, frame.day, frame.day + AHEAD)
    whole = briefing.whole_items(frame.connection, [row.id for row in rows])
    told = set()
    for row in rows:
        phrase = phrases.vote if row.act == Act.PROPOSE else phrases.takes_effect
        text = fill(phrase, gist=wording.gist(whole[row.id]))
        if (row.event_from, text) not in told:
            told.add((row.event_from, text))
            when = wording.day(row.event_from, "EEE d MMM")
            yield row.event_from, Line(when, text, url=f"{frame.desk_url}/items/{row.id}")


def silent_of(frame: Frame) -> tuple[Line, ...]:
    """Feeds that said nothing, with the reason where one is known."""
    wording, phrases, lines = frame.wording, frame.wording.phrases, []
    for feed_key, publisher, last_good_at, message, finding in briefing.silent_feeds(
        frame.connection, frame.since, MOST_LINES
    ):
        when = fill(phrases.silent_since, when=wording.moment(last_good_at)) if last_good_at else phrases.never
        reason = one_line(finding or message, 160)
        lines.append(Line(when=feed_key, text=one_line(publisher, 60), note=" — ".join(filter(None, (when, reason)))))
    return tuple(lines)


def quality_of(frame: Frame) -> str:
    """How far the flags of the last thirty days were right, by the desk's own word."""
    wording, phrases = frame.wording, frame.wording.phrases
    right, corrected, wrong = briefing.precision(frame.connection, frame.until - LOOKING_BACK, frame.until)
    reviewed = right + corrected + wrong
    if not reviewed:
        return phrases.no_quality
    return fill(
        phrases.quality,
        share=wording.percent((right + corrected) / reviewed),
        right=wording.number(right + corrected),
        n=wording.number(reviewed),
        corrected=wording.number(corrected),
    )


def _became(row: Any, standings: Standings) -> str:
    """The one word for what changed: the review first, then what became of the question, then the details."""
    told_status, told_standing, _ = row.told_state.split("|")
    if row.review_status != told_status:
        return str(row.review_status)
    standing = status_of(row, standings)
    return standing if standing != told_standing else ""


def _rank(became: str) -> int:
    return _URGENCY.index(became) if became in _URGENCY else len(_URGENCY)
