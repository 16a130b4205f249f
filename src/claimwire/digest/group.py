"""Flagged items into matters: what a reader takes for one piece of news is told once."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

NOBODY = "[]"
"""An empty list of codes as the light rows of `briefing` have it."""


@dataclass(slots=True)
class PointGroup:
    """Items that tell the same step; `lead` is the most urgent one."""

    lead: Any
    items: int = 0
    publishers: set[str] = field(default_factory=set)


@dataclass(slots=True)
class MatterGroup:
    """Points of one matter, most urgent first."""

    points: dict[tuple[Any, ...], PointGroup] = field(default_factory=dict)

    @property
    def priority(self) -> float:
        """That of its most urgent item, 0–100."""
        return max(float(point.lead.priority) for point in self.points.values())

    @property
    def items(self) -> int:
        """How many flagged items it stands for."""
        return sum(point.items for point in self.points.values())

    def first(self, most: int) -> list[PointGroup]:
        """Its most urgent points."""
        return list(self.points.values())[:most]


def group_items(items: Iterable[Any]) -> list[MatterGroup]:
    """Matters in the order of their most urgent item; `items` come most urgent first."""
    matters: dict[tuple[Any, ...], MatterGroup] = {}
    for item in items:
        matter = matters.setdefault(matter_key(item), MatterGroup())
        point = matter.points.setdefault(_point_key(item), PointGroup(item))
        point.items += 1
        point.publishers.add(item.publisher)
    return list(matters.values())


def matter_key(item: Any) -> tuple[Any, ...]:
    """What makes items one matter: their thread; without one, who does what to whom; else their story."""
    if item.thread_id is not None:
        return ("thread", item.thread_id)
    if NOBODY not in (item.actor, item.target):
        return ("codes", item.category, item.act, item.measure, item.actor, item.target)
    return ("story", item.story_id) if item.story_id is not None else ("article", item.article_id)


def _point_key(item: Any) -> tuple[Any, ...]:
    # Within one step the writer's words differ ("sanctions", "embargo"); who does what to whom does not.
    return (item.category, item.act, item.step_key or (item.measure, item.actor, item.target))
