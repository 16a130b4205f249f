"""Amounts in the manner of seventeen languages."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.catalog.units import load_units
from claimwire.model import Amount
from claimwire.text.numbers import find_quantities

UNITS = load_units()


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "comparator"),
    [
        ("en", "759,793 barrels", 759_793, "bbl", "="),
        ("en", "at least 4.0 mln bags", 4e6, "bag", ">="),
        ("en", "15.8 mln bpd", 15.8e6, "bbl/day", "="),
        ("en", "$60 a barrel", 60, "USD/bbl", "="),
        ("en", "half a million tons", 5e5, "t", "="),
        ("en", "one hundred and fifty thousand tonnes", 150e3, "t", "="),
        ("en", "1.466 mln bpd", 1.466e6, "bbl/day", "="),
        ("en", "948,000 barrels of crude daily", 948e3, "bbl/day", "="),
        ("en", "10 percent", 10, "percent", "="),
        ("en", "200 000 t", 2e5, "t", "="),
        ("en", "$300bn", 300e9, "USD", "="),
        ("fr", "500.000 barils", 5e5, "bbl", "="),
        ("fr", "au moins 1,6 million de tonnes", 1.6e6, "t", ">="),
        ("fr", "quatre millions de barils par an", 4e6, "bbl/year", "="),
        ("de", "1,6 Mio. Tonnen", 1.6e6, "t", "="),
        ("de", "fünfhunderttausend Fässer", 5e5, "bbl", "="),
        ("es", "2.000 millones de dólares", 2e9, "USD", "="),
        ("es", "medio millón de barriles", 5e5, "bbl", "="),
        ("it", "almeno 500.000 barili", 5e5, "bbl", ">="),
        ("pt", "80 mil toneladas", 80e3, "t", "="),
        ("nl", "vier miljoen vaten per jaar", 4e6, "bbl/year", "="),
        ("pl", "co najmniej 1,6 mln ton", 1.6e6, "t", ">="),
        ("ru", "четыре миллиона баррелей в год", 4e6, "bbl/year", "="),
        ("ru", "не менее 1,6 млн тонн", 1.6e6, "t", ">="),
        ("ru", "$60/барр.", 60, "USD/bbl", "="),
        ("uk", "500 тис. барелів", 5e5, "bbl", "="),
        ("tr", "yüzde 70", 70, "percent", "="),
        ("tr", "en az 500 bin varil", 5e5, "bbl", ">="),
        ("ar", "نحو 50 مليار دولار", 50e9, "USD", "~"),
        ("ar", "٥٠٠ ألف برميل", 5e5, "bbl", "="),
        ("fa", "۵۰۰ هزار بشکه", 5e5, "bbl", "="),
        ("zh", "50万桶", 5e5, "bbl", "="),
        ("zh", "百分之二十五", 25, "percent", "="),
        ("zh", "一亿五千万美元", 1.5e8, "USD", "="),
        ("ja", "1億5000万ドル", 1.5e8, "USD", "="),
        ("ko", "약 6만톤", 6e4, "t", "~"),
        ("xx", "500 bbl", 500, "bbl", "="),
    ],
)
def test_value(language: str, text: str, value: float, unit: str, comparator: str) -> None:
    [found] = find_quantities(text, language, UNITS)
    assert (found.value, found.unit, found.comparator) == (pytest.approx(value), unit, comparator)
    assert found.text == text


def test_range() -> None:
    [found] = find_quantities("It fell by 5 to 10 percent.", "en", UNITS)
    assert (found.value, found.upper, found.unit, found.comparator) == (5, 10, "percent", "range")
    [found] = find_quantities("between 100 and 150 billion dollars", "en", UNITS)
    assert (found.value, found.upper, found.unit) == (100e9, 150e9, "USD")
    assert found.normalised == Amount(100e9, "USD", 100e9, 150e9)


def test_a_rise_is_no_range() -> None:
    assert [q.value for q in find_quantities("from 5 to 10 percent", "en", UNITS)] == [10]


@pytest.mark.parametrize("text", ["a barrel of laughs", "an A320 in 2018", "hundred", "one of two", ""])
def test_no_amount(text: str) -> None:
    assert find_quantities(text, "en", UNITS) == []


def test_normalised() -> None:
    [found] = find_quantities("1,001,430 short tons", "en", UNITS)
    assert found.normalised == Amount(pytest.approx(908_482.3, abs=1), "t")


@settings(max_examples=100, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from(sorted(UNITS.numerals)))
def test_arbitrary_text(text: str, language: str) -> None:
    for found in find_quantities(text, language, UNITS):
        assert text[found.start : found.end] == found.text
