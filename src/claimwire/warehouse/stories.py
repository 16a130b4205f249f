"""Which copy a flagged article carries: an agency's text and its reprints are one story, and one origin.

Only flagged articles get a story: what nobody reads needs no origin, and 42 bands an article are the dearest rows.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import chain

import numpy as np
from sqlalchemy import Connection, Engine, delete, distinct, func, select, update

from claimwire.assess.origins import origin_of
from claimwire.catalog.newswire import load_newswire
from claimwire.extract.stories import ALGORITHM, bands, bands_to_meet, digest_all, estimate_likeness, is_same_copy
from claimwire.model import Article
from claimwire.warehouse.articles import article_of
from claimwire.warehouse.bulk import insert_numbers, insert_rows, next_ids, update_pairs
from claimwire.warehouse.members import is_one_of, look_up
from claimwire.warehouse.tables import articles, feeds, stories, story_bands
from claimwire.warehouse.writing import Row, in_batches, write

_UNLIKE = 0.15  # below this the digests rule a copy out, and the texts need not be compared
_FORGET_AFTER = timedelta(days=10)  # copies are reprinted within five days


@dataclass(frozen=True, slots=True)
class _Copy:
    """An article with what copies of it are found by."""

    article_id: int
    article: Article
    signature: bytes
    day: date

    def kept_under(self) -> list[int]:
        return bands(self.signature, self.day)

    def to_meet(self) -> list[int]:
        return bands_to_meet(self.signature, self.day)


@dataclass(slots=True)
class _Shelf:
    """Stories that may be met in this batch: by band, with the article that first carried them."""

    by_band: dict[int, list[int]]  # only bands under which there is a story, or more than one copy of this batch
    first: dict[int, tuple[Article, bytes]] = field(default_factory=dict)

    def put(self, place: int, article: Article, signature: bytes, of_bands: Iterable[int]) -> None:
        self.first[place] = (article, signature)
        for band in of_bands:
            if band in self.by_band:
                self.by_band[band].append(place)

    def find(self, copy: _Copy, of_bands: Iterable[int]) -> int | None:
        """The story that this article is a copy of, the likeliest first."""
        met = {place for band in of_bands if band in self.by_band for place in self.by_band[band]}
        likely = sorted(
            ((estimate_likeness(copy.signature, self.first[place][1]), place) for place in met), reverse=True
        )
        for likeness, place in likely:
            if likeness >= _UNLIKE and is_same_copy(self.first[place][0], copy.article):
                return place
        return None


def assign_stories(connection: Connection, carried: Sequence[tuple[int, Article]], now: datetime) -> dict[int, int]:
    """The story of each of these articles, made where it is a new copy; gives story ids by article id.

    A new version keeps the story of the version before it. An article that nobody dated is looked for around `now`.
    """
    found = _read_assigned(connection, [article_id for article_id, _ in carried])
    fresh = [(article_id, article) for article_id, article in carried if article_id not in found]
    if not fresh:
        return found
    digests = digest_all(article.text for _, article in fresh)
    copies = [
        _Copy(article_id, article, signature, (article.published_at or now).astimezone(UTC).date())
        for (article_id, article), signature in zip(fresh, digests, strict=True)
    ]
    places, opening = _place(connection, copies)
    opened = _open(connection, opening)
    assigned = {article_id: opened.get(-place, place) for article_id, place in places.items()}
    _assign(connection, assigned)
    _note_carriers(connection, [(assigned[one], article) for one, article in fresh if places[one] != -one])
    return found | assigned


def forget_bands(engine: Engine, now: datetime) -> int:
    """Drops bands of stories too old to be reprinted; gives how many."""
    old = select(stories.c.id).where(stories.c.first_published_at < now - _FORGET_AFTER)
    statement = delete(story_bands).where(story_bands.c.story_id.in_(old))
    return write(engine, lambda connection: connection.execute(statement).rowcount)


def _read_assigned(connection: Connection, article_ids: Sequence[int]) -> dict[int, int]:
    """Stories that these articles, or earlier versions of them, have."""
    earlier = articles.alias("earlier")
    query = (
        select(articles.c.id, func.max(earlier.c.story_id))
        .join(earlier, (earlier.c.feed_key == articles.c.feed_key) & (earlier.c.guid == articles.c.guid))
        .where(is_one_of(articles.c.id, article_ids, connection), earlier.c.story_id.is_not(None))
        .group_by(articles.c.id)
    )
    found: dict[int, int] = {row[0]: row[1] for row in connection.execute(query)}
    _assign(connection, found)
    return found


def _place(connection: Connection, copies: Sequence[_Copy]) -> tuple[dict[int, int], list[_Copy]]:
    """The story of each article, or minus the article that opens a new one; and those that do."""
    to_meet = [copy.to_meet() for copy in copies]
    shelf = _read_shelf(connection, Counter(chain.from_iterable(to_meet)))
    places: dict[int, int] = {}
    opening: list[_Copy] = []
    for copy, of_bands in zip(copies, to_meet, strict=True):
        place = shelf.find(copy, of_bands)
        if place is None:
            place = -copy.article_id
            shelf.put(place, copy.article, copy.signature, of_bands)
            opening.append(copy)
        places[copy.article_id] = place
    return places, opening


def _read_shelf(connection: Connection, of_bands: Counter[int]) -> _Shelf:
    """The stories under these bands, which so many articles of the batch have."""
    shelf = _Shelf({band: [] for band, count in of_bands.items() if count > 1})
    by_story: dict[int, list[int]] = defaultdict(list)
    for band, story_id in connection.execute(look_up(story_bands, of_bands, connection)):
        by_story[story_id].append(band)
        shelf.by_band.setdefault(band, [])
    for some_stories in in_batches(sorted(by_story)):
        first = (
            select(func.min(articles.c.id)).where(articles.c.story_id.in_(some_stories)).group_by(articles.c.story_id)
        )
        known = stories.c.copy_digest_version == ALGORITHM
        query = select(articles, stories.c.copy_digest).join(stories).where(articles.c.id.in_(first), known)
        for carried in connection.execute(query).mappings():
            shelf.put(carried["story_id"], article_of(carried), carried["copy_digest"], by_story[carried["story_id"]])
    return shelf


def _open(connection: Connection, opening: Sequence[_Copy]) -> dict[int, int]:
    """New stories, by the article that opens each."""
    if not opening:
        return {}
    agencies = load_newswire().agencies
    voices = _read_voices(connection)
    ids = next_ids(connection, stories, len(opening))
    rows: list[Row] = [
        {
            "id": story_id,
            "first_feed_key": copy.article.feed_key,
            "first_publisher": copy.article.publisher,
            "first_published_at": copy.article.published_at,
            "origin": origin_of(copy.article, agencies, voices),
            "language": copy.article.language,
            "copy_digest": copy.signature,
            "copy_digest_version": ALGORITHM,
        }
        for story_id, copy in zip(ids, opening, strict=True)
    ]
    insert_rows(connection, stories, rows)
    kept_under = [copy.kept_under() for copy in opening]
    of_bands = np.fromiter(chain.from_iterable(kept_under), np.int64)
    rows_of_bands = np.column_stack((of_bands, np.repeat(ids, [len(numbers) for numbers in kept_under])))
    insert_numbers(connection, story_bands, rows_of_bands[of_bands.argsort()])
    return {copy.article_id: story_id for copy, story_id in zip(opening, ids, strict=True)}


def _assign(connection: Connection, assigned: dict[int, int]) -> None:
    for pairs in in_batches(assigned.items()):
        update_pairs(connection, articles.c.id, articles.c.story_id, pairs, articles.c.story_id.is_(None))


def _note_carriers(connection: Connection, joined: Sequence[tuple[int, Article]]) -> None:
    """Counts the publishers of stories that got another carrier, and keeps the earliest as the first."""
    c = stories.c
    for story_id in {story_id for story_id, _ in joined}:
        query = select(func.count(distinct(articles.c.publisher))).where(articles.c.story_id == story_id)
        connection.execute(update(stories).where(c.id == story_id).values(carriers=query.scalar_subquery()))
    for story_id, article in joined:
        earlier = update(stories).where(c.id == story_id, c.first_published_at > article.published_at)
        connection.execute(
            earlier.values(
                first_feed_key=article.feed_key,
                first_publisher=article.publisher,
                first_published_at=article.published_at,
            )
        )


def _read_voices(connection: Connection) -> dict[str, str]:
    """Feeds that speak for a state, or for a house of publishers, and its name."""
    f = feeds.c
    query = select(f.feed_key, f.country, f.family, f.is_state_media).where(f.is_state_media | (f.family != ""))
    rows = connection.execute(query)
    return {row.feed_key: f"state:{row.country}" if row.is_state_media else f"house:{row.family}" for row in rows}
