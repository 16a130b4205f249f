"""Shares with their doubt: Wilson intervals, and where they stand in a plot."""

from dataclasses import dataclass
from datetime import date
from math import sqrt

from claimwire.warehouse.desk_quality import BlindCount, Settled

_Z = 1.96  # 95 percent


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `of`, with the Wilson interval; it behaves with few items and near 0 and 1, where p ± z·s does not.

    Source: Wilson 1927; Brown, Cai and DasGupta 2001.
    """

    right: float
    of: float

    @property
    def value(self) -> float:
        """The share, 0–1; 0 of nothing."""
        return self.right / self.of if self.of else 0.0

    @property
    def low(self) -> float:
        """Lower end of the interval."""
        return self._bounds()[0]

    @property
    def high(self) -> float:
        """Upper end of the interval."""
        return self._bounds()[1]

    def _bounds(self) -> tuple[float, float]:
        if not self.of:
            return 0.0, 1.0
        share, spread = self.value, _Z * _Z / self.of
        centre = (share + spread / 2) / (1 + spread)
        half = _Z * sqrt(share * (1 - share) / self.of + spread / (4 * self.of)) / (1 + spread)
        return max(0.0, centre - half), min(1.0, centre + half)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the quality card."""

    name: str
    settled: Settled

    @property
    def flagged(self) -> Share:
        """Claims that are in the text, of all settled."""
        return Share(self.settled.right, self.settled.of)

    @property
    def exact(self) -> Share:
        """Claims that needed no correction, of all settled."""
        return Share(self.settled.confirmed, self.settled.of)


@dataclass(frozen=True, slots=True)
class Week:
    """One point of the plot over time; x and y in the plot's own units, y downwards."""

    on: date
    share: Share
    of: int
    x: float
    y: float
    y_low: float
    y_high: float


def to_lines(found: dict[str, Settled], limit: int) -> list[Line]:
    """The values with most settled items first."""
    ordered = sorted(found.items(), key=lambda pair: (-pair[1].of, str(pair[0])))
    return [Line(str(name), settled) for name, settled in ordered[:limit]]


def to_weeks(found: dict[date, Settled], width: float, height: float, limit: int = 26) -> list[Week]:
    """The last weeks with their places in a plot of `width` by `height`; empty weeks are left out."""
    weeks = sorted(found)[-limit:]
    if not weeks:
        return []
    first, days = weeks[0], max((weeks[-1] - weeks[0]).days, 1)
    points = []
    for on in weeks:
        share = Share(found[on].right, found[on].of)
        x = (on - first).days / days * width if len(weeks) > 1 else width / 2
        heights = (height * (1 - value) for value in (share.value, share.low, share.high))
        points.append(Week(on, share, found[on].of, round(x, 1), *(round(y, 1) for y in heights)))
    return points


def estimate_recall(blind: BlindCount) -> tuple[float, float, float] | None:
    """Recall of articles with its interval, from blind readings; None before both kinds were read.

    The doubt is that of the missed share among unflagged articles, which outweighs all other.
    """
    if not blind.read_unflagged or not blind.right_weight:
        return None
    missed = Share(blind.missed, blind.read_unflagged)
    right = blind.right_weight
    value = right / (right + blind.missed_weight)
    low = right / (right + missed.high * blind.unflagged_weight)
    return value, low, right / (right + missed.low * blind.unflagged_weight)
