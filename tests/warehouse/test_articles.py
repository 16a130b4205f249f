"""Loading articles: versions, kills, embargoes, and the same bytes twice."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, func, select

from claimwire.model import Article, Disposition
from claimwire.warehouse.articles import Versions, load_articles, mark_detected, read_unread
from claimwire.warehouse.tables import articles

from .conftest import NOON, an_article

VERSIONS = Versions("engine-1", "lexicon-1")


def load(engine: Engine, *loaded: Article) -> list[Disposition]:
    with engine.begin() as connection:
        return load_articles(connection, loaded, NOON)


def test_the_same_article_twice_is_one_row(wired: Engine) -> None:
    assert load(wired, an_article(), an_article()) == [Disposition.LOADED, Disposition.UNCHANGED]
    assert load(wired, an_article()) == [Disposition.UNCHANGED]
    with wired.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(articles)) == 1


def test_the_same_guid_in_two_feeds_is_two_articles(wired: Engine) -> None:
    assert load(wired, an_article(), an_article(feed_key="daily")) == [Disposition.LOADED] * 2


def test_a_new_text_is_a_new_version_and_is_read_again(wired: Engine) -> None:
    load(wired, an_article())
    with wired.begin() as connection:
        [(first, _)] = read_unread(connection, NOON)
        mark_detected(connection, [first], VERSIONS, NOON)
        assert read_unread(connection, NOON) == []
    assert load(wired, an_article(text="Another text.")) == [Disposition.NEW_VERSION]
    with wired.begin() as connection:
        [(second, article)] = read_unread(connection, NOON)
        assert (article.text, article.id) == ("Another text.", str(second))
        rows = connection.execute(
            select(articles.c.version_number, articles.c.is_current).order_by(articles.c.id)
        ).all()
        assert rows == [(1, False), (2, True)]


def test_two_versions_in_one_batch_keep_their_order(wired: Engine) -> None:
    assert load(wired, an_article(), an_article(text="Another text.")) == [Disposition.LOADED, Disposition.NEW_VERSION]
    with wired.connect() as connection:
        assert [article.text for _, article in read_unread(connection, NOON)] == ["Another text."]


def test_a_version_that_comes_late_is_not_taken_for_news(wired: Engine) -> None:
    load(wired, an_article(version="10", text="The tenth."))
    assert load(wired, an_article(version="9", text="The ninth.")) == [Disposition.UNCHANGED]


def test_a_kill_withdraws_and_old_copies_do_not_bring_it_back(wired: Engine) -> None:
    load(wired, an_article())
    assert load(wired, an_article(status="canceled", text="KILL")) == [Disposition.WITHDRAWN]
    assert load(wired, an_article()) == [Disposition.UNCHANGED]
    assert load(wired, an_article(text="Corrected and issued anew.")) == [Disposition.NEW_VERSION]


def test_an_embargoed_article_waits_for_its_time(wired: Engine) -> None:
    held = an_article(status="embargoed", embargoed_until=NOON + timedelta(hours=2))
    assert load(wired, held) == [Disposition.EMBARGOED]
    with wired.connect() as connection:
        assert read_unread(connection, NOON + timedelta(hours=1)) == []
        assert len(read_unread(connection, NOON + timedelta(hours=2))) == 1


def test_an_article_comes_back_as_it_went_in(wired: Engine) -> None:
    article = an_article(
        subjects=("medtop:11000000",), keywords=("fuel",), urgency=2, dateline="SYLVANIA CITY", byline="A. B."
    )
    load(wired, article)
    with wired.connect() as connection:
        [(row_id, read)] = read_unread(connection, NOON)
    assert read == replace(article, id=str(row_id))
