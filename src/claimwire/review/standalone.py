"""The desk without Airflow: the same app behind a login of its own, meant for one machine."""

import ipaddress
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy import Engine
from starlette.middleware.trustedhost import TrustedHostMiddleware

from claimwire.errors import SettingsError
from claimwire.review.access import Reviewer
from claimwire.review.app import create_app
from claimwire.review.files import static_bytes
from claimwire.review.guard import Guard
from claimwire.review.login import COOKIE, Sessions
from claimwire.review.render import page


def create_standalone(
    engine: Engine, password: str, host: str, clock: Callable[[], datetime], data_dir: Path
) -> FastAPI:
    """The desk with a login.

    Args:
        engine: the migrated warehouse.
        password: the one password of all reviewers.
        host: the address that it is bound to; requests that name another host are refused, so that no web page can
            reach the desk through a name of its own (DNS rebinding).
        clock: the present time, aware UTC.
        data_dir: the catalogue.
    """
    sessions = Sessions(password, clock)
    desk = create_app(engine, reviewer=sessions.find_reviewer, clock=clock, data_dir=data_dir, login_url="/login")
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    app.include_router(_login_routes(sessions))
    app.mount("", desk)
    app.add_middleware(Guard)
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", "[::1]", host])
    return app


def _login_routes(sessions: Sessions) -> APIRouter:
    """The only routes that a stranger may see: the form, its style, the way in and the way out."""
    routes = APIRouter()

    def log_in(  # nosec B107  # an empty form field, no password
        request: Request, name: Annotated[str, Form()] = "", password: Annotated[str, Form()] = ""
    ) -> Response:
        try:
            token = sessions.enter(name.strip(), password)
        except HTTPException as error:
            return page(
                request, "login.html", Reviewer(""), error.status_code, problem=error.detail, status=error.status_code
            )
        answer = RedirectResponse("/", 303)
        answer.set_cookie(COOKIE, token, httponly=True, samesite="strict", path="/")
        return answer

    def log_out(request: Request) -> Response:
        sessions.leave(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE, path="/")
        return answer

    def show_login(request: Request) -> Response:
        return page(request, "login.html", Reviewer(""), problem="", status=200)

    def send_style() -> Response:
        return Response(static_bytes("desk.css"), media_type="text/css; charset=utf-8")

    routes.add_api_route("/login", log_in, methods=["POST"])
    routes.add_api_route("/login", show_login, methods=["GET"])
    routes.add_api_route("/login.css", send_style, methods=["GET"])
    routes.add_api_route("/logout", log_out, methods=["POST"])
    return routes


def is_loopback(host: str) -> bool:
    """Whether an address to listen on is this machine only."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def check_host(host: str, password: str) -> None:
    """Raises SettingsError where others could reach the desk and nobody chose a password."""
    if not is_loopback(host) and len(password) < 12:
        raise SettingsError(
            f"{host} can be reached from outside: set CLAIMWIRE_REVIEW_PASSWORD (12 characters or more)"
        )
