"""Alleged amounts against their caps as a small PNG.

matplotlib's own font knows no Chinese or Arabic, and its import takes two seconds: labels are Latin letters only, and
it is imported when the first chart is drawn. Its objects are used without pyplot, which keeps figures alive for ever.
"""

import io
from functools import lru_cache

from claimwire.digest.content import Bar

INK, GRID, ALLEGED, REPORTED = "#24292f", "#8c959f", "#c2410c", "#2563eb"
WIDTH_INCHES, ROW_INCHES = 5.6, 0.34


@lru_cache(maxsize=64)
def draw_chart(bars: tuple[Bar, ...], axis: str) -> bytes:
    """PNG of the bars, one row each, with a line at the cap; cached, since many subscribers get the same."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_INCHES, 0.9 + ROW_INCHES * len(bars)), dpi=150, facecolor="white", layout="tight")
    FigureCanvasAgg(figure)
    axes = figure.subplots()
    rows = range(len(bars))
    shares = [bar.share * 100 for bar in bars]
    colours = [REPORTED if bar.is_reported else ALLEGED for bar in bars]
    around = [[(bar.share - bar.low) * 100 for bar in bars], [(bar.high - bar.share) * 100 for bar in bars]]
    axes.barh(rows, shares, color=colours, height=0.6, xerr=around, error_kw={"ecolor": INK, "capsize": 2, "lw": 1})
    axes.set_yticks(rows, [_latin(f"{bar.cap}\n{bar.label}") for bar in bars], fontsize=7, color=INK)
    for row, bar in enumerate(bars):
        axes.annotate(
            f"{bar.share:.0%}",
            (max(bar.high, bar.share) * 100, row),
            (4, 0),
            textcoords="offset points",
            va="center",
            fontsize=7,
            color=INK,
        )
    axes.axvline(100, color=INK, lw=1.2)
    axes.set_xlim(0, max([115.0, *(bar.high * 118 for bar in bars)]))
    axes.invert_yaxis()
    axes.set_xlabel(f"% {axis}", fontsize=7, color=INK)
    axes.tick_params(axis="x", labelsize=7, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    axes.spines[["left", "bottom"]].set_color(GRID)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()


def _latin(text: str) -> str:
    return "".join(character if ord(character) < 0x250 else "?" for character in text)
