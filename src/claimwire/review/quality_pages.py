"""The quality card: how often the machine is right, counted from decisions."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from claimwire.review.access import Reader
from claimwire.review.desk import AtDesk
from claimwire.review.precision import Line, Share, estimate_recall, to_lines, to_weeks
from claimwire.review.render import page
from claimwire.warehouse.desk_quality import Dimension, Settled, count_blind, count_reasons, count_settled

router = APIRouter(include_in_schema=False)

PLOT = (640, 160)
_DIMENSIONS: dict[Dimension, tuple[str, int]] = {
    "category": ("By category", 8),
    "language": ("By language", 24),
    "rule": ("By rule", 30),
    "publisher": ("By publisher", 20),
}


@router.get("/quality")
def show_quality(request: Request, desk: AtDesk, reviewer: Reader) -> HTMLResponse:
    """Precision from decisions, recall from blind readings, each with its interval."""
    with desk.reading() as connection:
        parts: list[tuple[str, list[Line]]] = [
            (title, to_lines(count_settled(connection, by), limit)) for by, (title, limit) in _DIMENSIONS.items()
        ]
        weeks = to_weeks(count_settled(connection, "week"), *PLOT)
        reasons = count_reasons(connection)
        blind = count_blind(connection)
    values: dict[str, Any] = {"parts": parts, "weeks": weeks, "plot": PLOT, "reasons": reasons.most_common()}
    return page(
        request,
        "quality.html",
        reviewer,
        all=_sum(parts[0][1]),
        blind=blind,
        missed=Share(blind.missed, blind.read_unflagged),
        recall=estimate_recall(blind),
        rules=desk.rules,
        **values,
    )


def _sum(lines: list[Line]) -> Line:
    total = Settled()
    for line in lines:
        for status in ("confirmed", "corrected", "rejected"):
            total.add(status, getattr(line.settled, status))
    return Line("all", total)
