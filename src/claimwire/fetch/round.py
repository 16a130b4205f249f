"""One round: every feed that is due, and the pages of its new entries, fetched politely and handed on feed by feed.

What a feed brought is handed to `Desk.keep` as one `Catch`, which stores articles and polling state in one
transaction. So whoever is killed in between loses nothing (the feed is still due) and doubles nothing (entries have
names).
"""

import logging
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from claimwire.catalog.feeds import Feed
from claimwire.errors import BlockedAddress, ClaimwireError
from claimwire.fetch.client import Client
from claimwire.fetch.feed import Secret, fetch_feed
from claimwire.fetch.folder import settle_delivery, take_deliveries
from claimwire.fetch.outcomes import NETWORK, read_entries
from claimwire.fetch.page import fetch_page
from claimwire.fetch.queue import Clock, Done, Gate, Job, PoliteQueue
from claimwire.fetch.robots import RobotsCache
from claimwire.fetch.state import FeedState
from claimwire.model import Entry, Outcome, Response, Tally

NEVER = datetime.min.replace(tzinfo=UTC)

LOG = logging.getLogger(__name__)

PUT_OFF = "put_off"
"""A feed that was due and not asked: the round was over, or its host wanted to be left alone. It stays due."""

FOLDER_TIME = timedelta(seconds=60)
"""A backlog is read in pieces, so that its lease does not run out; the next round goes on."""

DARK_HOSTS = 8
"""When so many hosts in a row cannot be reached and not one can, the line is dead: the rest is not even tried."""


@dataclass(frozen=True, slots=True)
class Due:
    """A feed to be polled, and where polling of it stands."""

    feed: Feed
    state: FeedState


@dataclass(frozen=True, slots=True)
class Catch:
    """What one feed brought in one round; `pages` by the address that its entry gives."""

    feed: Feed
    state: FeedState
    response: Response
    entries: tuple[Entry, ...] = ()
    pages: Mapping[str, Response] = field(default_factory=dict)


class Desk(Protocol):
    """Who wants the catch. Called from several threads."""

    def wants(self, feed: Feed, entries: Sequence[Entry]) -> Collection[str]:
        """Addresses of the pages that are needed: of entries not seen before."""

    def keep(self, catch: Catch) -> FeedState:
        """Stores it whole, or raises and stores nothing; gives where polling stands now."""


@dataclass(frozen=True, slots=True)
class Round:
    """All that a round needs of the world.

    Args:
        folders: gives the path of a drop folder.
        tick: told how each feed ended, when it does.
        longest: what still waits after this is put off.
    """

    client: Client
    gate: Gate
    desk: Desk
    clock: Clock
    folders: Callable[[Feed], Path]
    secret: Secret = lambda _: ""
    tick: Callable[[str], None] = lambda _: None
    workers: int = 32
    gap_seconds: float = 5.0
    longest: timedelta = timedelta(minutes=10)

    def collect(self, dues: Iterable[Due]) -> Tally:
        """Polls feeds, the longest overdue first; the tally counts each by its outcome, or as put off."""
        work = _Work(self, sorted(dues, key=lambda due: due.state.next_poll_at or NEVER))
        queue = PoliteQueue(self.gate, self.clock, self.workers, self.gap_seconds)
        queue.run(map(work.feed_job, work.dues), self.clock() + self.longest)
        return work.tally()


def group_by_host(dues: Iterable[Due], groups: int) -> list[list[Due]]:
    """At most so many groups of about one size, the feeds of a host never in two: one a mapped task."""
    by_host: dict[str, list[Due]] = {}
    for due in dues:
        by_host.setdefault(due.feed.host or due.feed.key, []).append(due)
    buckets: list[list[Due]] = [[] for _ in range(max(1, groups))]
    for members in sorted(by_host.values(), key=len, reverse=True):
        min(buckets, key=len).extend(members)
    return [bucket for bucket in buckets if bucket]


