import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.fetch.headers import DAY_SECONDS, advertised_seconds, max_age_seconds, retry_after_seconds

from .site import NOW


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("0", 0), ("120", 120), (" 5 ", 5), ("317100", DAY_SECONDS), ("9" * 400, DAY_SECONDS),
        ("Tue, 24 Nov 2026 06:01:00 GMT", 60), ("Tue, 24 Nov 2026 05:00:00 GMT", 0),
        ("Fri, 24 Dec 2026 06:00:00 GMT", DAY_SECONDS), ("-5", None), ("soon", None), ("", None), (None, None),
        ("1.5", None), ("٣", None),
    ],
)  # fmt: skip
def test_retry_after(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, NOW) == seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("max-age=300", 300), ("public, max-age=300", 300), ('Max-Age="60"', 60), ("s-maxage=900", None),
        ("no-store", None), ("max-age=99999999", DAY_SECONDS), ("max-age=x", None),
    ],
)  # fmt: skip
def test_max_age(value: str, seconds: float | None) -> None:
    assert max_age_seconds({"cache-control": value}) == seconds


@given(st.text(), st.binary())
def test_no_header_and_no_body_raises(text: str, body: bytes) -> None:
    retry_after_seconds(text, NOW)
    max_age_seconds({"cache-control": text})
    advertised_seconds(body)
