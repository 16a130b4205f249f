"""The ledger of one cap, and its picture: amounts against the limit, year by year, by who says so."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, text

from claimwire.errors import NotFound
from claimwire.warehouse.tables import quotas

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_KINDS = {
    "reported": ("#1b6ca8", "o", "reported"),
    "estimated": ("#d1495b", "D", "estimated"),
    "alleged": ("#edae49", "^", "alleged"),
    "asserted": ("#66a182", "s", "asserted"),
    "denied": ("#6c757d", "x", "denied"),
}
"""Colours that people who see no red or green can tell apart, and a shape for print."""

_CURRENT = text(
    "SELECT year, value_bbl, share_low * :limit AS low, share_high * :limit AS high, says, basis, items, period_from,"
    " period_to FROM cap_ledger WHERE quota_id = :quota AND value_bbl IS NOT NULL AND year IS NOT NULL"
    " ORDER BY year, value_bbl"
)


@dataclass(frozen=True, slots=True)
class Cap:
    """A cap and the amounts that are told against it, in barrels."""

    quota_id: str
    limit_bbl: float
    period: str
    instrument: str
    figures: Sequence["Figured"]


@dataclass(frozen=True, slots=True)
class Figured:
    """One amount of one year; `items` is 0 for a figure of the registers."""

    year: int
    value_bbl: float
    low_bbl: float
    high_bbl: float
    says: str
    basis: str
    items: int


def read_cap(connection: Connection, quota_id: str) -> Cap:
    """The cap with all its figures.

    Raises:
        NotFound: no such cap, or one that is not counted in barrels.
    """
    row = connection.execute(select(quotas).where(quotas.c.id == quota_id)).mappings().first()
    if row is None or row["limit_bbl"] is None:
        counted = connection.scalars(select(quotas.c.id).where(quotas.c.limit_bbl.is_not(None)).order_by(quotas.c.id))
        raise NotFound(
            f"no cap in barrels is called {quota_id}; there are {', '.join(counted) or 'none: run claimwire init'}"
        )
    limit = row["limit_bbl"]
    found = connection.execute(_CURRENT, {"quota": quota_id, "limit": limit}).mappings()
    figures = [
        Figured(
            year=figure["year"],
            value_bbl=figure["value_bbl"],
            low_bbl=figure["value_bbl"] if figure["low"] is None else figure["low"],
            high_bbl=figure["value_bbl"] if figure["high"] is None else figure["high"],
            says=figure["says"],
            basis=figure["basis"],
            items=figure["items"],
        )
        for figure in found
    ]
    return Cap(quota_id, limit, row["period"], row["instrument"], figures)


def draw_cap(cap: Cap) -> "Figure":
    """A figure of 9 by 5 inches, drawn without a display: the limit as a line, each amount as a mark in its year."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9, 5), layout="constrained")
    axes = figure.subplots()
    years = sorted({one.year for one in cap.figures})
    axes.axhline(cap.limit_bbl / 1000, color="#222222", linewidth=1.5)
    axes.annotate(
        f"cap: {cap.limit_bbl:,.0f} bbl{f' a {cap.period}' if cap.period else ''}",
        xy=(1, cap.limit_bbl / 1000),
        xycoords=("axes fraction", "data"),
        xytext=(-4, 4),
        textcoords="offset points",
        ha="right",
    )
    for place, (basis, look) in enumerate(_KINDS.items()):
        _draw_kind(axes, [one for one in cap.figures if one.basis == basis], look, (place - 2) * 0.13)
    axes.set_xticks(years, [str(year) for year in years])
    axes.set_xlim((min(years) - 0.6, max(years) + 0.6) if years else (0, 1))
    axes.set_ylim(bottom=0, top=1.15 * max([cap.limit_bbl, *(one.high_bbl for one in cap.figures)]) / 1000)
    axes.set_ylabel("thousand barrels")
    axes.set_title(f"{cap.quota_id}: {cap.instrument}", loc="left", fontsize=11)
    axes.grid(axis="y", color="#dddddd", linewidth=0.6)
    axes.spines[["top", "right"]].set_visible(False)
    if cap.figures:
        axes.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, -0.08), ncols=5, fontsize=9)
    return figure


def _draw_kind(axes: "Axes", figures: Sequence[Figured], look: tuple[str, str, str], shift: float) -> None:
    """The largest amount of a year stands out, with who says so; the others may be parts of it."""
    if not figures:
        return
    colour, marker, label = look
    largest = {one.year: one for one in sorted(figures, key=lambda one: one.value_bbl)}
    parts = [one for one in figures if one is not largest[one.year]]
    axes.scatter(
        [one.year + shift for one in parts],
        [one.value_bbl / 1000 for one in parts],
        marker=marker, color=colour, alpha=0.35, s=16, linewidths=0,
    )  # fmt: skip
    axes.scatter(
        [year + shift for year in largest],
        [one.value_bbl / 1000 for one in largest.values()],
        marker=marker, color=colour, s=40, label=label, zorder=3,
    )  # fmt: skip
    for year, one in largest.items():
        if one.low_bbl < one.high_bbl:
            axes.vlines(year + shift, one.low_bbl / 1000, one.high_bbl / 1000, color=colour, linewidth=3, alpha=0.6)
        place = (year + shift, one.value_bbl / 1000)
        axes.annotate(one.says, place, xytext=(5, 3), textcoords="offset points", fontsize=8)
