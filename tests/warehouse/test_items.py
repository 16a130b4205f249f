"""Flagged items through re-detection, correction and kill."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, func, select, update

from claimwire.assess.assessment import Assessment
from claimwire.model import Article, Claim
from claimwire.warehouse.articles import Versions, load_articles, read_unread
from claimwire.warehouse.items import Flagged, load_items
from claimwire.warehouse.tables import flagged_items, item_codes, thread_steps, threads

from .conftest import NOON, a_claim, an_article

VERSIONS = Versions("engine-1", "lexicon-1")
ASSESSED = Assessment(
    quota_id="CAP",
    thread_key="KP/petroleum",
    thread_title="KP: petroleum",
    step_key="KP/petroleum/broken/2026-11-20",
    stage="broken",
)


def flag(engine: Engine, article: Article, *claims: Claim, assessment: Assessment = ASSESSED) -> dict[str, int]:
    """Loads an article and its claims as the pipeline does; gives the counts."""
    with engine.begin() as connection:
        load_articles(connection, [article], NOON)
        [(row_id, read)] = [pair for pair in read_unread(connection, NOON) if pair[1].guid == article.guid]
        flagged = Flagged(row_id, read, claims, (assessment,) * len(claims))
        return dict(load_items(connection, [flagged], VERSIONS, NOON))


def statuses(engine: Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.scalars(select(flagged_items.c.review_status).order_by(flagged_items.c.id)))


def decide(engine: Engine, status: str) -> None:
    with engine.begin() as connection:
        connection.execute(update(flagged_items).values(review_status=status, review_version=1))


def test_reading_again_changes_nothing(wired: Engine) -> None:
    assert flag(wired, an_article(), a_claim()) == {"new": 1}
    assert flag(wired, an_article(), a_claim()) == {"unchanged": 1}


def test_the_row_says_what_the_claim_says(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    with wired.connect() as connection:
        row = connection.execute(select(flagged_items)).mappings().one()
        codes = {tuple(row) for row in connection.execute(select(item_codes.c.role, item_codes.c.code))}
    assert (row["category"], row["act"], row["target"], row["headline"]) == (
        "trade_quota",
        "violate",
        ["KP"],
        "Freedonia turns to the Council",
    )
    assert codes == {("target", "KP"), ("commodity", "refined_petroleum")}


def test_a_better_detector_corrects_what_nobody_has_reviewed(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    assert flag(wired, an_article(), a_claim(target=("IR",)))["updated"] == 1
    with wired.connect() as connection:
        assert connection.scalar(select(flagged_items.c.target)) == ["IR"]
        assert connection.scalar(select(item_codes.c.code).where(item_codes.c.role == "target")) == "IR"


def test_a_reviewed_item_keeps_what_was_reviewed(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    decide(wired, "corrected")
    flag(wired, an_article(), a_claim(target=("IR",)))
    with wired.connect() as connection:
        assert connection.scalar(select(flagged_items.c.target)) == ["KP"]


def test_a_claim_that_a_correction_took_out_is_marked(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    flag(wired, an_article(text="All well in Sylvania."))
    assert statuses(wired) == ["withdrawn"]


def test_a_reviewed_claim_that_a_correction_took_out_is_source_changed(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    decide(wired, "confirmed")
    flag(wired, an_article(text="All well in Sylvania."))
    assert statuses(wired) == ["source_changed"]


def test_a_kill_withdraws_reviewed_items_too(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    decide(wired, "confirmed")
    with wired.begin() as connection:
        load_articles(connection, [an_article(status="canceled", text="KILL")], NOON + timedelta(hours=1))
    assert statuses(wired) == ["withdrawn"]


def test_one_step_told_by_two_is_counted_as_two_origins(wired: Engine) -> None:
    flag(wired, an_article("a1"), a_claim())
    flag(
        wired,
        an_article("a2", publisher="The Daily", feed_key="daily", text="So the envoy says. A cap was broken, it said."),
        a_claim(),
    )
    flag(wired, an_article("a3", title="Again"), a_claim())
    with wired.connect() as connection:
        assert set(connection.scalars(select(flagged_items.c.origins))) == {2}
        assert connection.execute(select(thread_steps.c.origins, thread_steps.c.first_publisher)).all() == [
            (2, "The Wire")
        ]
        assert connection.scalar(select(threads.c.status)) == "in_force"


def test_a_thread_stands_where_its_last_step_left_it_whatever_order_it_came_in(wired: Engine) -> None:
    def step(stage: str, day: int) -> Assessment:
        return replace(ASSESSED, stage=stage, step_key=f"KP/petroleum/{stage}/{day}")

    for guid, stage, day in (("a1", "held", 19), ("a2", "asked", 12), ("a3", "refused", 25)):
        article = an_article(guid, published_at=NOON.replace(day=day))
        flag(wired, article, a_claim(), assessment=step(stage, day))
    with wired.connect() as connection:
        assert connection.scalar(select(threads.c.status)) == "blocked"
        assert connection.scalar(select(func.count()).select_from(thread_steps)) == 3


def test_a_reviewer_sees_what_changed_in_the_source(wired: Engine) -> None:
    flag(wired, an_article(), a_claim())
    decide(wired, "confirmed")
    flag(wired, an_article(text="Freedonia asked the Security Council to stop fuel exports to Sylvania."))
    with wired.connect() as connection:
        diff = connection.scalar(select(flagged_items.c.source_diff))
    assert [words.strip() for kind, words in diff if kind == "-"] == ["A cap was broken, it said."]