class _Work:
    """The jobs of one round and what became of them."""

    def __init__(self, plan: Round, dues: Sequence[Due]) -> None:
        self.plan, self.dues = plan, dues
        self.robots = RobotsCache()
        self._lock = threading.Lock()
        # One parser at a time: the interpreter runs no two anyhow, and each may hold sixteen times its feed.
        self._parsing = threading.Lock()
        self._ends: Counter[str] = Counter()
        self._dark: set[str] = set()
        self._is_lit = False

    def feed_job(self, due: Due) -> Job:
        """The job that polls one feed, over HTTP or in its folder."""
        run = self._read_folder if due.feed.folder else self._poll
        # A folder is leased like a host: what another worker has taken looks like what a dead one left.
        host = due.feed.host or f"folder {due.feed.key}"
        return Job(host, lambda now: run(due, now), lambda _: self._end(PUT_OFF))

    def tally(self) -> Tally:
        """Each due feed, counted once."""
        return Tally(len(self.dues), self._ends)

    def _end(self, name: str) -> Done:
        with self._lock:
            self._ends[name] += 1
            self.plan.tick(name)
        return Done()

    def _poll(self, due: Due, now: datetime) -> Done:
        if self._is_line_dead():
            message = "not tried: our network is down"
            response = Response(due.feed.key, Outcome.NETWORK_DOWN, now, message=message)
            return replace(self.keep(Catch(due.feed, due.state, response)), is_asked=False)
        response = fetch_feed(self.plan.client, due.feed, due.state, now, self.plan.secret)
        self._note_light(due.feed.host, response)
        with self._parsing:
            response, entries = read_entries(due.feed, response)
        catch = Catch(due.feed, due.state, response, tuple(entries))
        wanted = tuple(dict.fromkeys(self.plan.desk.wants(due.feed, entries))) if entries else ()
        done = Done(jobs=_Pages(self, catch, wanted).jobs()) if wanted else self.keep(catch)
        return replace(done, pause_seconds=response.retry_after_seconds or 0.0)

    def _read_folder(self, due: Due, now: datetime) -> Done:
        try:
            outcome = self._read_deliveries(due, now)
        except OSError as error:  # no right to read it, or a full disk; what was taken comes again
            message = f"{error.filename or due.feed.folder}: {error.strerror or error}"
            response = Response(due.feed.key, Outcome.UNREACHABLE, now, message=message)
            outcome = self._store(Catch(due.feed, due.state, response))[1]
        return replace(self._end(str(outcome)), is_asked=False)

    def _read_deliveries(self, due: Due, now: datetime) -> Outcome:
        feed, state = due.feed, due.state
        outcome = Outcome.UNCHANGED
        for delivery in take_deliveries(feed, self.plan.folders(feed), now, state.last_good_at):
            response, entries = read_entries(feed, delivery.response)
            state, outcome = self._store(Catch(feed, state, response, tuple(entries)))
            settle_delivery(feed, delivery, "" if outcome is Outcome.NEW else f"{outcome}: {response.message}")
            if self.plan.clock() - now > FOLDER_TIME:
                break
        if state is due.state:
            self._store(Catch(feed, state, Response(feed.key, outcome, now, message="nothing was delivered")))
        return outcome

    def keep(self, catch: Catch) -> Done:
        """Stores what a feed brought and counts it."""
        return self._end(str(self._store(catch)[1]))

    def _store(self, catch: Catch) -> tuple[FeedState, Outcome]:
        try:
            return self.plan.desk.keep(catch), catch.response.outcome
        except ClaimwireError:
            raise  # the warehouse is lost: nothing can be kept, so the round ends
        except Exception as error:  # one bad feed must not cost the others their round
            LOG.exception("feed %s cannot be stored", catch.feed.key)
            message = f"failed in our own code, {type(error).__name__}: please report it"
            response = replace(catch.response, outcome=Outcome.PARSE_FAILED, body=None, message=message)
            return self.plan.desk.keep(Catch(catch.feed, catch.state, response)), response.outcome

    def _is_line_dead(self) -> bool:
        return not self._is_lit and len(self._dark) >= DARK_HOSTS

    def _note_light(self, host: str, response: Response) -> None:
        with self._lock:
            if response.outcome in NETWORK:
                self._dark.add(host)
            else:
                self._is_lit = True


class _Pages:
    """The pages of one catch: it is kept when the last of them has come, or has been given up."""

    def __init__(self, work: _Work, catch: Catch, wanted: Sequence[str]) -> None:
        self._work, self._catch, self._wanted = work, catch, wanted
        self._lock = threading.Lock()
        self._pages: dict[str, Response] = {}

    def jobs(self) -> tuple[Job, ...]:
        """One a page; a page that may not be asked for is given up at once."""
        return tuple(self._job(url) for url in self._wanted)

    def _job(self, url: str) -> Job:
        try:
            host = self._work.plan.client.host_of(url)
        except BlockedAddress as error:
            refusal = self._refusal(url, Outcome.BLOCKED_ADDRESS, str(error))
            return Job("", lambda _: self._came(url, refusal), lambda _: self._came(url, refusal))
        late = self._refusal(url, Outcome.RATE_LIMITED, "put off: its host wants to rest, or the round was over")
        return Job(host, lambda now: self._visit(url, now), lambda _: self._came(url, late))

    def _visit(self, url: str, now: datetime) -> Done:
        plan = self._work.plan
        rules = self._work.robots.known(url, now)
        if rules is None:  # robots.txt is a request of its own, with a rest after it
            rules = self._work.robots.read(plan.client, url, now)
            return Done(rules.gap_seconds, jobs=(self._job(url),))
        if not rules.allows(url):
            refusal = self._refusal(url, Outcome.UNAUTHORISED, "robots.txt asks us to stay away")
            return replace(self._came(url, refusal), is_asked=False)
        page = fetch_page(plan.client, self._catch.feed.key, url, now)
        pause = max(rules.gap_seconds, page.retry_after_seconds or 0.0)
        return replace(self._came(url, page), pause_seconds=pause)

    def _refusal(self, url: str, outcome: Outcome, message: str) -> Response:
        catch = self._catch
        return Response(catch.feed.key, outcome, catch.response.fetched_at, url=url, message=message)

    def _came(self, url: str, page: Response) -> Done:
        # Pages of a hundred feeds wait minutes for the last of theirs: packed, they take a sixth of the memory.
        packed = replace(page, body=page.body and zlib.compress(page.body, 1))
        with self._lock:
            self._pages[url] = packed
            is_last = len(self._pages) == len(self._wanted)
        return self._work.keep(replace(self._catch, pages=self._unpacked())) if is_last else Done()

    def _unpacked(self) -> dict[str, Response]:
        return {url: replace(page, body=page.body and zlib.decompress(page.body)) for url, page in self._pages.items()}
