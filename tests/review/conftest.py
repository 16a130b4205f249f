"""The desk on a small warehouse, behind a real server."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import FastAPI, HTTPException, Request
from sqlalchemy import Engine

from claimwire.review.access import Reviewer
from claimwire.review.app import create_app
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate

from .wires import NOW, Wire

REVIEWERS = {
    "ann": Reviewer("ann", may_decide=True),
    "ben": Reviewer("ben", may_decide=True),
    "vic": Reviewer("vic"),
    "olga": Reviewer("olga", may_decide=True, may_operate=True),
}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    opened = open_engine(f"sqlite:///{tmp_path / 'warehouse.db'}")
    migrate(opened)
    yield opened
    opened.dispose()


@pytest.fixture
def wire(engine: Engine) -> Wire:
    return Wire(engine)


@pytest.fixture
def app(engine: Engine) -> FastAPI:
    def by_header(request: Request) -> Reviewer:
        name = request.headers.get("x-test-reviewer")
        if name not in REVIEWERS:
            raise HTTPException(401, "log in first")
        return REVIEWERS[name]

    return create_app(engine, reviewer=by_header, clock=lambda: NOW)


@contextmanager
def serving(served: Any) -> Iterator[str]:
    """The address of a real loopback server for an ASGI app."""
    server = uvicorn.Server(uvicorn.Config(served, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture
def address(app: FastAPI) -> Iterator[str]:
    with serving(app) as found:
        yield found


@pytest.fixture
def login(address: str) -> Iterator[Callable[[str | None], httpx.Client]]:
    """`login("ann")` is a client who is ann; `login(None)` is nobody."""
    clients: list[httpx.Client] = []

    def as_reviewer(name: str | None) -> httpx.Client:
        headers = {"x-test-reviewer": name} if name else {}
        client = httpx.Client(base_url=address, headers=headers, trust_env=False)
        clients.append(client)
        return client

    yield as_reviewer
    for client in clients:
        client.close()
