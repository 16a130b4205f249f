"""How loading and asking grow with the warehouse, beside a plain executemany, as figures and as a plot.

    python -m bench.growth [--largest 100000]

Sizes grow tenfold from 1,000 articles, one in five with a claim, on SQLite; 10^6 takes some ten minutes. The rival
writes the same articles with the bare driver's executemany into one table: no versions, items, threads or indices.
"""

import sqlite3
import tempfile
import time
from pathlib import Path

from bench.options import read_options
from bench.warehouse import ask, assess_one, load, make_articles, warehouses

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PLOT = Path(__file__).resolve().parent.parent / "docs" / "pictures" / "growth.png"


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


def main() -> None:
    """Prints a line a size; a run that goes to the end also writes `docs/pictures/growth.png`."""
    largest = read_options(__doc__, largest=(10_000, "articles in the end")).largest
    sizes = [size for size in SIZES if size <= largest]
    print(f"plain executemany of bare articles {plain_rate(10_000):10,.0f} articles/s")
    print(
        f"{'articles':>10} {'loaded/s':>10} {'with items, assessed/s':>23} {'slowest query s':>16} {'assess one ms':>14}"
    )
    figures = []
    with warehouses("sqlite") as [(_, engine)]:
        done = 0
        for size in sizes:
            rates = load(engine, size - done, done)
            done = size
            slowest, one = max(ask(engine).values()), assess_one(engine, size)
            figures.append((size, rates["articles/s with assessment"], slowest, one))
            print(
                f"{size:10,} {rates['articles/s']:10,.0f} {rates['articles/s with assessment']:23,.0f}"
                f" {slowest:16.2f} {one * 1000:14.1f}"
            )
    if len(figures) == len(SIZES):
        draw(figures)


def draw(figures: list[tuple[int, float, float, float]]) -> None:
    """Three small plots over the size: loading, asking, assessing."""
    from matplotlib.figure import Figure

    titles = ("articles loaded and assessed a second", "slowest cookbook query, seconds", "assessing one claim, ms")
    figure = Figure(figsize=(11, 3.2), layout="constrained")
    sizes = [row[0] for row in figures]
    for index, (title, scale) in enumerate(zip(titles, (1, 1, 1000), strict=True)):
        axes = figure.add_subplot(1, 3, index + 1)
        axes.plot(sizes, [row[index + 1] * scale for row in figures], marker="o", color="#1f5f6b")
        axes.set_xscale("log")
        axes.set_ylim(bottom=0)
        axes.set_title(title, fontsize=9)
        axes.set_xlabel("articles in the warehouse", fontsize=8)
        axes.grid(visible=True, alpha=0.3)
    figure.savefig(PLOT, dpi=110)
    print(PLOT)


if __name__ == "__main__":
    main()
