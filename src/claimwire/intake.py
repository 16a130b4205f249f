"""What a round of fetching brought, turned into articles and stored: one catch, one transaction."""

import logging
import threading
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from claimwire.catalog.feeds import Feed
from claimwire.extract.article import extract_article
from claimwire.extract.page import page_if_needed
from claimwire.fetch.outcomes import compose_line
from claimwire.fetch.round import Catch
from claimwire.fetch.schedule import Harvest, advance, failure_weight
from claimwire.fetch.state import FeedState
from claimwire.model import Article, Disposition, Entry, Outcome, Tally
from claimwire.text.language import identify_language
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.feeds import Fetch, save_fetch
from claimwire.warehouse.quarantine import quarantine
from claimwire.warehouse.tables import articles
from claimwire.warehouse.writing import in_batches, write

LOG = logging.getLogger(__name__)

FRESH = frozenset({Disposition.LOADED, Disposition.NEW_VERSION, Disposition.WITHDRAWN, Disposition.EMBARGOED})
"""Dispositions that tell of something not seen before."""

IN_NO_LANGUAGE = "aaaa bbbb cccc dddd"
"""Letters on which the classifiers disagree, so that all are asked."""


@dataclass(frozen=True, slots=True)
class Bad:
    """An entry that broke our code, and how."""

    entry: Entry
    problem: str


@dataclass(frozen=True, slots=True)
class Intake:
    """The desk that a round hands its catch to.

    Args:
        is_closed: the gate, which tells that a text cannot hold a claim; extraction is the dearest step.
        is_extracting_all: extract every page, whatever the gate says.
    """

    engine: Engine
    is_closed: Callable[[str], bool]
    is_extracting_all: bool = False
    # The interpreter runs one extraction at a time anyhow; several begun at once only hold more memory.
    _one_at_a_time: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Loads the models of language once: threads that find them missing would each load their own."""
        identify_language(IN_NO_LANGUAGE)

    def wants(self, feed: Feed, entries: Sequence[Entry]) -> Collection[str]:
        """Pages of entries that are new, or not as they were; none where the feed itself has full text."""
        if not feed.is_page_needed:
            return ()
        known = self._read_known(feed, {entry.guid or entry.url for entry in entries})
        return [entry.url for entry in entries if entry.url and not _is_told(entry, known.get(entry.guid or entry.url))]

    def keep(self, catch: Catch) -> FeedState:
        """Stores articles, the fetch and the feed's new state whole, or raises and stores nothing.

        Raises:
            WarehouseError: the warehouse is locked, lost or full; nothing of this catch was kept.
        """
        with self._one_at_a_time:  # and before the transaction, since it takes its time
            ends = [self._extract(catch, entry) for entry in catch.entries]
        return write(self.engine, lambda connection: _store(connection, catch, ends))

    def _read_known(self, feed: Feed, guids: Collection[str]) -> dict[str, Any]:
        """The current row of each article that is known, by its guid."""
        c, known = articles.c, dict[str, Any]()
        with self.engine.connect().execution_options(readonly=True) as connection:
            for batch in in_batches(guids):
                is_asked = (c.feed_key == feed.key) & c.is_current & c.guid.in_(batch)
                rows = connection.execute(select(c.guid, c.title, c.updated_at, c.status).where(is_asked))
                known |= {row.guid: row for row in rows}
        return known

    def _extract(self, catch: Catch, entry: Entry) -> Article | Disposition | Bad:
        """The entry's article, or how it ended without one."""
        if catch.feed.is_page_needed and entry.url and entry.url not in catch.pages:
            return Disposition.UNCHANGED  # its page was not wanted; the feed's summary must not replace the page's text
        page = catch.pages.get(entry.url)
        try:
            body = page_if_needed(
                page.body if page else None, catch.feed, self.is_closed, is_extracting_all=self.is_extracting_all
            )
            article = extract_article(entry, catch.feed, body, catch.response.fetched_at)
        except Exception as error:  # one bad entry must not cost the others their round
            LOG.exception("feed %s: entry %s is quarantined", catch.feed.key, entry.guid[:200])
            return Bad(entry, f"{type(error).__name__}: {error}")
        return article if article.title or article.text or article.status == "canceled" else Disposition.NO_TEXT


def _is_told(entry: Entry, row: Any) -> bool:
    """Whether an entry says, as far as can be seen without its page, what the stored article was made of."""
    if row is None or row.updated_at != entry.updated_at:
        return False
    return entry.title in {"", row.title} and entry.status in {"usable", row.status}


def _store(connection: Connection, catch: Catch, ends: Sequence[Article | Disposition | Bad]) -> FeedState:
    response = catch.response
    for bad in ends:
        if isinstance(bad, Bad):
            quarantine(connection, catch.feed.key, bad.entry, bad.problem, response.fetched_at)
    found = [article for article in ends if isinstance(article, Article)]
    others = [Disposition.QUARANTINED if isinstance(end, Bad) else end for end in ends if not isinstance(end, Article)]
    tally = Tally.of([*load_articles(connection, found, response.fetched_at), *others])
    new = sum(tally.went_out[end] for end in FRESH)
    if response.outcome is Outcome.NEW:
        outcome = Outcome.NEW if new else Outcome.UNCHANGED
        response = replace(response, outcome=outcome, message=f"{new} new of {len(ends)} entries")
    state = advance(catch.feed, catch.state, response, Harvest(len(ends), new))
    state = replace(state, message=compose_line(catch.feed.key, response, catch.state, state))
    save_fetch(connection, Fetch(response, asdict(state), len(ends), tally.went_out, failure_weight(response)))
    return state
