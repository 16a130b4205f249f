"""Where a matter stands after what was told of it, in whatever order that came in."""

from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import permutations
from typing import Any

import pytest
from sqlalchemy import Engine, select

from claimwire.assess.assessment import Span
from claimwire.catalog import DATA
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.registers import load_registers
from claimwire.warehouse.tables import threads

from .conftest import a_claim, an_article
from .test_items import ASSESSED, flag

ASKED = [("asked", "2018-07-12"), ("refused", "2018-07-20")]
ANEW = [*ASKED, ("asked", "2019-03-05")]


def tell(engine: Engine, stage: str, day: str, quota_id: str | None = None) -> None:
    """One article that tells one step."""
    happened = Span(date.fromisoformat(day), date.fromisoformat(day))
    step = f"KP/petroleum/{stage}/{day}"
    told = replace(ASSESSED, step_key=step, stage=stage, happened=happened, quota_id=quota_id)
    published_at = datetime.fromisoformat(day).replace(tzinfo=UTC)
    flag(engine, an_article(step, published_at=published_at), a_claim(), assessment=told)


def standing(engine: Engine) -> tuple[Any, ...]:
    c = threads.c
    with engine.connect() as connection:
        return tuple(connection.execute(select(c.status, c.opened_at, c.open_since_on)).one())


def test_asked_anew_it_is_open_and_as_old_as_the_new_asking(wired: Engine) -> None:
    for stage, day in ASKED:
        tell(wired, stage, day)
    assert standing(wired) == ("blocked", datetime(2018, 7, 12, tzinfo=UTC), None)
    tell(wired, *ANEW[-1])
    assert standing(wired) == ("open", datetime(2018, 7, 12, tzinfo=UTC), date(2019, 3, 5))
    tell(wired, "asked", "2019-05-01")
    assert standing(wired)[2] == date(2019, 3, 5), "who asks again and was not answered has waited since the first time"


@pytest.mark.parametrize("order", list(permutations(ANEW))[1:4])
def test_the_order_of_arrival_does_not_matter(wired: Engine, order: tuple[tuple[str, str], ...]) -> None:
    for stage, day in order:
        tell(wired, stage, day)
    assert standing(wired) == ("open", datetime(2018, 7, 12, tzinfo=UTC), date(2019, 3, 5))


def test_a_refusal_answers_the_request_that_its_news_repeats(wired: Engine) -> None:
    tell(wired, "refused", "2018-07-20")
    tell(wired, "asked", "2018-07-20")
    assert standing(wired)[::2] == ("blocked", None)


def test_asked_anew_after_what_was_in_force_ran_out(wired: Engine) -> None:
    def pass_night(year: int) -> None:
        with wired.begin() as connection:
            load_registers(connection, DATA, datetime(year, 6, 1, tzinfo=UTC))

    tell(wired, "adopted", "2017-09-11", "UN-DPRK-2375-REF-2017Q4")
    pass_night(2018)
    assert standing(wired)[::2] == ("expired", None)
    tell(wired, "asked", "2018-07-12", "UN-DPRK-2375-REF-2017Q4")
    pass_night(2018)
    assert standing(wired)[::2] == ("open", date(2018, 7, 12))
    tell(wired, "refused", "2018-07-20", "UN-DPRK-2375-REF-2017Q4")
    pass_night(2018)
    assert standing(wired)[::2] == ("blocked", None)


def test_a_request_waits_within_what_is_in_force(wired: Engine) -> None:
    tell(wired, "adopted", "2017-12-22")
    tell(wired, "broken", "2018-07-12")
    tell(wired, "asked", "2018-07-12")
    assert standing(wired)[::2] == ("in_force", date(2018, 7, 12))


def test_the_migration_knows_since_when_questions_wait(warehouse_url: str) -> None:
    engine = open_engine(warehouse_url)
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("INSERT INTO feeds (feed_key, publisher, url) VALUES ('wire', 'The Wire', 'x')")
    for stage, day in ANEW:
        tell(engine, stage, day)
    migrate(engine, "0018")
    migrate(engine)
    assert standing(engine)[2] == date(2019, 3, 5)
    tell(engine, "refused", "2019-03-05")
    migrate(engine, "0018")
    migrate(engine)
    assert standing(engine)[2] is None
    engine.dispose()
