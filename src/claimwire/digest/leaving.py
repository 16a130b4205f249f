"""The page behind `List-Unsubscribe`: reachable without a login, since the signed token is the key."""

from collections.abc import Callable
from datetime import datetime
from html import escape

from sqlalchemy import Engine
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from claimwire.digest.unsubscribe import read_token
from claimwire.warehouse.digests import opt_out
from claimwire.warehouse.writing import write

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}


def create_leaving_app(engine: Engine, secret: str, clock: Callable[[], datetime]) -> Starlette:
    """An app with one address, `/<token>`: GET asks, POST unsubscribes (RFC 8058).

    Mail scanners follow every link in a mail, so that a GET must change nothing.
    """

    async def ask(request: Request) -> Response:
        named = read_token(secret, request.path_params["token"])
        return _question(*named) if named else _unknown()

    async def leave(request: Request) -> Response:
        named = read_token(secret, request.path_params["token"])
        if named is None:
            return _unknown()
        await run_in_threadpool(write, engine, lambda connection: opt_out(connection, *named, clock()))
        return _page(f"{named[1]} gets no more digests of “{named[0]}”.")

    return Starlette(routes=[Route("/{token}", ask, methods=["GET"]), Route("/{token}", leave, methods=["POST"])])


def _question(subscription_key: str, recipient: str) -> Response:
    told = f"Send no more digests of “{subscription_key}” to {recipient}?"
    return _page(told, '<form method="post"><button>Unsubscribe</button></form>')


def _unknown() -> Response:
    return _page("This link is not one of ours, or the installation has a new secret since.", status=404)


def _page(told: str, form: str = "", status: int = 200) -> Response:
    page = (
        '<!DOCTYPE html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>Unsubscribe</title><p>{escape(told)}</p>{form}</html>"
    )
    return HTMLResponse(page, status, _HEADERS)
