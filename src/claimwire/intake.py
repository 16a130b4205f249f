"""What a round of fetching brought, turned into articles and stored: one catch, one transaction."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import Connection, Engine, select

from claimwire.catalog.feeds import Feed
from claimwire.extract.article import extract_article
from claimwire.fetch.outcomes import compose_line
from claimwire.fetch.round import Catch
from claimwire.fetch.schedule import Harvest, advance, failure_weight
from claimwire.fetch.state import FeedState
from claimwire.model import Article, Disposition, Entry, Outcome, Tally
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.feeds import Fetch, save_fetch
from claimwire.warehouse.quarantine import quarantine
from claimwire.warehouse.tables import articles
from claimwire.warehouse.writing import in_batches, write

LOG = logging.getLogger(__name__)

FRESH = frozenset({Disposition.LOADED, Disposition.NEW_VERSION, Disposition.WITHDRAWN, Disposition.EMBARGOED})
"""Dispositions that tell of something not seen before."""


@dataclass(frozen=True, slots=True)
class Intake:
    """The desk that a round hands its catch to.

    Args:
        is_worth_extracting: whether a page's raw bytes can hold a claim; extraction is the dearest step.
    """

    engine: Engine
    is_worth_extracting: Callable[[bytes], bool]

    def wants(self, feed: Feed, entries: Sequence[Entry]) -> Collection[str]:
        """Pages of entries not seen before, where the feed itself has no full text."""
        if not feed.is_page_needed:
            return ()
        guids = {entry.guid or entry.url for entry in entries}
        known: set[str] = set()
        with self.engine.connect().execution_options(readonly=True) as connection:
            for batch in in_batches(guids):
                query = select(articles.c.guid).where(articles.c.feed_key == feed.key, articles.c.guid.in_(batch))
                known |= set(connection.scalars(query))
        return [entry.url for entry in entries if entry.url and (entry.guid or entry.url) not in known]

    def keep(self, catch: Catch) -> FeedState:
        """Stores articles, the fetch and the feed's new state whole, or raises and stores nothing.

        Raises:
            WarehouseError: the warehouse is locked, lost or full; nothing of this catch was kept.
        """
        return write(self.engine, lambda connection: self._store(connection, catch))

    def _store(self, connection: Connection, catch: Catch) -> FeedState:
        found: list[Article] = []
        ends: list[Disposition] = []
        for entry in catch.entries:
            article = self._extract(connection, catch, entry)
            if isinstance(article, Article):
                found.append(article)
            else:
                ends.append(article)
        ends += load_articles(connection, found, catch.response.fetched_at)
        tally = Tally.of(ends)
        new = sum(tally.went_out[end] for end in FRESH)
        response = catch.response
        if response.outcome is Outcome.NEW and not new:
            response = replace(response, outcome=Outcome.UNCHANGED)
        state = advance(catch.feed, catch.state, response, Harvest(len(catch.entries), new))
        state = replace(state, message=compose_line(catch.feed.key, response, catch.state, state))
        weight = failure_weight(response)
        save_fetch(connection, Fetch(response, asdict(state), len(catch.entries), tally.went_out, weight))
        return state

    def _extract(self, connection: Connection, catch: Catch, entry: Entry) -> Article | Disposition:
        """The entry's article, or how it ended without one."""
        page = catch.pages.get(entry.url)
        body = page.body if page else None
        if body is not None and catch.feed.priority > 1 and not self.is_worth_extracting(body):
            body = None
        try:
            article = extract_article(entry, catch.feed, body, catch.response.fetched_at)
        except Exception as error:  # one bad entry must not cost the others their round
            LOG.exception("feed %s: entry %s is quarantined", catch.feed.key, entry.guid[:200])
            problem = f"{type(error).__name__}: {error}"
            quarantine(connection, catch.feed.key, entry, problem, catch.response.fetched_at)
            return Disposition.QUARANTINED
        return article if article.title or article.text or article.status == "canceled" else Disposition.NO_TEXT
