"""What stands in a digest: the news read once from the warehouse, then told at the length that fits."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from claimwire.digest.content import Band, Content, Matter
from claimwire.digest.frame import Frame
from claimwire.digest.group import MatterGroup, group_items
from claimwire.digest.points import point_of
from claimwire.digest.sections import (
    Change,
    bar_text,
    bars_of,
    changes_of,
    dates_of,
    group_changes,
    has_changed,
    quality_of,
    requests_of,
    silent_of,
    state_of,
)
from claimwire.digest.wording import Wording, fill, one_line
from claimwire.warehouse import briefing
from claimwire.warehouse.standings import Standings, read_standings

BANDS = (("first", 70.0), ("next", 40.0), ("rest", float("-inf")))
"""From which priority a matter stands where; priorities run from 0 to 100."""

POINTS = 4  # told of one matter; the others are counted
IN_SHORT = 5  # lines before the fold
SUBJECT_LIMIT = 150  # characters; programs show 40 to 70, searches and lists all


@dataclass(frozen=True, slots=True)
class News:
    """New and changed items as they stand in the warehouse; `matters` and `changes` group them."""

    items: list[Any]
    changed: list[Any]
    matters: list[MatterGroup]
    standings: Standings
    changes: dict[Change, Any]

    @property
    def told(self) -> tuple[tuple[int, str], ...]:
        """(item id, state) of all of them."""
        return tuple((row.id, state_of(row, self.standings)) for row in (*self.items, *self.changed))


NO_NEWS = News([], [], [], {}, {})


def read_news(frame: Frame) -> News:
    """What the subscriber was not told yet."""
    key, late = frame.subscription.key, frame.since - briefing.LATE
    items = list(briefing.fresh_items(frame.connection, frame.subscription, late, frame.until))
    told = [] if frame.is_alert else list(briefing.told_items(frame.connection, key, late))
    asking = {row.thread_id for row in (*items, *told) if row.act in briefing.QUESTIONS and row.thread_id is not None}
    standings = read_standings(frame.connection, asking)
    changed = [row for row in told if has_changed(row, standings)]
    return News(items, changed, group_items(items), standings, group_changes(changed, standings))


def content_of(frame: Frame, news: News, limit: int) -> Content:
    """The digest in words, with at most `limit` matters told in full."""
    wording, phrases = frame.wording, frame.wording.phrases
    shown = news.matters[:limit]
    bands, shown_ids = _bands(frame, shown)
    # Two matters may be told in the same words; before the fold they are one line.
    gists = tuple(dict.fromkeys(matter.points[0].gist for band in bands for matter in band.matters))
    read, all_feeds = briefing.feeds_read(frame.connection, frame.since)
    feeds_read = fill(phrases.feeds_read, read=wording.number(read), all=wording.number(all_feeds))
    smaller = {} if frame.is_alert else _smaller_sections(frame, news)
    counts = _counts(news, wording)
    title = phrases.alert_title if frame.is_alert else phrases.title
    return Content(
        language=frame.subscription.language,
        direction=wording.labels.direction,
        title=fill(title, day=wording.day(frame.day)),
        day=frame.day,
        subject=_subject(news, gists, counts, feeds_read, wording),
        counts=" · ".join([*counts, feeds_read]),
        in_short=gists[:IN_SHORT],
        bands=bands,
        rest=_rest(news.matters[limit:], wording),
        rest_url=f"{frame.desk_url}/?status=any&since={frame.since.date()}",
        feeds_read=feeds_read,
        quality=quality_of(frame),
        why=fill(phrases.why, title=one_line(frame.subscription.title)),
        is_quiet=not news.items and not news.changed,
        shown_ids=shown_ids,
        **smaller,
    )


def _smaller_sections(frame: Frame, news: News) -> dict[str, Any]:
    bars = bars_of(frame)
    return {
        "changes": changes_of(news.changes, frame),
        "requests": requests_of(frame),
        "bars": bars,
        "bar_texts": tuple(bar_text(bar, frame.wording) for bar in bars),
        "dates": dates_of(frame),
        "silent": silent_of(frame),
    }


def _bands(frame: Frame, shown: list[MatterGroup]) -> tuple[tuple[Band, ...], tuple[int, ...]]:
    """The matters by priority, and the ids of the items that stand for them."""
    leads = [point.lead.id for matter in shown for point in matter.first(POINTS)]
    whole = briefing.whole_items(frame.connection, leads)
    remaining, bands = list(shown), []
    for name, floor in BANDS:
        here = [matter for matter in remaining if matter.priority >= floor]
        remaining = [matter for matter in remaining if matter.priority < floor]
        if here:
            matters = tuple(_matter(frame, matter, whole) for matter in here)
            bands.append(Band(frame.wording.phrases.bands[name], matters))
    return tuple(bands), tuple(leads)


def _matter(frame: Frame, matter: MatterGroup, whole: dict[int, Any]) -> Matter:
    wording, groups = frame.wording, matter.first(POINTS)
    points = [point_of(whole[group.lead.id], wording, frame.desk_url, len(group.publishers)) for group in groups]
    more = matter.items - len(groups)
    told = wording.count(wording.phrases.more, more) if more else ""
    return Matter(tuple(points), told, _listed_at(frame, matter))


def _listed_at(frame: Frame, matter: MatterGroup) -> str:
    """The desk's list of all items of a matter."""
    lead = matter.first(1)[0].lead
    kind, row_id = ("thread", lead.thread_id) if lead.thread_id is not None else ("story", lead.story_id)
    return f"{frame.desk_url}/?status=any&{kind}={row_id}" if row_id is not None else frame.desk_url


def _rest(left_out: list[MatterGroup], wording: Wording) -> str:
    """How many matters are not told, and of what kind they are."""
    if not left_out:
        return ""
    kinds = Counter(matter.first(1)[0].lead.category for matter in left_out)
    told = ", ".join(f"{wording.labels.categories[kind]} {wording.number(n)}" for kind, n in kinds.most_common())
    return f"{wording.count(wording.phrases.more, len(left_out))}{wording.phrases.colon}{told}"


def _counts(news: News, wording: Wording) -> list[str]:
    phrases, counts = wording.phrases, []
    if news.items:
        matters = wording.count(phrases.matters, len(news.matters))
        counts.append(f"{wording.count(phrases.new, len(news.items))} {matters}")
    if news.changes:
        counts.append(wording.count(phrases.changed, len(news.changes)))
    return counts or [phrases.quiet]


def _subject(news: News, gists: tuple[str, ...], counts: list[str], feeds_read: str, wording: Wording) -> str:
    """The news itself, as far as it fits; else how quiet it was."""
    if not news.items:
        return one_line(f"{counts[0]}, {feeds_read}", SUBJECT_LIMIT)
    count = wording.count(wording.phrases.new, len(news.items))
    return one_line(f"{count}{wording.phrases.colon}{'; '.join(gists[:3])}", SUBJECT_LIMIT)
