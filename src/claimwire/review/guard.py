"""What stands before every route: refusal of forged writes, and the headers that keep hostile text harmless."""

from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_BODY_BYTES = 1_000_000
"""Largest body of a write. FastAPI reads it before it asks who is there, so the limit must stand before that."""

_READING = frozenset({"GET", "HEAD", "OPTIONS"})

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    # same-origin, not no-referrer: with that a browser sends `Origin: null` with our own forms
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "Cache-Control": "no-store",
}


class Guard:
    """ASGI middleware around the whole desk, its documentation and static files too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes a request on unless it is a forged write; adds the headers to every answer."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if problem := forgery(scope["method"], headers):
            return await JSONResponse({"detail": problem}, status_code=403)(scope, receive, send_guarded)
        if not _is_small(headers):
            return await JSONResponse({"detail": "that is too much at once"}, 413)(scope, receive, send_guarded)
        return await self._app(scope, receive, send_guarded)


def _is_small(headers: Headers) -> bool:
    """Whether a body says its length and is short enough; one that comes in chunks says none."""
    length = headers.get("content-length", "0")
    return length.isdecimal() and int(length) <= _BODY_BYTES and "transfer-encoding" not in headers


def forgery(method: str, headers: Any) -> str:
    """Why a write is refused as coming from another site; "" where it is ours.

    A token in an Authorization header is no excuse: where Airflow makes everybody an admin, its middleware adds one to
    any request. Scripts send neither header and pass; browsers always send Origin with a write to another site.
    """
    if method in _READING:
        return ""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in {"same-origin", "none"}:
        return "this write comes from another site"
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc.lower() != headers.get("host", "").lower():
        return "this write comes from another origin"
    return ""
