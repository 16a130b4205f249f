"""How loading and asking grow with the warehouse, beside a plain executemany, as figures and as a plot.

    python -m bench.growth [--largest 1000000] [--plot docs/pictures/growth.png]

One run on each database: sizes grow tenfold from 1,000 articles, one in five with a claim; 10^6 takes some ten minutes
each. The rival writes the same articles with the bare driver's executemany into one table: no versions, items, threads,
stories or indices.
"""

import os
import sqlite3
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from bench.options import read_options
from bench.warehouse import ask, assess_one, load, make_articles, warehouses

SIZES = (1_000, 10_000, 100_000, 1_000_000)
COLOURS = {"sqlite": "#1f5f6b", "postgresql": "#b5562b"}
BARS = ({"": 5_000.0}, {"sqlite": 2.0, "postgresql": 1.0}, {"": 5.0})
"""What the figures of a million may not miss: at least so many a second, at most so many seconds and milliseconds."""


@dataclass(frozen=True)
class Point:
    """The figures at one size: articles a second with items and stories, and with their assessment; seconds."""

    size: int
    loaded: float
    assessed: float
    slowest_query: float
    assess_one: float


def plain_rate(count: int) -> float:
    """Articles a second that sqlite3 alone writes with executemany, in batches of 500."""
    rows = [(article.guid, article.title, article.text, article.url) for article, _ in make_articles(count, 0)]
    with tempfile.TemporaryDirectory() as folder:
        connection = sqlite3.connect(Path(folder) / "plain.db")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE articles (guid TEXT PRIMARY KEY, title TEXT, text TEXT, url TEXT)")
        begun = time.perf_counter()
        for at in range(0, count, 500):
            with connection:
                connection.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", rows[at : at + 500])
        spent = time.perf_counter() - begun
        connection.close()
    return count / spent


def measure(name: str, engine: Engine, sizes: list[int]) -> list[Point]:
    """One point a size, in one warehouse that grows."""
    points: list[Point] = []
    for size in sizes:
        done = points[-1].size if points else 0
        rates = load(engine, size - done, done)
        slowest, one = max(ask(engine).values()), assess_one(engine, size)
        points.append(Point(size, rates["articles/s"], rates["articles/s with assessment"], slowest, one))
        print(
            f"{name:10} {size:10,} {rates['articles/s']:10,.0f} {rates['articles/CPU s']:10,.0f}"
            f" {rates['articles/s with assessment']:10,.0f} {slowest:16.3f} {one * 1000:14.1f} {os.getloadavg()[0]:6.1f}",
            flush=True,
        )
    return points


def main() -> None:
    """Prints a line a size; with `--plot` also draws what was measured."""
    asked = read_options(
        __doc__, largest=(10_000, "articles in the end"), only=("", "sqlite or postgresql alone"), plot=("", "a file")
    )
    sizes = [size for size in SIZES if size <= asked.largest]
    print(f"plain executemany of bare articles {plain_rate(10_000):10,.0f} articles/s")
    print(
        f"{'database':10} {'articles':>10} {'loaded/s':>10} {'/CPU s':>10} {'assessed/s':>10} {'slowest query s':>16}"
        f" {'assess one ms':>14} {'load':>6}"
    )
    with warehouses(asked.only) as engines:
        curves = {name: measure(name, engine, sizes) for name, engine in engines}
    if asked.plot:
        draw(curves, Path(asked.plot))


def draw(curves: dict[str, list[Point]], file: Path) -> None:
    """Three small plots over the size: loading, asking, assessing; the bars of each dotted."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(11, 3.4), layout="constrained")
    titles = (
        "articles loaded a second, items and stories with them",
        "slowest cookbook query, s",
        "one claim assessed, ms",
    )
    for index, title in enumerate(titles):
        axes = figure.add_subplot(1, 3, index + 1)
        for name, points in curves.items():
            values = [(point.loaded, point.slowest_query, point.assess_one * 1000)[index] for point in points]
            axes.plot([point.size for point in points], values, marker="o", color=COLOURS[name], label=name)
        for name, bar in BARS[index].items():
            axes.axhline(bar, linestyle=":", color=COLOURS.get(name, "#555555"), linewidth=1)
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.set_title(title, fontsize=9)
        axes.set_xlabel("articles in the warehouse", fontsize=8)
        axes.grid(visible=True, alpha=0.3)
        axes.legend(fontsize=8, loc="best")
    figure.savefig(file, dpi=110)
    print(file)


if __name__ == "__main__":
    main()
