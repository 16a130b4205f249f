"""Which cap a claim is about, and how much of it."""

import pytest

from claimwire.model import Act, Amount, Category, Measure, Quantity

from .support import CRUDE, REF, assess, barrels, breach, request, tonnes


def test_an_amount_over_the_cap_is_152_per_cent_of_it() -> None:
    [found] = assess(breach(period="2018", quantities=(barrels(759_793, ">="), barrels(500_000))))
    assert (found.quota_id, round(found.share or 0, 3)) == (REF, 1.52)
    assert found.figure
    assert found.figure.value == 759_793


def test_oil_in_general_means_the_cap_that_reporters_mean() -> None:
    [found] = assess(breach(period="2018", commodity=("oil",)))
    assert (found.quota_id, found.share) == (REF, None)


@pytest.mark.parametrize(
    ("day", "changes", "cap"),
    [
        ("2018-07-13", {"commodity": ("crude_oil",), "quantities": (barrels(4_000_000),)}, CRUDE),
        ("2017-10-20", {"quantities": (barrels(500_000),)}, "UN-DPRK-2375-REF-2017Q4"),
        ("2017-09-12", {"quantities": (barrels(2_000_000),)}, "UN-DPRK-2375-REF-2018"),
        ("2017-03-01", {"commodity": ("coal",)}, "UN-DPRK-2321-COAL"),
        ("2018-07-13", {"target": ("IR",), "actor": ("IR",)}, None),
        ("2018-07-13", {"commodity": ("textiles",)}, None),
    ],
)
def test_goods_amount_and_time_decide(day: str, changes: dict[str, object], cap: str | None) -> None:
    assert assess(breach(**changes), on=day)[0].quota_id == cap


def test_a_price_cap_is_no_quota_and_a_share_of_it_makes_no_sense() -> None:
    price = Quantity(60, "USD/bbl", "$60 a barrel", 0, 1, "=", None, Amount(60, "USD/bbl"))
    fields = {"category": Category.SANCTION, "measure": Measure.PRICE_CAP, "act": Act.IMPOSE, "actor": ("G7",)}
    [found] = assess(breach(**fields, target=("RU",), commodity=("oil",), quantities=(price,)), on="2023-01-10")
    assert (found.quota_id, found.share) == ("G7-RUS-CRUDE-60", None)


def test_tonnes_give_a_share_with_bounds() -> None:
    [found] = assess(breach(quantities=(tonnes(14_000),)))
    assert (found.quota_id, round(found.share_low or 0, 2), round(found.share_high or 0, 2)) == (REF, 0.22, 0.23)
    assert found.barrels
    assert found.barrels.low == pytest.approx(107_660)


def test_a_cap_that_only_the_article_states_is_that_of_the_breach() -> None:
    text = "The limit is 500,000 barrels a year."
    accused = breach(category=Category.SANCTION, measure=Measure.SANCTIONS, commodity=())
    asked, broken = assess(request(), accused, text=text)
    assert (asked.quota_id, broken.quota_id) == (None, REF)
    assert [one.quota_id for one in assess(request(), text=text)] == [REF]
    assert [one.quota_id for one in assess(request())] == [None]
