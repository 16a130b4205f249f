"""Matters and their steps: by slots, whatever the language, never by the likeness of titles."""

from dataclasses import replace
from datetime import date

import pytest

from claimwire.assess.known import Known
from claimwire.assess.stages import in_order, open_since, status_after
from claimwire.model import Act, Category, Claim, Measure, Modality

from .support import assess, barrels, breach, keys, request

ASKED = "KP/petroleum/asked/2018-07-12"
REFUSAL = request(category=Category.SANCTION, act=Act.OPPOSE, actor=("CN", "RU"), addressee=())


def test_two_days_and_two_kinds_of_oil_are_one_step() -> None:
    known = Known()
    first = assess(request(event_date="2018-07-12"), on="2018-07-13", known=known)
    second = assess(request(commodity=("refined_petroleum",)), on="2018-07-14", known=known)
    assert keys(first) == keys(second) == [ASKED]


def test_a_request_and_its_refusal_are_two_steps_of_one_thread() -> None:
    known = Known()
    [asked] = assess(request(event_date="2018-07-12"), known=known)
    [refused] = assess(replace(REFUSAL), on="2018-07-19", known=known)
    assert asked.thread_key == refused.thread_key == "KP/petroleum"
    assert (asked.stage, refused.stage) == ("asked", "refused")
    assert asked.step_key != refused.step_key


def test_the_request_retold_with_its_refusal_is_no_new_request() -> None:
    known = Known()
    assess(request(event_date="2018-07-12"), known=known)
    refused, retold = assess(REFUSAL, request(start=60, end=94), on="2018-07-20", known=known)
    assert refused.is_main
    assert not retold.is_main
    assert retold.step_key == ASKED


def test_the_same_request_a_year_later_is_another_step() -> None:
    known = Known()
    steps = [*assess(request(), on="2018-07-12", known=known), *assess(request(), on="2019-06-13", known=known)]
    assert len(set(keys(steps))) == 2
    assert len({one.thread_key for one in steps}) == 1


def test_sanctions_in_general_are_the_wider_thread() -> None:
    [found] = assess(request(measure=Measure.SANCTIONS, category=Category.SANCTION, commodity=()))
    [narrow] = assess(request())
    assert found.thread_key == narrow.parent_key == "KP/sanctions"


def test_disputes_over_trade_are_told_apart_by_who_acts() -> None:
    tariff = {"category": Category.TRADE_RESTRICTION, "act": Act.IMPOSE, "measure": Measure.TARIFF, "commodity": ()}
    [one] = assess(request(**tariff, actor=("US",), target=("CN",)))
    [other] = assess(request(**tariff, actor=("EU",), target=("CN",)))
    assert (one.thread_key, other.thread_key) == ("US>CN/tariffs", "EU>CN/tariffs")


def test_a_claim_that_names_no_target_has_that_of_its_article() -> None:
    named, unnamed = assess(breach(), request(target=(), start=90, end=124))
    assert named.thread_key == unnamed.thread_key


@pytest.mark.parametrize(
    ("claim", "stage"),
    [
        (breach(modality=Modality.DENIED), "denied"),
        (breach(act=Act.IMPOSE, modality=Modality.PLANNED), "drafted"),
        (breach(act=Act.IN_FORCE), ""),
        (breach(act=Act.OPPOSE, modality=Modality.POSSIBLE), ""),
        (breach(act=Act.OPPOSE, rules=("hold",)), "held"),
    ],
)
def test_what_a_claim_does_to_its_thread(claim: Claim, stage: str) -> None:
    assert assess(claim)[0].stage == stage


@pytest.mark.parametrize(
    ("stages", "status"),
    [
        (["asked"], "open"),
        (["asked", "held"], "on_hold"),
        (["asked", "held", "refused"], "blocked"),
        (["asked", "refused", "asked"], "open"),
        (["drafted", "adopted"], "adopted"),
        (["adopted", "broken"], "in_force"),
        (["adopted", "broken", "denied", "ended"], "lifted"),
    ],
)
def test_where_a_thread_stands(stages: list[str], status: str) -> None:
    assert status_after(stages) == status


@pytest.mark.parametrize(
    ("told", "since"),
    [
        ("1 asked", 1),
        ("1 asked, 2 held", 1),
        ("1 asked, 2 asked", 1),
        ("1 asked, 2 refused, 3 asked", 3),
        ("1 adopted, 3 lapsed, 4 asked", 4),
        ("1 refused, 1 asked", None),
        ("1 adopted, 1 drafted", None),
        ("1 adopted, 1 asked", 1),
    ],
)
def test_since_when_a_question_waits(told: str, since: int | None) -> None:
    pairs = [each.split() for each in told.split(", ")]
    steps = in_order((date(2018, 7, int(day)), stage) for day, stage in pairs)
    assert open_since(steps) == (since and date(2018, 7, since))


def test_priority_says_why() -> None:
    [found] = assess(breach(modality=Modality.ALLEGED, quantities=(barrels(759_793), barrels(500_000))))
    assert found.reasons == (
        "violate, alleged",
        "152% of the cap UN-DPRK-2397-REF",
        "UN",
        "first of its kind in 90 days",
    )
    [mention] = assess(breach(act=Act.IN_FORCE, commodity=(), target=(), actor=(), category=Category.SANCTION))
    assert found.priority > 70 > 10 > mention.priority


def test_who_wants_longer_to_think_answers_the_request() -> None:
    known = Known()
    assess(request(event_date="2018-07-12"), known=known)
    misread = request(category=Category.SANCTION, act=Act.IMPOSE, actor=("CN",), addressee=())
    told = "Russia and China want longer to weigh Washington's request."
    [answer] = assess(misread, on="2018-07-19", known=known, text=told)
    assert (answer.stage, answer.thread_key) == ("held", "KP/petroleum")
    [unasked] = assess(misread, on="2018-07-19", text=told)
    assert unasked.stage == "adopted"


def test_an_accusation_goes_with_the_request_it_was_made_for() -> None:
    known = Known()
    assess(request(event_date="2018-07-12"), known=known)
    accused = breach(category=Category.SANCTION, measure=Measure.SANCTIONS, commodity=(), actor=("US",), field="title")
    [found] = assess(accused, on="2018-07-13", known=known)
    assert (found.step_key, found.thread_key, found.parent_key) == (ASKED, "KP/petroleum", "KP/sanctions")
