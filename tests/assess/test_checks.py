"""Contradictions with the record, and none where all is well."""

import importlib
import pkgutil
from dataclasses import replace

from claimwire.assess import checks
from claimwire.assess.checks import CHECKS
from claimwire.model import Act, Category, Measure, Modality

from .support import a_year, assess, barrels, breach, findings, request, tonnes

IMPOSED = {"act": Act.IMPOSE, "actor": ("UN",), "attribution": None}


def test_four_million_told_as_refined_is_the_cap_on_crude() -> None:
    claim = breach(**IMPOSED, quantities=(barrels(4_000_000),))
    assert "wrong_goods" in findings(claim, on="2017-12-22")
    assert (
        findings(breach(**IMPOSED, commodity=("crude_oil",), quantities=(barrels(4_000_000),)), on="2017-12-22") == []
    )


def test_crude_told_for_refined() -> None:
    assert findings(breach(commodity=("crude_oil",), period="2018")) == ["breach_of_other_cap"]
    assert findings(breach(commodity=("crude_oil",), quantities=(barrels(760_000),))) == ["breach_below_cap"]
    assert findings(breach(commodity=("crude_oil",), quantities=(barrels(500_000),))) == ["wrong_goods"]


def test_a_barrel_figure_that_cannot_be_a_cap() -> None:
    assert findings(breach(**IMPOSED, quantities=(barrels(5_000_000),))) == ["no_such_cap"]
    assert findings(breach(**IMPOSED, quantities=(barrels(500_000), barrels(2_000_000)))) == []
    assert findings(breach(**IMPOSED, quantities=(a_year(50_000),))) == ["no_such_cap"]
    assert findings(breach(**IMPOSED, quantities=(a_year(500_000),))) == []
    coal = {"commodity": ("coal",), "measure": Measure.OTHER}
    assert findings(breach(**IMPOSED, **coal, quantities=(tonnes(75_000_000),)), on="2017-03-01") == ["no_such_cap"]
    assert findings(breach(**IMPOSED, **coal, quantities=(tonnes(7_500_000),)), on="2017-03-01") == []


def test_the_wrong_year() -> None:
    assert findings(breach(**IMPOSED, period="2015", quantities=(barrels(500_000),))) == ["wrong_year"]
    assert findings(breach(**IMPOSED, period="2019", quantities=(barrels(500_000),))) == []


def test_a_cap_told_before_it_was_set() -> None:
    told = breach(**IMPOSED, event_date="2016-12", quantities=(a_year(500_000),))
    [finding] = [one for found in assess(told) for one in found.findings]
    assert (finding.check, finding.message[:17]) == ("wrong_year", "told of 2016-12, ")
    assert finding.message.endswith("was not set before 2017-12-22")
    for when in ("2017-12", "2017", "2018-07-12", "2020"):  # later it is told in passing
        assert findings(breach(**IMPOSED, event_date=when, quantities=(a_year(500_000),))) == []
    crude = {"commodity": ("crude_oil",), "quantities": (a_year(4_000_000),)}
    assert findings(breach(**IMPOSED, **crude, event_date="2017-12-22")) == []  # the record has no day for this one


def test_the_wrong_authority() -> None:
    claim = breach(**IMPOSED | {"actor": ("US",)}, quantities=(barrels(500_000),))
    [finding] = [one for found in assess(claim) for one in found.findings]
    assert finding.check == "wrong_authority"
    assert finding.message.startswith("told as set by US, but UN-DPRK-2397-REF (refined petroleum: 500,000 bbl a year")


def test_who_is_hit_and_who_speaks_set_no_cap() -> None:
    both = breach(**IMPOSED | {"actor": ("KP", "US")}, quantities=(barrels(500_000),))
    assert findings(both) == ["wrong_authority"]
    assert findings(breach(**IMPOSED | {"actor": ("KP",)}, quantities=(barrels(500_000),))) == []
    spoken = breach(**IMPOSED | {"actor": ("US",)}, evidence="North Korea is over its fuel quota, the US says")
    assert findings(spoken) == []
    set_by_one = breach(**IMPOSED | {"actor": ("US",)}, evidence="The US caps fuel for North Korea")
    assert findings(set_by_one) == ["wrong_authority"]
    assert findings(replace(set_by_one, measure=Measure.SANCTIONS)) == [], "harsher sanctions are no cap"


def test_ordered_for_asked() -> None:
    told = {"category": Category.SANCTION, "act": Act.IMPOSE, "addressee": (), "start": 60, "end": 94}
    ordered = request(**told, evidence="Washington ordered a stop to them.")
    assert findings(request(), ordered) == ["ordered_for_asked"]
    assert findings(request(), request(**told | {"actor": ("JP",)}, evidence="Tokyo ordered a stop to them.")) == []
    assert findings(request(), request(**told, evidence="The body must stop them, the paper says.")) == []


def test_right_claims_give_no_findings() -> None:
    right = [
        request(),
        breach(period="2018", quantities=(barrels(759_793, ">="), barrels(500_000))),
        breach(modality=Modality.DENIED, quantities=(barrels(100_000),)),
        breach(**IMPOSED, quantities=(barrels(500_000),)),
        breach(act=Act.OPPOSE, category=Category.SANCTION, measure=Measure.EXPORT_BAN, actor=("RU", "CN")),
    ]
    assert findings(*right) == []


def test_every_check_is_registered() -> None:
    modules = {module.name for module in pkgutil.iter_modules(checks.__path__)}
    assert modules == set(CHECKS)
    for name, check in CHECKS.items():
        assert getattr(importlib.import_module(f"claimwire.assess.checks.{name}"), name) is check


def test_quotas_that_a_state_is_said_to_have_approved() -> None:
    told = "The letter says that it broke US-approved import quotas."
    assert findings(breach(evidence=told, quantities=(barrels(500_000),))) == ["wrong_authority"]
    right = told.replace("US-approved", "UN-approved")
    assert findings(breach(evidence=right, quantities=(barrels(500_000),))) == []
    assert findings(breach(evidence="Washington says that it broke the quotas.")) == []
