"""Assessing anew: what the registers say today, whatever order the articles came in."""

from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy import Engine, select, text, update

from claimwire.catalog import DATA
from claimwire.catalog.registers import load_registers as read_registers
from claimwire.model import Act, Amount, Category, Measure, Quantity
from claimwire.warehouse.articles import Versions, load_articles, read_unread
from claimwire.warehouse.assessing import Detected, assess_articles
from claimwire.warehouse.items import load_items
from claimwire.warehouse.reassessing import reassess_items
from claimwire.warehouse.registers import load_registers
from claimwire.warehouse.tables import articles, flagged_items, thread_steps, threads

from .conftest import NOON, a_claim, an_article

VERSIONS = Versions("engine-1", "lexicon-1")
BARRELS = Quantity(759793, "bbl", "759,793 barrels", 0, 15, ">=", None, Amount(759793, "bbl"))

ASKING = a_claim(
    "Freedonia asked the Security Council to stop fuel exports to Sylvania.",
    category=Category.UN_REQUEST,
    act=Act.REQUEST,
    measure=Measure.EXPORT_BAN,
    actor=("US",),
    addressee=("UN",),
)
REFUSING = a_claim(act=Act.OPPOSE, category=Category.SANCTION, measure=Measure.EXPORT_BAN, actor=("RU", "CN"))
DELIVERING = a_claim(period="2018", quantities=(BARRELS,), actor=("US",))


def tell(engine: Engine, guid: str, day: int, *claims: object) -> None:
    with engine.begin() as connection:
        article = an_article(guid, published_at=datetime(2018, 7, day, tzinfo=UTC))
        load_articles(connection, [article], NOON)
        [(row_id, read)] = [pair for pair in read_unread(connection, NOON) if pair[1].guid == guid]
        batch = [Detected(row_id, read, claims)]  # type: ignore[arg-type]
        load_items(connection, assess_articles(connection, batch, read_registers(), NOON), VERSIONS, NOON)


def test_the_cap_ledger_says_cap_year_and_who_says_so(wired: Engine) -> None:
    with wired.begin() as connection:
        load_registers(connection, DATA, NOON)
    tell(wired, "a1", 12, a_claim(period="2018", attribution="US", quantities=(BARRELS,)))
    with wired.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT says, basis, year, value_bbl, share, items FROM cap_ledger"
                " WHERE quota_id = 'UN-DPRK-2397-REF' AND items > 0"
            )
        ).all()
    assert [(*row[:4], round(row[4], 2), row[5]) for row in rows] == [("US", "asserted", 2018, 759793, 1.52, 1)]


def test_the_limit_itself_is_no_figure_of_the_ledger(wired: Engine) -> None:
    with wired.begin() as connection:
        load_registers(connection, DATA, NOON)
    limit = replace(BARRELS, value=500000.0, text="500,000 barrels", normalised=Amount(500000, "bbl"))
    tell(wired, "a1", 12, a_claim(period="2018", attribution="US", quantities=(limit,)))
    with wired.connect() as connection:
        rows = connection.execute(text("SELECT quota_id, value, share FROM cap_ledger WHERE items > 0")).all()
    assert [tuple(row) for row in rows] == [("UN-DPRK-2397-REF", None, None)]


def test_reassessing_changes_nothing_that_is_right(wired: Engine) -> None:
    tell(wired, "a1", 12, a_claim(period="2018", quantities=(BARRELS,)))
    assert reassess_items(wired, read_registers(), NOON) == (1, 0)


def test_reassessing_puts_right_what_an_older_rule_said(wired: Engine) -> None:
    tell(wired, "late", 19, REFUSING)
    tell(wired, "early", 12, ASKING)
    with wired.begin() as connection:
        connection.execute(update(flagged_items).values(thread_id=None, step_key="gone", priority=1))
    items, changed = reassess_items(wired, read_registers(), NOON)
    with wired.connect() as connection:
        steps = connection.execute(
            select(thread_steps.c.stage, thread_steps.c.step_key).order_by(thread_steps.c.first_on)
        ).all()
        assert connection.scalar(select(threads.c.status).where(threads.c.thread_key == "KP/petroleum")) == "blocked"
        told = set(connection.scalars(select(flagged_items.c.step_key)))
    assert (items, changed) == (2, 2)
    assert [stage for stage, _ in steps] == ["asked", "refused"]
    assert told == {key for _, key in steps}


def steps_of(engine: Engine) -> dict[str, str]:
    """Which step each article tells, by its guid."""
    query = select(articles.c.guid, flagged_items.c.step_key).join(articles)
    with engine.connect() as connection:
        return {row.guid: row.step_key for row in connection.execute(query)}


def test_last_weeks_news_finds_its_place_however_it_came_in(wired: Engine) -> None:
    told = {"asked-1": (12, ASKING), "asked-2": (13, ASKING), "refused": (19, REFUSING), "broken": (2, DELIVERING)}
    for guid in ("broken", "refused", "asked-2", "asked-1"):
        tell(wired, guid, *told[guid])
    came = steps_of(wired)
    reassess_items(wired, read_registers(), NOON, since=datetime(2018, 7, 5, tzinfo=UTC))
    recent = steps_of(wired)
    assert recent["broken"] == came["broken"]
    reassess_items(wired, read_registers(), NOON)
    assert steps_of(wired) == recent
    assert recent["asked-1"] == recent["asked-2"]
    assert len(set(recent.values())) == 3


def test_a_step_of_before_is_known_to_what_is_assessed_again(wired: Engine) -> None:
    for guid, day in (("first", 12), ("again", 14)):
        tell(wired, guid, day, ASKING)
    before = steps_of(wired)
    assert reassess_items(wired, read_registers(), NOON, since=datetime(2018, 7, 13, tzinfo=UTC)) == (1, 0)
    assert steps_of(wired) == before
    assert len(set(before.values())) == 1
