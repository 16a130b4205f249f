import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from claimwire.fetch.queue import Done, Job, PoliteQueue


def clock() -> datetime:
    return datetime.now(UTC)


@dataclass
class OneGate:
    """A gate within one process: it hands a host to whoever comes first."""

    free_at: dict[str, datetime] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, host: str, now: datetime) -> datetime | None:
        with self.lock:
            if host in self.taken:
                return now + timedelta(seconds=0.02)
            if self.free_at.get(host, now) > now:
                return self.free_at[host]
            self.taken.add(host)
            return None

    def give_back(self, host: str, next_request_at: datetime) -> None:
        with self.lock:
            self.taken.discard(host)
            self.free_at[host] = next_request_at


@dataclass
class Diary:
    """When each job ran, by host; jobs take 20 ms."""

    visits: dict[str, list[tuple[float, float]]] = field(default_factory=lambda: defaultdict(list))
    put_off: list[str] = field(default_factory=list)

    def job(self, host: str, pause: float = 0.0, is_asked: bool = True, *then: Job) -> Job:
        def run(_: datetime) -> Done:
            began = time.monotonic()
            time.sleep(0.02)
            self.visits[host].append((began, time.monotonic()))
            return Done(pause, is_asked, then)

        def put_off(_: datetime) -> Done:
            self.put_off.append(host)
            return Done()

        return Job(host, run, put_off)

    def gaps(self, host: str) -> list[float]:
        visits = sorted(self.visits[host])
        return [after[0] - before[1] for before, after in pairwise(visits)]


def run(jobs: list[Job], gate: OneGate | None = None, seconds: float = 10, **options: float) -> float:
    began = time.monotonic()
    queue = PoliteQueue(gate or OneGate(), clock, workers=4, gap_seconds=options.pop("gap_seconds", 0.1), **options)
    queue.run(jobs, clock() + timedelta(seconds=seconds))
    return time.monotonic() - began


def test_a_host_is_never_visited_twice_at_once_and_rests_in_between() -> None:
    diary = Diary()
    run([diary.job(f"h{number % 3}") for number in range(12)])
    assert {host: len(visits) for host, visits in diary.visits.items()} == {"h0": 4, "h1": 4, "h2": 4}
    assert all(gap >= 0.1 for host in diary.visits for gap in diary.gaps(host))


def test_resting_hosts_take_no_thread() -> None:
    diary = Diary()
    elapsed = run([diary.job(f"h{number % 20}") for number in range(40)])
    assert elapsed < 0.6, "20 hosts on 4 threads, two visits each with a rest of 0.1 s"


def test_two_rounds_that_share_a_gate_keep_the_gap_between_them() -> None:
    diary, gate = Diary(), OneGate()
    rounds = [threading.Thread(target=run, args=([diary.job("h") for _ in range(3)], gate)) for _ in range(2)]
    for one in rounds:
        one.start()
    for one in rounds:
        one.join()
    assert len(diary.visits["h"]) == 6
    assert all(gap >= 0.1 for gap in diary.gaps("h"))


def test_a_host_that_asks_for_a_rest_gets_it() -> None:
    diary = Diary()
    run([diary.job("h", 0.4), diary.job("h")])
    assert diary.gaps("h")[0] >= 0.4


def test_a_host_that_was_not_asked_needs_no_rest() -> None:
    diary = Diary()
    assert run([diary.job("h", 0.0, False) for _ in range(5)], gap_seconds=5) < 1


def test_a_host_that_wants_to_rest_for_long_is_put_off() -> None:
    diary = Diary()
    elapsed = run([diary.job("h", 30), diary.job("h"), diary.job("h"), diary.job("other")], patience_seconds=1)
    assert elapsed < 1
    assert diary.put_off == ["h", "h"]
    assert len(diary.visits["other"]) == 1


def test_a_job_may_lead_to_others_at_its_own_host_and_elsewhere() -> None:
    diary = Diary()
    run([diary.job("h", 0.0, True, diary.job("h"), diary.job("pages", 0.0, True, diary.job("h")))])
    assert (len(diary.visits["h"]), len(diary.visits["pages"])) == (3, 1)


def test_when_the_round_is_over_the_rest_is_put_off() -> None:
    diary = Diary()
    elapsed = run([diary.job("h") for _ in range(50)], seconds=0.5)
    assert elapsed < 1
    assert len(diary.visits["h"]) + len(diary.put_off) == 50
    assert diary.put_off


def test_folders_need_no_gate() -> None:
    diary = Diary()
    assert run([diary.job("") for _ in range(3)], gap_seconds=5) < 1


def test_a_job_that_raises_ends_the_round_and_frees_its_host() -> None:
    def broken(_: datetime) -> Done:
        raise RuntimeError("the warehouse is lost")

    gate = OneGate()
    with pytest.raises(RuntimeError, match="the warehouse is lost"):
        run([Job("h", broken, lambda _: Done())], gate)
    assert gate.taken == set()
