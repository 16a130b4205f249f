"""Times the review desk on a large warehouse: `python bench/desk.py [--items N] [--url URL] [--rounds N]`.

Fills an empty warehouse with made-up items, starts the desk on a loopback server, asks for pages as reviewers do, one
after another, and prints the 50th and 95th percentile of each kind of page. Times are those of the client, so they
hold the way over the loopback too. Bars: queue 150 ms, item 100 ms, decision and the next item 200 ms.
"""

import random
import statistics
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from sqlalchemy import Engine, func, insert, select, text

from bench.options import read_options
from claimwire.model import Act, Category, Measure, Modality
from claimwire.review.access import Reviewer
from claimwire.review.app import create_app
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, feeds, flagged_items, item_codes, stories, threads

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
LANGUAGES = ("en", "fr", "de", "es", "ru", "ar", "fa", "zh", "uk", "pt")
STATES = ("US", "RU", "CN", "IR", "KP", "EU", "UN", "GB", "SY", "VE", "BY", "LY", "TR", "IN", "JP", "KR")
GOODS = ("oil", "gas", "coal", "arms", "grain", "metals", "technology", "luxury_goods")
WORDS = [
    "minister",
    "council",
    "vessel",
    "shipment",
    "barrels",
    "measure",
    "fresh",
    "agreed",
    "Tuesday",
    "capital",
    "envoy",
    "draft",
    "list",
    "harbour",
    "export",
    "import",
    "letter",
    "committee",
    "panel",
    "tonnes",
    "ceiling",
    "talks",
    "border",
    "firm",
    "bank",
    "freeze",
    "market",
    "report",
    "officials",
    "deal",
    "санкции",
    "экспорт",
    "совет",
    "нефть",
    "制裁",
    "石油",
    "出口",
    "决议",
    "تحریم",
    "نفت",
    "عقوبات",
    "مجلس",
    "pétrole",
    "conseil",
    "demande",
    "exportación",
    "petróleo",
    "Rat",
    "Ausfuhr",
]
STATUSES = ("new",) * 6 + ("confirmed",) * 9 + ("rejected",) * 4 + ("corrected",)
BATCH = 2_000


def sentence(dice: random.Random, words: int) -> str:
    return " ".join(dice.choices(WORDS, k=words)).capitalize() + "."


