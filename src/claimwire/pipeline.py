"""The steps, in order, on one page.

    feeds ─► plan_collection ─► collect_feeds ─► report_collection      entries become articles
    articles ─► plan_detection ─► detect_articles                       articles become flagged items
    flagged items ─► plan_digests ─► send_due_digest                    flagged items reach their readers

Each step takes the settings and `now`, and can be repeated: what is done already is not done twice. A DAG's task is
one call of one step (`plugins/claimwire_airflow.py`); so is a command.
"""

import logging
import os
import socket
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from math import ceil
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from claimwire.catalog.feeds import Feed, load_feeds
from claimwire.errors import ClaimwireError, DeliveryError, NotFound
from claimwire.model import Article, Tally
from claimwire.settings import Settings, read_secret
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.writing import write

if TYPE_CHECKING:
    from claimwire.detect.engine import Detector
    from claimwire.fetch.round import Due
    from claimwire.warehouse.assessing import Detected

LOG = logging.getLogger(__name__)

BUNDLES, BUNDLE = 8, 30
"""Mapped tasks of one collection at most, and so many feeds are not worth another: a task costs seconds to start."""

BATCH = 200
"""Articles read in one transaction."""

READERS, LONGEST_READING = 8, 1000
"""Mapped tasks that share unread articles, and how many one takes: its first read pays seconds for the lexicons."""

LONGEST_PLAN = 20_000
"""Unread articles that one run takes on; the rest is the next run's."""


# ── catalogue ────────────────────────────────────────────────────────────────────────────────────


def load_catalogue(settings: Settings, now: datetime) -> tuple[int, int]:
    """Feeds and registers of `data/` into the warehouse; gives how many feeds there are and register rows were new."""
    from claimwire.warehouse.registers import load_registers

    feeds = store_feeds(settings)
    engine = open_engine(settings.warehouse_url)
    return feeds, write(engine, lambda connection: load_registers(connection, settings.data_dir, now))


def store_feeds(settings: Settings) -> int:
    """What the catalogue says of its feeds into the warehouse, so that an edited block counts from the next run on."""
    from claimwire.warehouse.feeds import load_catalogue as load_feed_rows

    catalogue = load_feeds(settings.data_dir)
    return write(open_engine(settings.warehouse_url), lambda connection: load_feed_rows(connection, catalogue))


# ── collect ──────────────────────────────────────────────────────────────────────────────────────


def plan_collection(
    settings: Settings, now: datetime, feed_keys: Sequence[str] = (), ahead_seconds: float = 0
) -> list[list[str]]:
    """Feeds that are due (or those named, due or not) in bundles; the feeds of a host are never in two.

    What falls due within `ahead_seconds` is taken along: a feed that is wanted every five minutes was read some
    seconds after the last run began, and would else wait for the next but one.

    Raises:
        NotFound: a named feed is not in the catalogue.
    """
    from claimwire.fetch.round import group_by_host
    from claimwire.fetch.schedule import is_due

    store_feeds(settings)
    dues = _dues(settings, feed_keys)
    soon = now + timedelta(seconds=ahead_seconds)
    chosen = [due for due in dues if feed_keys or is_due(due.state, soon)]
    groups = min(BUNDLES, ceil(len(chosen) / BUNDLE))
    return [[due.feed.key for due in group] for group in group_by_host(chosen, groups)]


def label_bundle(_settings: Settings, _now: datetime, feed_keys: Sequence[str]) -> str:
    """The name of a mapped task in the UI: its feeds, as many as can be read at a glance."""
    shown = ", ".join(feed_keys[:3])
    return shown + (f" and {len(feed_keys) - 3} more" if len(feed_keys) > 3 else "")


