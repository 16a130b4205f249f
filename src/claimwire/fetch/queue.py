"""Many jobs at many hosts, in any order but never two at one host, and never sooner than its gap allows."""

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

Clock = Callable[[], datetime]


class Gate(Protocol):
    """Hands out hosts, across all workers that share it (`warehouse.leases.HostLeases`)."""

    def take(self, host: str, now: datetime) -> datetime | None:
        """None where the host is ours now; else when to ask again."""

    def give_back(self, host: str, next_request_at: datetime) -> None:
        """Lets others have it, though not before a time."""


@dataclass(frozen=True, slots=True)
class Done:
    """What a job came to: how long its host wants to be left alone, and what there is to do next.

    `is_asked` is false where the host was not talked to after all, and needs no rest.
    """

    pause_seconds: float = 0.0
    is_asked: bool = True
    jobs: "tuple[Job, ...]" = ()


@dataclass(frozen=True, slots=True)
class Job:
    """One request to one host; an empty host needs no manners.

    `put_off` is called instead of `run` where the round ends first, or the host wants to be left alone for longer.
    """

    host: str
    run: Callable[[datetime], Done]
    put_off: Callable[[datetime], Done]


Visit = Future[tuple[datetime, Done | None]]

ASK_AGAIN = timedelta(milliseconds=50)
"""Least wait before a host that another worker holds is asked for again."""


@dataclass(slots=True)
class PoliteQueue:
    """Runs jobs on a bounded pool of threads; a host that rests takes no thread.

    Args:
        gap_seconds: rest of a host between the end of one request and the start of the next.
        patience_seconds: a host that is not free within this is put off to the next round.
    """

    gate: Gate
    clock: Clock
    workers: int = 32
    gap_seconds: float = 5.0
    patience_seconds: float = 60.0
    _waiting: dict[str, deque[Job]] = field(default_factory=lambda: defaultdict(deque))
    _ready: list[tuple[datetime, int, str]] = field(default_factory=list)
    _under_way: dict[Visit, Job] = field(default_factory=dict)
    _number: int = 0

    def run(self, jobs: Iterable[Job], ends_at: datetime) -> None:
        """Works until no job is left; after `ends_at` what still waits is put off.

        Raises:
            Exception: whatever a job raised, once those under way are done.
        """
        self._add(jobs)
        with ThreadPoolExecutor(self.workers, thread_name_prefix="fetch") as pool:
            while self._ready or self._under_way:
                is_over = self.clock() >= ends_at
                while job := self._next_job(is_over=is_over):
                    self._under_way[pool.submit(self._one, job, is_over=is_over)] = job
                for future in self._await(ends_at):
                    self._settle(self._under_way.pop(future), *future.result())

    def _next_job(self, *, is_over: bool) -> Job | None:
        """The first job whose host has rested, if a thread is free for it."""
        if not self._ready or len(self._under_way) >= self.workers:
            return None
        if not is_over and self._ready[0][0] > self.clock():
            return None
        return self._waiting[heapq.heappop(self._ready)[2]].popleft()

    def _one(self, job: Job, *, is_over: bool) -> tuple[datetime, Done | None]:
        """When to look at the host again, and what the job came to: None where the host is not to be had yet."""
        now = self.clock()
        if is_over:
            return now, job.put_off(now)
        if not job.host:
            return now, job.run(now)
        free_at = self.gate.take(job.host, now)
        if free_at is None:
            return self._visit(job, now)
        if (free_at - now).total_seconds() > self.patience_seconds:
            return now, job.put_off(now)
        return max(free_at, now + ASK_AGAIN), None

    def _visit(self, job: Job, now: datetime) -> tuple[datetime, Done]:
        rest_seconds = self.gap_seconds
        try:
            done = job.run(now)
            rest_seconds = max(rest_seconds, done.pause_seconds) if done.is_asked else 0.0
        finally:
            rested_at = self.clock() + timedelta(seconds=rest_seconds)
            self.gate.give_back(job.host, rested_at)
        return rested_at, done

    def _settle(self, job: Job, again_at: datetime, done: Done | None) -> None:
        if done is None:
            self._waiting[job.host].appendleft(job)
        else:
            self._waiting[job.host].extend(one for one in done.jobs if one.host == job.host)
            self._add(one for one in done.jobs if one.host != job.host)
        if self._waiting[job.host]:
            is_far = (again_at - self.clock()).total_seconds() > self.patience_seconds
            self._push(self.clock() if is_far else again_at, job.host)  # the gate will refuse: put off at once
        else:
            del self._waiting[job.host]

    def _add(self, jobs: Iterable[Job]) -> None:
        """Queues jobs; a host that is known already, waiting or being visited, is looked at again anyway."""
        for job in jobs:
            if job.host not in self._waiting:
                self._push(self.clock(), job.host)
            self._waiting[job.host].append(job)

    def _push(self, at: datetime, host: str) -> None:
        self._number += 1
        heapq.heappush(self._ready, (at, self._number, host))

    def _await(self, ends_at: datetime) -> set[Visit]:
        """Waits for the next thing to happen; gives the visits that are done."""
        seconds = None
        if self._ready and len(self._under_way) < self.workers:
            next_at = min(self._ready[0][0], ends_at)
            seconds = max(0.0, (next_at - self.clock()).total_seconds())
        if self._under_way:
            return wait(self._under_way, timeout=seconds, return_when=FIRST_COMPLETED).done
        time.sleep(seconds or 0.0)
        return set()
