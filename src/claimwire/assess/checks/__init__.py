"""Contradictions between a claim and the record; each check gives a sentence for the analyst, or nothing."""

from collections.abc import Callable

from claimwire.assess.assessment import Finding
from claimwire.assess.checks.breach_below_cap import breach_below_cap
from claimwire.assess.checks.breach_of_other_cap import breach_of_other_cap
from claimwire.assess.checks.no_such_cap import no_such_cap
from claimwire.assess.checks.ordered_for_asked import ordered_for_asked
from claimwire.assess.checks.wrong_authority import wrong_authority
from claimwire.assess.checks.wrong_goods import wrong_goods
from claimwire.assess.checks.wrong_year import wrong_year
from claimwire.assess.matched import Matched

Check = Callable[[Matched], str | None]

CHECKS: dict[str, Check] = {
    "breach_below_cap": breach_below_cap,
    "breach_of_other_cap": breach_of_other_cap,
    "no_such_cap": no_such_cap,
    "ordered_for_asked": ordered_for_asked,
    "wrong_authority": wrong_authority,
    "wrong_goods": wrong_goods,
    "wrong_year": wrong_year,
}


def find_contradictions(matched: Matched) -> tuple[Finding, ...]:
    """What every check says of a claim, in the order of `CHECKS`."""
    found = ((name, check(matched)) for name, check in CHECKS.items())
    return tuple(Finding(name, message) for name, message in found if message)
