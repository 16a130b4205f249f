"""The notation of phrases."""

import re

import pytest

from claimwire.text.templates import Slot, compile_template

SLOTS = {"n": Slot(r"\d+", frozenset("0123456789")), "day": Slot("(?:mon|tue)", frozenset({"mon", "tue"}))}


def compiled(say: str) -> tuple[re.Pattern[str], frozenset[str]]:
    template = compile_template(say, SLOTS, "p", space=r"\s", head=4)
    return re.compile(template.pattern), template.heads


@pytest.mark.parametrize(
    ("say", "fits", "heads"),
    [
        ("(last|next) {day}", ["last mon", "next\ntue"], {"last", "next"}),
        ("[on ]{day}", ["on mon", "tue"], {"on", "mon", "tue"}),
        ("{n} days", ["12 days"], set("0123456789")),
        (r"{day} \({n}\)", ["mon (3)"], {"mon", "tue"}),
        ("a.m.", ["a.m."], {"a"}),
    ],
)
def test_notation(say: str, fits: list[str], heads: set[str]) -> None:
    pattern, found = compiled(say)
    assert all(pattern.fullmatch(text) for text in fits)
    assert found == heads


@pytest.mark.parametrize("say", ["(a|b", "a)", "[a", "{what}", "{day"])
def test_faults_are_refused(say: str) -> None:
    with pytest.raises(ValueError, match=r"unmatched|unknown"):
        compiled(say)


def test_a_slot_may_stand_twice() -> None:
    template = compile_template("({day}|on {day})", SLOTS, "p", space=" ", head=4)
    assert [slot for slot, _ in template.groups] == ["day", "day"]
    assert re.fullmatch(template.pattern, "on tue")
