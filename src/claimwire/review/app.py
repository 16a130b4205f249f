"""The desk as one web app, for Airflow's plugin and for `claimwire review`."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.responses import Response
from sqlalchemy import Engine

from claimwire.catalog import DATA
from claimwire.catalog.review import load_review
from claimwire.review import (
    api,
    files,
    filter_api,
    item_pages,
    quality_pages,
    queue_pages,
    reading_pages,
    wire_pages,
)
from claimwire.review.access import Reader, current_reviewer
from claimwire.review.answers import answer_faults, hidden_fault
from claimwire.review.desk import Desk
from claimwire.review.guard import Guard

elsewhere = APIRouter(include_in_schema=False)


@elsewhere.api_route("/{path:path}", methods=["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"])
def answer_elsewhere(request: Request, reviewer: Reader, path: str) -> Response:
    """Unknown addresses ask for a login too, so that nobody can map the desk from outside."""
    del reviewer, path
    return hidden_fault(request)


def create_app(
    engine: Engine,
    *,
    reviewer: Callable[..., Any],
    clock: Callable[[], datetime],
    data_dir: Path = DATA,
    login_url: str = "",
) -> FastAPI:
    """The review desk on a warehouse.

    Args:
        engine: the migrated warehouse.
        reviewer: a FastAPI dependency that gives the `Reviewer` of a request, or raises 401 or 403.
        clock: the present time, aware UTC.
        data_dir: the catalogue.
        login_url: where to log in, with a login of our own.
    """
    # FastAPI's own documentation routes ask for no login and load scripts from elsewhere: ours replace them
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(current_reviewer)],
        redirect_slashes=False,
    )
    app.state.desk = Desk(engine, load_review(data_dir), data_dir, clock, login_url)
    app.dependency_overrides[current_reviewer] = reviewer
    app.add_middleware(Guard)
    answer_faults(app)
    for module in (queue_pages, item_pages, reading_pages, quality_pages, wire_pages, files, api, filter_api):
        app.include_router(module.router)
    app.include_router(elsewhere)
    return app