def collect_feeds(
    settings: Settings, _now: datetime, feed_keys: Sequence[str], tick: Callable[[str], None] = lambda _: None
) -> Tally:
    """Fetches these feeds politely and loads what they bring; one feed a transaction. `tick` is told of each end.

    The one step that runs by the clock: servers are asked now, whatever time the run stands for.
    """
    from claimwire.detect.engine import load_detector
    from claimwire.fetch.client import Client
    from claimwire.fetch.folder import drop_path
    from claimwire.fetch.round import Round
    from claimwire.intake import Intake
    from claimwire.warehouse.leases import HostLeases

    engine = open_engine(settings.warehouse_url)
    holder = f"{socket.gethostname()}:{os.getpid()}:{feed_keys[0] if feed_keys else ''}"
    client = Client(settings.user_agent, allowed_hosts=settings.allowed_hosts)
    try:
        work = Round(
            client,
            HostLeases(engine, holder),
            # Loaded by the first page that asks: lexicons and models take seconds, and most feeds have no pages.
            Intake(engine, lambda text: load_detector(settings.data_dir).is_closed(text), settings.is_extracting_all),
            clock=lambda: datetime.now(UTC),
            folders=lambda feed: drop_path(feed, settings.data_dir, settings.var_dir),
            secret=read_secret,
            tick=tick,
        )
        return work.collect(_dues(settings, feed_keys))
    finally:
        client.close()


def report_collection(settings: Settings, now: datetime, bundles: Sequence[Sequence[str]] | None) -> dict[str, int]:
    """Logs what came of each feed since `now`, forgives an outage of our own; gives the counts of `Report`.

    Raises:
        ClaimwireError: there is no plan, more than `FAILED_SHARE` of the feeds failed, or none left a trace.
    """
    from claimwire.operate.report import read_report

    if bundles is None:  # a report that is a run's last word must not be green where nothing could be planned
        raise ClaimwireError("nothing was fetched: the log of `plan` says why")
    report = read_report(open_engine(settings.warehouse_url), [key for bundle in bundles for key in bundle], now)
    for line in report.lines:
        LOG.info(line)
    if report.problem:
        raise ClaimwireError(report.problem)
    return report.counts


def _dues(settings: Settings, feed_keys: Sequence[str]) -> "list[Due]":
    """The feeds of these keys (all where none is named), each with where polling of it stands."""
    from claimwire.fetch.round import Due
    from claimwire.fetch.schedule import first_state
    from claimwire.fetch.state import FeedState
    from claimwire.warehouse.feeds import read_states

    catalogue: dict[str, Feed] = {feed.key: feed for feed in load_feeds(settings.data_dir) if feed.is_enabled}
    if unknown := [key for key in feed_keys if key not in catalogue]:
        raise NotFound(f"no feed is called {', '.join(unknown)}; `claimwire feeds` lists them")
    with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
        states = read_states(connection)
    keys = feed_keys or catalogue
    return [
        Due(catalogue[key], FeedState(**states[key]) if key in states else first_state(catalogue[key])) for key in keys
    ]


# ── detect, assess, load ─────────────────────────────────────────────────────────────────────────


def plan_detection(settings: Settings, now: datetime) -> list[list[int]]:
    """The ids of unread articles, in batches."""
    from claimwire.warehouse.articles import unread_ids
    from claimwire.warehouse.writing import in_batches

    with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
        ids = unread_ids(connection, now, LONGEST_PLAN)
    return list(in_batches(ids, min(LONGEST_READING, max(BATCH, ceil(len(ids) / READERS)))))


def detect_articles(settings: Settings, now: datetime, article_ids: Sequence[int]) -> Tally:
    """Reads these articles: finds claims, checks them against the record, loads them; a batch is a transaction.

    Each ends as `flagged`, `clear` or `quarantined`: one bad article never stops the others.
    """
    from claimwire.warehouse.writing import in_batches

    return sum((_detect_batch(settings, now, batch) for batch in in_batches(article_ids, BATCH)), Tally())


