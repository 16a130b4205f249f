"""Style sheet, script and API documentation: guarded like every other route."""

from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Request, Response
from fastapi.openapi.utils import get_openapi
from fastapi.responses import HTMLResponse

from claimwire import __version__
from claimwire.review.access import Reader
from claimwire.review.answers import Tag, not_modified
from claimwire.review.render import page, root_of

router = APIRouter(include_in_schema=False)

_KINDS = {
    "desk.css": "text/css; charset=utf-8",
    "desk.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}


@cache
def static_bytes(name: str) -> bytes:
    """A file of the page, once read."""
    return files("claimwire.review").joinpath("static", name).read_bytes()


@router.get("/static/{name}")
def send_file(reviewer: Reader, name: str, if_none_match: Annotated[str, Header()] = "") -> Response:
    """One of the page's own files; revalidated each time, so that an upgrade shows at once."""
    del reviewer
    if name not in _KINDS:
        raise HTTPException(404, "there is no such file")
    body = static_bytes(name)
    tag = Tag.of(sha256(body).hexdigest())
    if tag.is_among(if_none_match):
        return not_modified(tag)
    return Response(body, media_type=_KINDS[name], headers={"ETag": tag.text, "Cache-Control": "private, no-cache"})


@router.get("/api/openapi.json")
def send_openapi(request: Request, reviewer: Reader) -> dict[str, Any]:
    """The API's description."""
    del reviewer
    return describe(request)


@router.get("/api/docs")
def show_docs(request: Request, reviewer: Reader) -> HTMLResponse:
    """The API's description for people, without any script from elsewhere."""
    return page(request, "docs.html", reviewer, api=describe(request))


def describe(request: Request) -> dict[str, Any]:
    """OpenAPI of the routes under /api."""
    found = get_openapi(
        title="claimwire review desk",
        version=__version__,
        description="Read flagged items and post decisions with the token of the surroundings.",
        routes=request.app.routes,
    )
    found["servers"] = [{"url": root_of(request) or "/"}]
    return found
