"""Copies and their origins."""

from datetime import timedelta

from sqlalchemy import Engine, func, select, update

from claimwire.model import Article
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.stories import forget_bands
from claimwire.warehouse.tables import articles, feeds, flagged_items, stories, story_bands

from .conftest import NOON, a_claim, an_article
from .test_items import flag

COPY = (
    "Freedonia asked the Security Council on Thursday to stop all exports of fuel to Sylvania until the year is out. "
    "A cap was broken, it said. In a letter to the committee the mission wrote that tankers had met at sea 80 times "
    "since the spring, mostly by night, and that none of the cargoes had been declared by the suppliers. "
    "The committee has five days to object. Two members are expected to do so, as they did a year ago."
)
OTHER = (
    "Grand Fenwick wants longer to think about the letter. Its envoy told reporters that the figures were guesses and "
    "that his government had asked for the method behind them. A cap was broken, it said. A vote is not planned."
)


def dispatch(guid: str, publisher: str, hours: int = 0, **changes: object) -> Article:
    fields = {"text": COPY, "publisher": publisher, "published_at": NOON + timedelta(hours=hours)}
    return an_article(guid, **fields | changes)


def story_rows(engine: Engine) -> list[tuple[object, ...]]:
    c = stories.c
    with engine.connect() as connection:
        return [
            tuple(row) for row in connection.execute(select(c.origin, c.carriers, c.first_publisher).order_by(c.id))
        ]


def test_reprints_are_one_story_and_one_origin(wired: Engine) -> None:
    flag(wired, dispatch("a1", "The Wire", 1, credit="(ats/afp)"), a_claim())
    flag(wired, dispatch("a2", "The Daily", 2, feed_key="daily"), a_claim())
    flag(wired, dispatch("a3", "The Evening", 0, text=COPY.rsplit(". ", 1)[0] + "."), a_claim())
    assert story_rows(wired) == [("afp", 3, "The Evening")]
    with wired.connect() as connection:
        assert set(connection.scalars(select(flagged_items.c.origins))) == {1}


def test_another_text_is_another_origin(wired: Engine) -> None:
    flag(wired, dispatch("a1", "The Wire"), a_claim())
    flag(wired, dispatch("a2", "The Daily", text=OTHER), a_claim())
    assert [row[0] for row in story_rows(wired)] == ["The Wire", "The Daily"]
    with wired.connect() as connection:
        assert set(connection.scalars(select(flagged_items.c.origins))) == {2}


def test_the_media_of_a_state_are_one_origin(wired: Engine) -> None:
    with wired.begin() as connection:
        connection.execute(update(feeds).values(is_state_media=True, country="FD"))
    flag(wired, dispatch("a1", "The Wire"), a_claim())
    flag(wired, dispatch("a2", "The Daily", feed_key="daily", text=OTHER), a_claim())
    with wired.connect() as connection:
        assert set(connection.scalars(select(flagged_items.c.origins))) == {1}


def test_a_new_version_keeps_its_story(wired: Engine) -> None:
    flag(wired, dispatch("a1", "The Wire"), a_claim())
    flag(wired, dispatch("a1", "The Wire", text=OTHER), a_claim())
    with wired.connect() as connection:
        assert connection.scalar(select(func.count(func.distinct(articles.c.story_id)))) == 1


def test_bands_of_old_stories_are_forgotten(wired: Engine) -> None:
    flag(wired, dispatch("a1", "The Wire"), a_claim())
    assert forget_bands(wired, NOON + timedelta(days=9)) == 0
    assert forget_bands(wired, NOON + timedelta(days=11)) == 42
    with wired.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(story_bands)) == 0


def test_a_reprint_after_an_upgrade_still_finds_its_story(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    migrate(engine)
    with engine.begin() as connection:
        rows = [{"feed_key": key, "publisher": key, "url": "x"} for key in ("wire", "daily")]
        connection.execute(feeds.insert(), rows)
    flag(engine, dispatch("a1", "The Wire"), a_claim())
    flag(engine, dispatch("a2", "The Wire", text=""), a_claim())
    numbered = band_rows(engine)
    migrate(engine, "0019")
    assert band_rows(engine) == []
    migrate(engine)
    assert band_rows(engine) == numbered
    flag(engine, dispatch("a3", "The Daily", 30, feed_key="daily"), a_claim())
    assert [row[1] for row in story_rows(engine)] == [2, 1]
    engine.dispose()


def band_rows(engine: Engine) -> list[tuple[int, int]]:
    with engine.connect() as connection:
        return sorted((row.band, row.story_id) for row in connection.execute(select(story_bands)))
