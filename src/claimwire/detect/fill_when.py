"""When: which date of a sentence is the day of the act, and which is the time that the measure covers."""

from claimwire.detect.context import Mention
from claimwire.detect.features_act import Scene, way
from claimwire.text.dates import DateMention

_QUOTA = "trade_quota"
_COVERS = frozenset({"extend", "in_force", "ease"})  # acts whose "until" says how long, not when
_MEASURED = frozenset({"comply", "violate", "in_force"})  # acts that a quota's year or month measures
_BESIDE = 25  # code points between a quota and the year that it is for
_TAKEN = 6  # code points between a date and the word whose date it plainly is
_OPEN = "/.."


def when_of(scene: Scene, act: str) -> tuple[str | None, str | None]:
    """The day of the act and the period of the measure, ISO; None where the sentence does not say."""
    dates = scene.view.dates
    if not dates:
        return None, None
    whole = [date for date in dates if not _is_part(date, dates)]
    period = _period(scene, act, whole)
    rest = [date for date in whole if not period or date.value != period.value]
    event = _event(scene, act, rest) or _from_span(rest, dates)
    return event and event.removesuffix(_OPEN), period.value if period else None


def _is_part(date: DateMention, dates: tuple[DateMention, ...]) -> bool:
    """Whether a date is an end of a span that is given too."""
    return any(
        other.start <= date.start and date.end <= other.end and other.end - other.start > date.end - date.start
        for other in dates
    )


def _period(scene: Scene, act: str, dates: list[DateMention]) -> DateMention | None:
    pivot = _pivot(scene, act)
    hinted = [date for date in dates if date.role_hint == "period" and not _is_taken(scene, act, date)]
    if scene.category != _QUOTA:
        lasting = [date for date in hinted if act in _COVERS and _end_of(date, scene.view.dates)]
        return lasting[0] if lasting else None
    spans = [date for date in dates if date.kind in ("year", "span") and not date.role_hint]
    beside = [date for date in spans if _gap(scene, date, pivot)[0] > _TAKEN and _is_beside(scene, date)]
    measured = [date for date in dates if date.kind in ("year", "span") and act in _MEASURED]
    return min(hinted or beside or measured, key=lambda date: _gap(scene, date, pivot), default=None)


def _is_beside(scene: Scene, date: DateMention) -> bool:
    return any(
        -1 <= anchor.start - date.end <= _BESIDE or -1 <= date.start - anchor.end <= _BESIDE for anchor in scene.anchors
    )


def _event(scene: Scene, act: str, dates: list[DateMention]) -> str | None:
    """The date nearest to the word that tells the act; one that plainly belongs to another word only if it is alone."""
    pivot = _pivot(scene, act)
    events = [date for date in dates if date.role_hint != "period" or _is_while(scene, date)]
    if any(date.kind == "day" for date in events):
        events = [date for date in events if date.kind != "year"]  # beside a day, a year only says which
    free = [date for date in events if not _is_taken(scene, act, date)]
    if not free and len(events) > 1:
        return None
    nearest = min(free or events, key=lambda date: _gap(scene, date, pivot), default=None)
    return nearest.value if nearest else None


def _from_span(whole: list[DateMention], dates: tuple[DateMention, ...]) -> str | None:
    """Where only spans are given: "since October" is the time of the act, "by 2001" and "until Friday" tell its day."""
    span = next((date for date in whole if date.kind == "span" and date.role_hint == "period"), None)
    return (_end_of(span, dates) or span.value) if span else None


def _end_of(span: DateMention, dates: tuple[DateMention, ...]) -> str | None:
    """The end of a span, where the text names it: "until Friday", not "since October"."""
    ends = [date.value for date in dates if date is not span and span.start <= date.start and date.end <= span.end]
    return ends[-1] if ends and span.value.endswith(f"/{ends[-1]}") else None


def _is_while(scene: Scene, date: DateMention) -> bool:
    """Whether a span is when the act went on, like "since October" or "in the first half": a quota is for such."""
    return date.kind == "span" and scene.category != _QUOTA and not _end_of(date, scene.view.dates)


def _is_taken(scene: Scene, act: str, date: DateMention) -> bool:
    """Whether a date stands right beside a word that tells another act."""
    pivot = _pivot(scene, act)
    if pivot is None or _gap(scene, date, pivot)[0] <= _TAKEN:
        return False
    others = (trigger.mention for trigger in scene.triggers if trigger.act != act)
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