def _detect_batch(settings: Settings, now: datetime, article_ids: Sequence[int]) -> Tally:
    from claimwire.catalog.registers import load_registers
    from claimwire.detect.engine import load_detector
    from claimwire.warehouse import articles, assessing, items
    from claimwire.warehouse.quarantine import quarantine

    engine, detector = open_engine(settings.warehouse_url), load_detector(settings.data_dir)
    registers = load_registers(settings.data_dir)
    versions = articles.Versions(detector.engine_version, detector.lexicon_version)
    with engine.connect().execution_options(readonly=True) as connection:
        unread = articles.read_unread(connection, now, len(article_ids), article_ids)
    found, bad = find_claims(detector, unread)

    def store(connection: Connection) -> None:
        items.load_items(connection, assessing.assess_articles(connection, found, registers, now), versions, now)
        for article, problem in bad:
            quarantine(connection, article.feed_key, article, problem, now)
        articles.mark_detected(connection, [article_id for article_id, _ in unread], versions, now)

    write(engine, store)
    ends = ["flagged" if one.claims else "clear" for one in found] + ["quarantined"] * len(bad)
    return Tally.of(ends, [f"{article.feed_key}: {article.guid}: {problem}" for article, problem in bad])


def find_claims(
    detector: "Detector", batch: Sequence[tuple[int, Article]]
) -> "tuple[list[Detected], list[tuple[Article, str]]]":
    """What detection makes of a batch; apart from it, the articles that it could not read and why."""
    from claimwire.warehouse.assessing import Detected

    found: list[Detected] = []
    bad: list[tuple[Article, str]] = []
    for article_id, article in batch:
        try:
            found.append(Detected(article_id, article, tuple(detector.detect(article))))
        except Exception as error:  # one bad article must not cost the others their batch
            LOG.exception("article %s is quarantined", article_id)
            bad.append((article, f"{type(error).__name__}: {error}"))
    return found, bad


# ── the way out ──────────────────────────────────────────────────────────────────────────────────

MADE_UP_FOR = timedelta(days=1)
"""A digest whose hour passed while nobody ran is still sent within this."""


def plan_digests(settings: Settings, now: datetime) -> list[list[str]]:
    """(subscription key, day) of every digest and alert that is due."""
    from claimwire.catalog.subscriptions import load_subscriptions
    from claimwire.digest.compose import due_alerts, due_digests

    subscriptions = load_subscriptions(settings.data_dir)
    with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
        due = due_digests(connection, subscriptions, now - MADE_UP_FOR, now)
        due += due_alerts(connection, subscriptions, now)
    return [[key, day.isoformat()] for key, day in due]


def send_due_digest(settings: Settings, now: datetime, key: str, day: str) -> Tally:
    """Composes one digest, or takes the stored one, and sends it to those who have not got it.

    Raises:
        DeliveryError: somebody could not be reached and may be tried again; the others have their copy.
        NotFound: no subscription has that key.
    """
    from claimwire.catalog.subscriptions import load_subscriptions
    from claimwire.digest.compose import compose_digest
    from claimwire.digest.send import send_digest
    from claimwire.digest.sinks import Outlets

    subscription = next((each for each in load_subscriptions(settings.data_dir) if each.key == key), None)
    if subscription is None:
        raise NotFound(f"no subscription is called {key}; they stand in data/subscriptions.yml")
    engine = open_engine(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        digest = compose_digest(connection, subscription, date.fromisoformat(day), now, settings)
    tally = send_digest(engine, subscription, digest, Outlets(settings), lambda: datetime.now(UTC))
    if tally.went_out["failed"]:
        raise DeliveryError("; ".join(tally.notes))
    return tally


# ── registers, watch ─────────────────────────────────────────────────────────────────────────────


def refresh_registers(settings: Settings, now: datetime) -> dict[str, int]:
    """The registers of `data/` into the warehouse; the difference goes to the log."""
    from claimwire.warehouse.registers import find_differences

    engine = open_engine(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        differences = find_differences(connection, settings.data_dir)
    for difference in differences:
        LOG.info("%s", difference)
    feeds, rows = load_catalogue(settings, now)
    return {"feeds": feeds, "rows": rows}