def fill(engine: Engine, items: int) -> None:
    """Items, three to an article, with stories, threads and codes."""
    dice = random.Random(7)
    publishers = [f"Publisher {number}" for number in range(120)]
    with engine.begin() as connection:
        connection.execute(insert(feeds).values(feed_key="bench", publisher="Bench", url="https://example.org/rss"))
        count = max(items // 12, 1)
        connection.execute(
            insert(stories),
            [{"first_feed_key": "bench", "first_publisher": "p", "carriers": dice.randint(1, 9)} for _ in range(count)],
        )
        connection.execute(
            insert(threads),
            [
                {
                    "thread_key": f"t{n}",
                    "title": sentence(dice, 5),
                    "status": "open",
                    "opened_at": NOW,
                    "changed_at": NOW,
                }
                for n in range(max(items // 40, 1))
            ],
        )
    for start in range(0, items, BATCH):
        with engine.begin() as connection:
            fill_batch(connection, dice, publishers, start, min(BATCH, items - start), items)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))


def fill_batch(connection: Any, dice: random.Random, publishers: list[str], start: int, size: int, items: int) -> None:
    first_article = start // 2 + 1
    rows, codes, texts = [], [], []
    for offset in range(size // 2):
        body = " ".join(sentence(dice, 18) for _ in range(14))
        texts.append(
            {
                "id": first_article + offset, "feed_key": "bench", "guid": f"g{first_article + offset}", "text": body,
                "title": sentence(dice, 8), "publisher": dice.choice(publishers), "language": dice.choice(LANGUAGES),
                "published_at": NOW - timedelta(minutes=dice.randint(0, 500_000)), "content_sha256": "0" * 64,
                "fetched_at": NOW, "url": f"https://example.org/{first_article + offset}",
                "story_id": dice.randint(1, max(items // 12, 1)) if dice.random() < 0.6 else None,
            }
        )  # fmt: skip
    for offset in range(size):
        item_id, article = start + offset + 1, texts[min(offset // 2, len(texts) - 1)]
        cut = article["text"].find(".", 60 + 100 * (offset % 2)) + 1
        begin = article["text"].rfind(".", 0, cut - 1) + 1
        row: dict[str, Any] = {
            "id": item_id, "item_key": str(item_id), "flagged_at": article["published_at"], "category": str(dice.choice(list(Category))),
            "act": str(dice.choice(list(Act))), "measure": str(dice.choice(list(Measure))), "modality": str(dice.choice(list(Modality))),
            "actor": dice.sample(STATES, 1), "target": dice.sample(STATES, dice.randint(0, 2)), "commodity": dice.sample(GOODS, dice.randint(0, 1)),
            "evidence": article["text"][begin:cut], "evidence_field": "text", "evidence_start": begin, "evidence_end": cut,
            "marks": [{"start": begin + 1, "end": begin + 8, "role": "actor", "gloss": "x", "code": "US"}], "rules": ["frame.a", "frame.b"],
            "headline": article["title"], "url": article["url"], "publisher": article["publisher"], "feed_key": "bench",
            "language": article["language"], "published_at": article["published_at"], "article_id": article["id"],
            "story_id": article["story_id"], "thread_id": dice.randint(1, max(items // 40, 1)) if dice.random() < 0.5 else None,
            "score": dice.random(), "priority": round(dice.random() * 100, 1), "priority_reasons": ["fresh", "the UN is asked"],
            "review_status": dice.choice(STATUSES), "changed_at": NOW, "engine_version": "bench", "lexicon_version": "bench",
        }  # fmt: skip
        rows.append(row)
        codes += [
            {"role": role, "code": code, "item_id": item_id}
            for role in ("actor", "target", "commodity")
            for code in row[role]
        ]
    connection.execute(insert(articles), texts)
    connection.execute(insert(flagged_items), rows)
    connection.execute(insert(item_codes), codes)


QUEUES = {
    "queue, open": "/",
    "queue, newest": "/?order=newest",
    "queue, every item": "/?fold=none&status=any",
    "queue, category and language": "/?category=un_request&language=fa&status=new",
    "queue, target": "/?target=KP&act=violate",
    "queue, rare mix": "/?target=KP&actor=TR&commodity=coal&language=zh&category=trade_quota",
    "queue, publisher": "/?publisher=Publisher+7&status=any",
    "queue, score and date": "/?score_min=0.9&since=2026-11-01",
    "queue, thread": "/?thread=17&status=any",
    "queue, text": "/?q=conseil+petr%C3%B3leo&status=any",
    "queue, text in Chinese": "/?q=%E5%88%B6%E8%A3%81+%E5%86%B3%E8%AE%AE&status=any",
    "queue, text that nobody wrote": "/?q=zeppelin&status=any",
    "count, open": "/api/items/count",
}


def serve(engine: Engine) -> str:
    app = create_app(engine, reviewer=lambda: Reviewer("bench", may_decide=True), clock=lambda: NOW)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical", lifespan="off"))
    threading.Thread(target=server.run, daemon=True).start()
    while not server.started:
        time.sleep(0.01)
    return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"


def timed(client: httpx.Client, path: str, **body: Any) -> float:
    began = time.perf_counter()
    answer = client.post(path, **body) if body else client.get(path)
    answer.raise_for_status()
    return (time.perf_counter() - began) * 1000


def show(name: str, times: list[float]) -> None:
    ordered = sorted(times)
    print(
        f"{name:34} p50 {statistics.median(ordered):7.1f} ms   p95 {ordered[int(len(ordered) * 0.95) - 1]:7.1f} ms   n {len(ordered)}"
    )


def measure(address: str, items: int, rounds: int) -> None:
    dice = random.Random(11)
    with httpx.Client(base_url=address, trust_env=False, timeout=60) as client:
        client.get("/")
        for name, path in QUEUES.items():
            show(name, [timed(client, path) for _ in range(rounds)])
        deep, cursor = [], ""
        for _ in range(rounds):
            deep.append(timed(client, f"/api/items?after={cursor}&limit=200"))
            cursor = client.get(f"/api/items?after={cursor}&limit=200").json()["next"]
        show("queue, paging down", deep)
        show("item", [timed(client, f"/items/{dice.randint(1, items)}") for _ in range(rounds * 4)])
        decided = []
        for item in client.get(f"/api/items?limit={rounds}").json()["items"]:
            path, body = f"/api/items/{item['id']}/decisions", {"action": "confirm", "version": item["review_version"]}
            decided.append(timed(client, path, json=body) + timed(client, f"/items/{dice.randint(1, items)}"))
        show("decision and next item", decided)


def main() -> None:
    """Prints the figures; the warehouse is filled first where it is empty."""
    given = read_options(
        __doc__,
        items=(200_000, "in the warehouse"),
        rounds=(20, "of each page"),
        url=("", "an empty warehouse; a SQLite file of its own if left out"),
    )
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(given.url or f"sqlite:///{Path(folder) / 'bench.db'}")
        migrate(engine)
        with engine.connect() as connection:
            present = connection.scalar(select(func.count()).select_from(flagged_items)) or 0
        if not present:
            began = time.perf_counter()
            fill(engine, given.items)
            print(f"filled with {given.items} items in {time.perf_counter() - began:.0f} s", file=sys.stderr)
        print(f"{engine.dialect.name}, {present or given.items} items")
        measure(serve(engine), present or given.items, given.rounds)
        engine.dispose()


if __name__ == "__main__":
    main()
