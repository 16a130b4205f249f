"""When: which date of a sentence is the day of the act, and which is the time that the measure covers."""

from claimwire.detect.context import Mention
from claimwire.detect.features_act import Scene, way
from claimwire.text.dates import DateMention

_QUOTA = "trade_quota"
_COVERS = frozenset({"extend"})  # acts whose dates say how long, not when
_BESIDE = 25  # code points between a quota and the year that it is for
_TAKEN = 6  # code points between a date and the word whose date it plainly is


def when_of(scene: Scene, act: str) -> tuple[str | None, str | None]:
    """The day of the act and the period of the measure, ISO; None where the sentence does not say."""
    dates = scene.view.dates
    if not dates:
        return None, None
    whole = [date for date in dates if not _is_part(date, dates)]
    period = _period(scene, act, whole)
    event = _event(scene, act, [date for date in whole if date is not period])
    return event or _from_span(whole, dates), period.value if period else None


def _is_part(date: DateMention, dates: tuple[DateMention, ...]) -> bool:
    """Whether a date is an end of a span that is given too."""
    return any(
        other.start <= date.start and date.end <= other.end and other.end - other.start > date.end - date.start
        for other in dates
    )


def _period(scene: Scene, act: str, dates: list[DateMention]) -> DateMention | None:
    if scene.category != _QUOTA and act not in _COVERS:
        return None
    pivot = _pivot(scene, act)
    own = [date for date in dates if not _is_taken(scene, date, pivot)]
    hinted = [date for date in own if date.role_hint == "period"]
    beside = (d for d in own if d.kind in ("year", "span") and not d.role_hint and _gap(scene, d, pivot)[0] > _TAKEN)
    return hinted[0] if hinted else next((date for date in beside if _is_beside(scene, date)), None)


def _is_beside(scene: Scene, date: DateMention) -> bool:
    return any(
        -1 <= anchor.start - date.end <= _BESIDE or -1 <= date.start - anchor.end <= _BESIDE for anchor in scene.anchors
    )


def _event(scene: Scene, act: str, dates: list[DateMention]) -> str | None:
    """The date nearest to the word that tells the act; one that plainly belongs to another word only if it is alone."""
    pivot = _pivot(scene, act)
    events = [date for date in dates if date.role_hint != "period"]
    if any(date.kind == "day" for date in events):
        events = [date for date in events if date.kind != "year"]  # beside a day, a year only says which
    free = [date for date in events if not _is_taken(scene, date, pivot)]
    if not free and len(events) > 1:
        return None
    nearest = min(free or events, key=lambda date: _gap(scene, date, pivot), default=None)
    return nearest.value if nearest else None


def _from_span(whole: list[DateMention], dates: tuple[DateMention, ...]) -> str | None:
    """Where only spans are given: "since October" is the time of the act, "by 2001" and "until Friday" tell its day."""
    for span in whole:
        if span.kind != "span" or span.role_hint != "period":
            continue
        ends = [date for date in dates if date is not span and span.start <= date.start and date.end <= span.end]
        if ends and span.value.endswith(f"/{ends[-1].value}"):
            return ends[-1].value
        return span.value
    return None


def _is_taken(scene: Scene, date: DateMention, pivot: Mention | None) -> bool:
    """Whether a date stands right beside a word that tells another act."""
    if pivot is None or _gap(scene, date, pivot)[0] <= _TAKEN:
        return False
    others = (trigger.mention for trigger in scene.triggers if trigger.mention != pivot)
    return any(way(scene.view.sentence.text, _as_mention(date, other), other)[0] <= _TAKEN for other in others)


def _pivot(scene: Scene, act: str) -> Mention | None:
    told = scene.nearest().get(act)
    if told:
        return told.mention
    return scene.anchors[0] if scene.anchors else None


def _gap(scene: Scene, date: DateMention, pivot: Mention | None) -> tuple[int, int]:
    if pivot is None:
        return date.start, 0
    return way(scene.view.sentence.text, _as_mention(date, pivot), pivot)[0], date.start


def _as_mention(date: DateMention, like: Mention) -> Mention:
    return Mention(date.start, date.end, "date", like.kind, "", "")
