"""Flagged items into matters: what a reader takes for one piece of news is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from claimwire.model import Category

NOBODY = "[]"
"""An empty list of codes as the light rows of `briefing` have it."""

_CATEGORIES = list(Category)


@dataclass(slots=True)
class PointGroup:
    """Items that tell the same step; `lead` stands for them, `priority` is that of the most urgent one."""

    lead: Any
    priority: float
    is_main: bool = False  # some article is about it
    items: int = 0
    publishers: set[str] = field(default_factory=set)

    def add(self, item: Any) -> None:
        """One more that tells it."""
        if category_rank(item) < category_rank(self.lead):
            self.lead = item
        self.is_main = self.is_main or item.is_main
        self.items += 1
        self.publishers.add(item.publisher)


@dataclass(slots=True)
class MatterGroup:
    """Points of one matter."""

    points: dict[tuple[Any, ...], PointGroup] = field(default_factory=dict)

    @property
    def priority(self) -> float:
        """That of its most urgent item, 0–100."""
        return max(point.priority for point in self.points.values())

    @property
    def items(self) -> int:
        """How many flagged items it stands for."""
        return sum(point.items for point in self.points.values())

    def first(self, most: int) -> list[PointGroup]:
        """Its points: what articles are about before what they recall, the most urgent first."""
        return sorted(self.points.values(), key=lambda point: (not point.is_main, -point.priority))[:most]


def group_items(items: Iterable[Any]) -> list[MatterGroup]:
    """Matters in the order of their most urgent item; `items` come most urgent first."""
    matters: dict[tuple[Any, ...], MatterGroup] = {}
    for item in items:
        matter = matters.setdefault(matter_key(item), MatterGroup())
        matter.points.setdefault(_point_key(item), PointGroup(item, item.priority)).add(item)
    return list(matters.values())


def matter_key(item: Any) -> tuple[Any, ...]:
    """What makes items one matter: their thread; without one, who does what to whom; else their story."""
    if item.thread_id is not None:
        return ("thread", item.thread_id)
    if NOBODY not in (item.actor, item.target):
        return ("codes", item.category, item.act, item.measure, item.actor, item.target)
    return ("story", item.story_id) if item.story_id is not None else ("article", item.article_id)


def _point_key(item: Any) -> tuple[Any, ...]:
    if item.step_key:
        return (item.step_key, item.act)
    return (item.category, item.act, item.measure, item.actor, item.target)


def category_rank(item: Any) -> int:
    """The place of its category in the codebook, which tells each claim by the first that fits."""
    return _CATEGORIES.index(item.category)
