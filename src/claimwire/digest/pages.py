"""The page of digests: who is sent what and when, what became of it, and a look at the next one without sending it."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from fastapi import APIRouter, Depends, FastAPI, HTTPException, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import Connection, Engine

from claimwire.catalog.subscriptions import Subscription, load_subscriptions
from claimwire.digest.compose import compose_digest
from claimwire.digest.preview import standalone_page
from claimwire.digest.render import templates
from claimwire.digest.window import due_days, sending_moment
from claimwire.settings import Settings
from claimwire.warehouse import digests as ledger

SHOWN = timedelta(days=14)
MOST_TROUBLES = 100

_STYLED = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'self'"
_PAGE = {"Content-Security-Policy": _STYLED, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
# A digest holds text of strangers; the sandbox gives it no origin, no script and no form.
_DIGEST = _PAGE | {"Content-Security-Policy": f"{_STYLED}; sandbox allow-popups"}


@dataclass(frozen=True, slots=True)
class Shown:
    """One subscription as the page shows it."""

    subscription: Subscription
    next_at: datetime | None
    last: Any
    states: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """What the routes need of the installation."""

    engine: Engine
    settings: Settings
    clock: Callable[[], datetime]


def create_digest_app(
    engine: Engine, settings: Settings, *, reader: Callable[..., Any], clock: Callable[[], datetime]
) -> FastAPI:
    """The app for Airflow's plugin; `reader` is a dependency that raises 401 or 403 for who may not read."""
    place = _Place(engine, settings, clock)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, dependencies=[Depends(reader)])
    app.include_router(_routes(place))
    return app


def _routes(place: _Place) -> APIRouter:
    router = APIRouter()

    @router.get("/")
    def show_all(request: Request) -> HTMLResponse:
        root = str(request.scope.get("root_path", "")).rstrip("/")
        with place.engine.connect().execution_options(readonly=True) as connection:
            shown, troubles = _overview(connection, load_subscriptions(place.settings.data_dir), place.clock())
        page = templates().get_template("subscriptions.html").render(root=root, shown=shown, troubles=troubles)
        return HTMLResponse(page, headers=_PAGE)

    @router.get("/{key}/preview")
    def preview(key: str) -> HTMLResponse:
        subscription = _find(place.settings, key)
        now = place.clock()
        with place.engine.connect().execution_options(readonly=True) as connection:
            day = now.astimezone(subscription.zone).date()
            digest = compose_digest(connection, subscription, day, now, place.settings)
        return HTMLResponse(standalone_page(digest.stored), headers=_DIGEST)

    @router.get("/{key}/{day}")
    def show_stored(key: str, day: date, kind: str = "daily", sequence: int = 0) -> HTMLResponse:
        with place.engine.connect().execution_options(readonly=True) as connection:
            stored = ledger.find_digest(connection, key, day, kind, sequence)
        if stored is None:
            raise HTTPException(404, "no such digest")
        return HTMLResponse(standalone_page(stored), headers=_DIGEST)

    return router


def _find(settings: Settings, key: str) -> Subscription:
    found = next((each for each in load_subscriptions(settings.data_dir) if each.key == key), None)
    if found is None:
        raise HTTPException(404, "no such subscription")
    return found


def _overview(
    connection: Connection, subscriptions: list[Subscription], now: datetime
) -> tuple[list[Shown], list[Any]]:
    """Each subscription with its last digest, and the deliveries of two weeks that somebody should look at."""
    last: dict[str, Any] = {}
    for row in ledger.recent_digests(connection, now - SHOWN):
        last.setdefault(row.subscription_key, row)
    rows = ledger.recent_deliveries(connection, now - SHOWN)
    states: dict[str, Counter[str]] = {}
    for row in rows:
        states.setdefault(row.subscription_key, Counter())[row.state] += 1
    shown = [
        Shown(each, _next(each, now), last.get(each.key), tuple(sorted(states.get(each.key, Counter()).items())))
        for each in subscriptions
    ]
    return shown, [row for row in rows if row.state != "sent" or row.copies > 1][:MOST_TROUBLES]


def _next(subscription: Subscription, now: datetime) -> datetime | None:
    if subscription.kind == "alert":
        return None
    day = next(due_days(subscription, now, now + timedelta(days=8)), None)
    return sending_moment(subscription, day).astimezone(subscription.zone) if day else None
