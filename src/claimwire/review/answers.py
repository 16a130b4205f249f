"""Answers to what goes wrong, and entity tags. No exception's own text reaches a browser unless we wrote it."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.encoders import jsonable_encoder
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException as AnyHttpError

from claimwire.errors import ClaimwireError, NotFound, RefusedDecision, StaleDecision
from claimwire.review.access import Reviewer
from claimwire.review.render import page, root_of
from claimwire.warehouse.desk_item import find_decisions, find_item

log = logging.getLogger(__name__)

_STATUS: dict[type[ClaimwireError], int] = {NotFound: 404, StaleDecision: 409, RefusedDecision: 422}


@dataclass(frozen=True, slots=True)
class Tag:
    """A strong ETag."""

    text: str

    @staticmethod
    def of(*parts: object) -> "Tag":
        """The tag of a thing that is the same as long as these are."""
        return Tag(f'"{sha256(repr(parts).encode()).hexdigest()[:24]}"')

    def is_among(self, header: str) -> bool:
        """Whether an If-None-Match header names it."""
        return header.strip() == "*" or self.text in {part.strip().removeprefix("W/") for part in header.split(",")}


def not_modified(tag: Tag) -> Response:
    """304 with the tag."""
    return Response(status_code=304, headers={"ETag": tag.text})


def answer_faults(app: FastAPI) -> None:
    """Registers an answer for every kind of fault: JSON for scripts, a page for people."""
    app.add_exception_handler(AnyHttpError, _http_fault)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(ClaimwireError, _our_fault)
    app.add_exception_handler(SQLAlchemyError, _database_fault)


def _is_for_people(request: Request) -> bool:
    is_api = request.url.path.removeprefix(root_of(request)).startswith("/api/")
    return not is_api and "text/html" in request.headers.get("accept", "")


def _fault(request: Request, status: int, problem: str, extra: dict[str, Any] | None = None) -> Response:
    if _is_for_people(request):
        if status == 401 and request.app.state.desk.login_url:
            return page(request, "login.html", Reviewer(""), status, status=status, problem="")
        return page(request, "fault.html", Reviewer(""), status, status=status, problem=problem)
    return JSONResponse({"detail": problem} | (extra or {}), status)


def _http_fault(request: Request, error: Exception) -> Response:
    assert isinstance(error, AnyHttpError)  # noqa: S101  # nosec B101  # what it was registered for
    answer = _fault(request, error.status_code, str(error.detail))
    for name, value in (error.headers or {}).items():
        answer.headers[name] = value
    return answer


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101  # nosec B101
    faults = [{"where": [str(part) for part in one["loc"]], "problem": one["msg"]} for one in error.errors()[:20]]
    problem = "; ".join(f"{'.'.join(fault['where'])}: {fault['problem']}" for fault in faults)
    return _fault(request, 422, problem[:500], {"faults": faults})


def _our_fault(request: Request, error: Exception) -> Response:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 503)
    if status == 503:
        log.error("%s %s: %s", request.method, request.url.path, error)
        return _fault(request, 503, "the warehouse cannot be reached just now; the server's log says why")
    extra = _present_state(request) if isinstance(error, StaleDecision) else None
    return _fault(request, status, str(error), extra)


def _present_state(request: Request) -> dict[str, Any]:
    """The item as it is now with its decisions, for the merge view."""
    item_id = request.path_params.get("item_id")
    if item_id is None:
        return {}
    with request.app.state.desk.reading() as connection:
        item, made = find_item(connection, int(item_id)), find_decisions(connection, int(item_id))
    return {"item": jsonable_encoder(item), "decisions": jsonable_encoder(made)}


def _database_fault(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return _fault(request, 503, "the warehouse cannot be reached just now; the server's log says why")


def hidden_fault(request: Request) -> Response:
    """404 for an address that the desk does not have."""
    raise HTTPException(404, f"the desk has no page {request.url.path[:200]}")
