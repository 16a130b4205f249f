"""Alleged amounts against their caps as a small PNG.

matplotlib's own font knows no Chinese or Arabic, and its import takes two seconds: labels are Latin letters only, and
it is imported when the first chart is drawn. Its objects are used without pyplot, which keeps figures alive for ever.
"""

import io
from functools import lru_cache
from typing import Any

from claimwire.digest.content import Bar

INK, GRID, ALLEGED, REPORTED = "#24292f", "#8c959f", "#c2410c", "#2563eb"
WIDTH_INCHES, ROW_INCHES, FRAME_INCHES = 4.2, 0.42, 0.7  # so narrow that 8 points can be read on a telephone
POINTS = 8
DOTS_PER_INCH = 200  # twice what the mail shows: sharp on fine screens


@lru_cache(maxsize=64)
def draw_chart(bars: tuple[Bar, ...], axis: str) -> bytes:
    """PNG of the bars, one row each, with a line at the cap; cached, since many subscribers get the same."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    size = (WIDTH_INCHES, FRAME_INCHES + ROW_INCHES * len(bars))
    figure = Figure(figsize=size, dpi=DOTS_PER_INCH, facecolor="white", layout="tight")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    _draw_bars(axes, bars)
    axes.axvline(100, color=INK, lw=1.2)
    axes.set_xlim(0, max([115.0, *(max(bar.high, bar.share) * 122 for bar in bars)]))
    axes.set_ylim(len(bars) - 0.5, -0.5)
    axes.set_xlabel(f"% {_latin(axis)}", fontsize=POINTS, color=INK)
    axes.tick_params(axis="x", labelsize=POINTS, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GRID)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _draw_bars(axes: Any, bars: tuple[Bar, ...]) -> None:
    shares = [bar.share * 100 for bar in bars]
    colours = [REPORTED if bar.is_reported else ALLEGED for bar in bars]
    axes.barh(range(len(bars)), shares, color=colours, height=0.55)
    axes.set_yticks(range(len(bars)), [_latin(f"{bar.cap}\n{bar.label}") for bar in bars], fontsize=POINTS, color=INK)
    for row, bar in enumerate(bars):
        if bar.high > bar.low:
            axes.plot([bar.low * 100, bar.high * 100], [row, row], color=INK, lw=1, marker="|", ms=5)
        end = (max(bar.high, bar.share) * 100, row)
        axes.annotate(
            f"{bar.share:.0%}", end, (4, 0), textcoords="offset points", va="center", fontsize=POINTS, color=INK
        )


def _latin(text: str) -> str:
    return "".join(character if ord(character) < 0x250 else "?" for character in text)
