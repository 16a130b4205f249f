from collections.abc import Iterator

import pytest

from claimwire.fetch.client import Client, Limits

from .site import Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def client() -> Iterator[Client]:
    limits = Limits(connect_seconds=1, read_seconds=0.5, total_seconds=0.9)
    client = Client("claimwire-test", allowed_hosts=["127.0.0.1", "localhost"], limits=limits)
    yield client
    client.close()
