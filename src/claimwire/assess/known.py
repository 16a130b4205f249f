"""What earlier claims told: the steps of the threads around a day, and who speaks for whom."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from claimwire.assess.assessment import Span

_EXACT = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class KnownStep:
    """A step that earlier claims told."""

    step_key: str
    thread_key: str
    stage: str
    first_on: date
    last_on: date
    actors: frozenset[str] = frozenset()
    origins: int = 1


@dataclass(slots=True)
class Known:
    """Earlier steps by thread, growing while a batch is assessed; and which feeds are a state's own voice."""

    steps: dict[str, list[KnownStep]] = field(default_factory=lambda: defaultdict(list))
    voices: Mapping[str, str] = field(default_factory=dict)  # feed_key → code of the state whose word it is
    narrower: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))  # thread → those it holds

    @staticmethod
    def of(steps: Iterable[KnownStep], voices: Mapping[str, str] | None = None) -> "Known":
        """Known steps, sorted by thread."""
        known = Known(voices=voices or {})
        for step in steps:
            known.steps[step.thread_key].append(step)
        return known

    def near(self, thread_key: str, stage: str, span: Span, days: int) -> KnownStep | None:
        """The step of that stage within some days of the span, the nearest; none grows past twice the days."""
        found = [
            step
            for step in self.steps.get(thread_key, ())
            if step.stage == stage
            and span.first - timedelta(days) <= step.last_on
            and step.first_on <= span.last + timedelta(days)
            and span.last - step.first_on <= timedelta(2 * days)
        ]
        return min(found, key=lambda step: (abs(step.first_on - span.first), step.step_key), default=None)

    def latest(self, thread_key: str, stage: str, before: date, days: int) -> KnownStep | None:
        """The last step of that stage that began on or before the day, and not longer than `days` ago."""
        oldest = before - timedelta(days)
        found = [
            step for step in self.steps.get(thread_key, ()) if step.stage == stage and oldest <= step.first_on <= before
        ]
        return max(found, key=lambda step: (step.first_on, step.step_key), default=None)

    def family(self, thread_key: str, parent_key: str | None) -> list[str]:
        """Threads that a matter may be told in: its own first, the wider one, and those that the wider one holds."""
        near = [thread_key, parent_key] if parent_key else [thread_key, *self.narrower.get(thread_key, ())]
        return [key for key in near if key]

    def note(self, step: KnownStep) -> None:
        """Adds a step, or widens the one that is there."""
        of_thread = self.steps[step.thread_key]
        for index, there in enumerate(of_thread):
            if there.step_key == step.step_key:
                is_exact = step.last_on - step.first_on <= _EXACT  # "last week" dates a step to no day of its own
                first = min(there.first_on, step.first_on) if is_exact else there.first_on
                last = max(there.last_on, step.last_on) if is_exact else there.last_on
                of_thread[index] = replace(there, first_on=first, last_on=last, actors=there.actors | step.actors)
                return
        of_thread.append(step)
