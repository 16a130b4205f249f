"""Fixtures shared by the end-to-end tests."""

from typing import Any

import pytest

from ..fetch.site import serving


@pytest.fixture
def site() -> Any:
    with serving() as site:
        yield site
