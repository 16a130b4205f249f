"""When: which date of a sentence is the day of the act, and which is the time that the measure covers."""

from claimwire.detect.context import Mention
from claimwire.detect.features_act import Scene, way
from claimwire.text.dates import DateMention

_QUOTA = "trade_quota"
_COVERS = frozenset({"extend"})  # acts whose dates say how long, not when
_BESIDE = 25  # code points between a quota and the year that it is for
_STANDING = frozenset({"in_force", "comply"})


def when_of(scene: Scene, act: str) -> tuple[str | None, str | None]:
    """The day of the act and the period of the measure, ISO; None where the sentence does not say."""
    dates = _whole(scene.view.dates)
    if not dates:
        return None, None
    period = _period(scene, act, dates)
    pivot = _pivot(scene, act)
    rest = [date for date in dates if date is not period] if period and len(dates) > 1 else dates
    events = [date for date in rest if date.role_hint != "period"] or rest
    if period in events and scene.category == _QUOTA:
        return None, period.value if period else None
    nearest = min(events, key=lambda date: _gap(scene, date, pivot))
    return nearest.value, period.value if period else None


def _whole(dates: tuple[DateMention, ...]) -> list[DateMention]:
    """Dates that are not part of a longer one: of a span, the span."""
    return [
        date
        for date in dates
        if not any(
            other is not date
            and other.start <= date.start
            and date.end <= other.end
            and other.end - other.start > date.end - date.start
            for other in dates
        )
    ]


def _period(scene: Scene, act: str, dates: list[DateMention]) -> DateMention | None:
    hinted = [date for date in dates if date.role_hint == "period"]
    if hinted and (scene.category == _QUOTA or act in _COVERS):
        return hinted[0]
    if scene.category != _QUOTA:
        return None
    for date in dates:
        if date.kind in ("year", "span", "month") and any(
            -1 <= anchor.start - date.end <= _BESIDE or -1 <= date.start - anchor.end <= _BESIDE
            for anchor in scene.anchors
        ):
            return date
    return None


def _pivot(scene: Scene, act: str) -> Mention | None:
    told = scene.nearest().get(act)
    if told:
        return told.mention
    return scene.anchors[0] if scene.anchors else None


def _gap(scene: Scene, date: DateMention, pivot: Mention | None) -> tuple[int, int]:
    if pivot is None:
        return date.start, 0
    stand_in = Mention(date.start, date.end, "date", pivot.kind, "", "")
    return way(scene.view.sentence.text, stand_in, pivot)[0], date.start
