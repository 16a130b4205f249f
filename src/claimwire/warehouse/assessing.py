"""Assessment against what the warehouse knows: earlier steps, and whose voice a feed is."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from claimwire.assess.article import assess_article
from claimwire.assess.known import Known, KnownStep
from claimwire.assess.order import place_of
from claimwire.assess.setting import setting_of
from claimwire.assess.threads import tell
from claimwire.catalog.registers import Matters, Registers
from claimwire.model import Article, Claim
from claimwire.warehouse.items import Flagged
from claimwire.warehouse.members import is_one_of
from claimwire.warehouse.tables import feeds, flagged_items, thread_steps, threads


@dataclass(frozen=True, slots=True)
class Detected:
    """An article that detection has read, and what it found in it."""

    article_id: int
    article: Article
    claims: tuple[Claim, ...]


def assess_articles(
    connection: Connection, batch: Sequence[Detected], registers: Registers, now: datetime
) -> list[Flagged]:
    """Each article with its claims assessed, in the order of publication; reads, writes nothing.

    A refusal is known by the request before it, so what came in together is assessed in the order in which it was told.
    """
    known = read_known(connection, batch, registers, now.date())
    told = sorted(batch, key=lambda one: place_of(one.article, one.claims, registers, now))
    return [
        Flagged(
            one.article_id,
            one.article,
            one.claims,
            tuple(assess_article(one.article, one.claims, registers, known, now.date())),
        )
        for one in told
    ]


def read_known(connection: Connection, batch: Sequence[Detected], registers: Registers, today: date) -> Known:
    """The steps of the threads that this batch may touch, and of their wider and narrower ones, around its days."""
    own: set[str] = set()
    wider: set[str] = set()
    days: set[date] = set()
    for one in batch:
        setting = setting_of(one.article, one.claims, today)
        for claim in one.claims:
            told = tell(claim, setting, registers)
            if told.matter:
                own.add(told.matter.key)
                wider.add(told.matter.parent_key or told.matter.key)
                days |= {told.span.first, told.span.last, setting.day}
    known = Known(voices=read_voices(connection))
    if days:
        _read_steps(connection, known, (own, own | wider), _Window.around(days, registers.matters))
    return known


def read_known_before(connection: Connection, since: datetime, registers: Registers) -> Known:
    """All steps of the months before that day which articles published before it tell."""
    c, step, wider = threads.c, thread_steps.c, threads.alias("wider")
    item = flagged_items.c
    is_told = select(item.id).where(item.step_key == step.step_key, item.published_at < since).exists()
    query = (
        select(*_STEP, c.thread_key, wider.c.thread_key.label("wider_key"))
        .select_from(thread_steps.join(threads, c.id == step.thread_id).outerjoin(wider, wider.c.id == c.parent_id))
        .where(step.first_on >= since.date() - timedelta(registers.matters.novelty_days), is_told)
        .order_by(step.id)
    )
    known = Known(voices=read_voices(connection))
    for told in connection.execute(query).mappings():
        known.steps[told["thread_key"]].append(_known_step(told, told["thread_key"]))
        if told["wider_key"] and told["thread_key"] not in known.narrower[told["wider_key"]]:
            known.narrower[told["wider_key"]].append(told["thread_key"])
    return known


@dataclass(frozen=True, slots=True)
class _Window:
    """From when to when steps count: longer back in the thread itself, for what is new in it, than in its family."""

    since: date
    since_in_family: date
    until: date

    @staticmethod
    def around(days: Collection[date], matters: Matters) -> "_Window":
        longest = max(matters.step_days.values())
        first, last = min(days), max(days)
        return _Window(
            since=first - timedelta(matters.novelty_days),
            since_in_family=first - timedelta(max(matters.answer_days, 2 * longest)),
            until=last + timedelta(longest),
        )


def _read_steps(
    connection: Connection, known: Known, keys: tuple[Collection[str], Collection[str]], window: _Window
) -> None:
    """Steps of the threads of these keys, own ones first, and of the threads that the others hold."""
    own, named_keys = keys
    c, wider = threads.c, threads.alias("wider")
    query = select(c.id, c.thread_key, wider.c.thread_key.label("wider_key")).outerjoin(
        wider, wider.c.id == c.parent_id
    )
    named = {row.id: row for row in connection.execute(query.where(is_one_of(c.thread_key, named_keys, connection)))}
    held = connection.execute(query.where(is_one_of(c.parent_id, list(named), connection)))
    near = named | {row.id: row for row in held}
    for row in near.values():
        if row.wider_key:
            known.narrower[row.wider_key].append(row.thread_key)
    step = thread_steps.c
    found = select(step.thread_id, *_STEP)
    own_ids = [row.id for row in named.values() if row.thread_key in own]
    is_near = or_(
        and_(is_one_of(step.thread_id, own_ids, connection), step.first_on >= window.since),
        and_(is_one_of(step.thread_id, list(near), connection), step.first_on >= window.since_in_family),
    )
    for told in connection.execute(found.where(is_near, step.first_on <= window.until).order_by(step.id)).mappings():
        thread_key = near[told["thread_id"]].thread_key
        known.steps[thread_key].append(_known_step(told, thread_key))


_PLAIN = ("step_key", "stage", "first_on", "last_on", "origins")
_STEP = (*(thread_steps.c[name] for name in _PLAIN), thread_steps.c.actors)


def _known_step(told: Mapping[Any, Any], thread_key: str) -> KnownStep:
    plain = {name: told[name] for name in _PLAIN}
    return KnownStep(thread_key=thread_key, actors=frozenset(told["actors"]), **plain)


def read_voices(connection: Connection) -> dict[str, str]:
    """Feeds that are the voice of a state, and of which."""
    c = feeds.c
    query = select(c.feed_key, c.country).where(c.is_state_media)
    return {row.feed_key: row.country or row.feed_key for row in connection.execute(query)}
