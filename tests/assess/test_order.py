"""The order of assessment: by day, then by what is told, never by the hour at which an agency was first."""

from datetime import UTC, datetime

from claimwire.assess.order import place_of
from claimwire.catalog.registers import load_registers
from claimwire.model import Article, Category, Claim, Measure

from .support import breach, request

VAGUE = request(measure=Measure.SANCTIONS, category=Category.SANCTION, commodity=())
NOW = datetime(2026, 11, 24, tzinfo=UTC)


def order_of(*told: tuple[str, Claim]) -> list[str]:
    """The hours of publication, in the order of assessment."""
    articles = [
        (Article("", "", "", "en", datetime.fromisoformat(at).replace(tzinfo=UTC)), claim) for at, claim in told
    ]
    placed = sorted((place_of(article, [claim], load_registers(), NOW) for article, claim in articles))
    return [f"{place[3]:%dT%H}" for place in placed]


def test_days_come_first() -> None:
    assert order_of(("2018-07-13T08:00", request()), ("2018-07-12T20:00", breach())) == ["12T20", "13T08"]


def test_within_a_day_a_request_comes_before_the_accusation_and_goods_before_none() -> None:
    told = [("2018-07-13T08:00", breach()), ("2018-07-13T09:00", VAGUE), ("2018-07-13T10:00", request())]
    assert order_of(*told) == ["13T10", "13T09", "13T08"]


def test_of_two_alike_the_earlier_comes_first() -> None:
    assert order_of(("2018-07-13T10:00", request()), ("2018-07-13T09:00", request())) == ["13T09", "13T10"]
