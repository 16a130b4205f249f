"""Pages: templates with autoescape, and what all of them need."""

from functools import cache
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from claimwire.review import shown
from claimwire.review.access import Reviewer


@cache
def templates() -> Environment:
    """The environment of all templates: everything is escaped, an unknown name is an error."""
    found = Environment(
        loader=PackageLoader("claimwire.review"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    for name in ("visible", "short", "safe_url", "words", "full_name", "language_name", "moment", "ago", "span"):
        found.filters[name] = getattr(shown, name)
    return found


def root_of(request: Request) -> str:
    """Where the desk is mounted: `/review` inside Airflow, "" alone. Links begin with it."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def page(request: Request, name: str, reviewer: Reviewer, status_code: int = 200, **values: Any) -> HTMLResponse:
    """One page of the desk."""
    root = root_of(request)
    html = templates().get_template(name).render(root=root, reviewer=reviewer, path=request.url.path, **values)
    return HTMLResponse(html.encode("utf-8", "replace"), status_code)
