"""Assessment against what the warehouse knows: earlier steps, and whose voice a feed is."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from claimwire.assess.article import assess_article
from claimwire.assess.known import Known, KnownStep
from claimwire.assess.setting import setting_of
from claimwire.assess.threads import tell
from claimwire.catalog.registers import Registers
from claimwire.model import Article, Claim
from claimwire.warehouse.items import Flagged
from claimwire.warehouse.tables import feeds, thread_steps, threads
from claimwire.warehouse.writing import in_batches


@dataclass(frozen=True, slots=True)
class Detected:
    """An article that detection has read, and what it found in it."""

    article_id: int
    article: Article
    claims: tuple[Claim, ...]


def assess_articles(
    connection: Connection, batch: Sequence[Detected], registers: Registers, now: datetime
) -> list[Flagged]:
    """Each article with its claims assessed, in order; reads, writes nothing."""
    known = read_known(connection, batch, registers, now.date())
    return [
        Flagged(
            one.article_id,
            one.article,
            one.claims,
            tuple(assess_article(one.article, one.claims, registers, known, now.date())),
        )
        for one in batch
    ]


def read_known(connection: Connection, batch: Sequence[Detected], registers: Registers, today: date) -> Known:
    """The steps of the threads that this batch may touch, around the days that it tells of."""
    keys: set[str] = set()
    days: set[date] = set()
    for one in batch:
        setting = setting_of(one.article, one.claims, today)
        for claim in one.claims:
            told = tell(claim, setting, registers.matters)
            if told.matter:
                keys.add(told.matter.key)
                days |= {told.span.first, told.span.last}
    voices = read_voices(connection)
    if not days:
        return Known.of((), voices)
    since = min(days) - timedelta(registers.matters.novelty_days)
    until = max(days) + timedelta(max(registers.matters.step_days.values()))
    return Known.of(_read_steps(connection, keys, since, until), voices)


def _read_steps(connection: Connection, keys: Collection[str], since: date, until: date) -> Iterable[KnownStep]:
    c = thread_steps.c
    for some in in_batches(sorted(keys)):
        query = (
            select(c.step_key, threads.c.thread_key, c.stage, c.first_on, c.last_on, c.origins)
            .join(threads)
            .where(threads.c.thread_key.in_(some), c.first_on.between(since, until))
            .order_by(c.id)
        )
        yield from (KnownStep(*row) for row in connection.execute(query))


def read_voices(connection: Connection) -> dict[str, str]:
    """Feeds that are the voice of a state, and of which."""
    c = feeds.c
    query = select(c.feed_key, c.country).where(c.is_state_media)
    return {row.feed_key: row.country or row.feed_key for row in connection.execute(query)}
