"""How long a digest takes: one of 10,000 flagged items (bar: 3 s), and 500 subscriptions in a row (bar: 120 s).

Run: python -m bench.digest [--items 10000] [--subscriptions 500]
"""

import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, insert

from bench.options import read_options
from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.compose import compose_digest
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.digest.sinks.port import read_parts
from claimwire.model import Act, Category, Measure
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import articles, feeds, flagged_items, item_codes, quotas, threads

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
CODES = ["US", "UN", "KP", "RU", "IR", "EU", "CN", "CU", "BY", "SY", "VE", "MM"]
SENTENCE = (
    "Freedonia asked the Council on Thursday to stop all exports of fuel to Sylvania, which it says broke its cap."
)


def main() -> None:
    """Prints seconds, sizes and the memory at its peak."""
    given = read_options(__doc__, items=(10_000, "flagged that day"), subscriptions=(500, "in a row"))
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(var_dir=Path(folder), desk_url="https://desk.example/review")
        engine = open_engine(f"sqlite:///{folder}/warehouse.db")
        migrate(engine)
        with engine.begin() as connection:
            fill(connection, given.items)
        _time_one(engine, settings, given.items)
        _time_many(engine, settings, given.subscriptions)
        print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def _time_one(engine: Engine, settings: Settings, items: int) -> None:
    one = Subscription(key="all", title="All", deliver={"file": ("all",)})
    for label in ("first, with imports", "again"):
        began = time.perf_counter()
        with engine.connect().execution_options(readonly=True) as connection:
            digest = compose_digest(connection, one, NOW.date(), NOW, settings)
        page = len(read_parts(digest.stored)[0].encode())
        seconds = time.perf_counter() - began
        print(f"{items} items composed ({label}): {seconds:.2f} s; page {page / 1000:.0f} kB", end=", ")
        print(f"mail {len(digest.stored.message) / 1000:.0f} kB")
    began = time.perf_counter()
    send_digest(engine, one, digest, Outlets(settings), lambda: NOW)
    print(f"stored, remembered and written to a file: {time.perf_counter() - began:.2f} s")
    print("subject:", digest.stored.subject)


def _time_many(engine: Engine, settings: Settings, count: int) -> None:
    began, spent = time.perf_counter(), time.process_time()
    for number in range(count):
        wishes = {"target": (CODES[number % len(CODES)],)} if number % 2 else {}
        each = Subscription(key=f"s{number}", title=f"S {number}", filter=wishes, deliver={"file": (f"s{number}",)})
        with engine.connect().execution_options(readonly=True) as connection:
            digest = compose_digest(connection, each, NOW.date(), NOW, settings)
        send_digest(engine, each, digest, Outlets(settings), lambda: NOW)
    spent = time.process_time() - spent
    print(f"{count} subscriptions composed and sent: {time.perf_counter() - began:.1f} s, {spent:.1f} s of CPU")


def fill(connection: Connection, items: int) -> None:
    """A day of flagged items: three publishers a matter, a thread for one matter in ten, caps, requests that wait."""
    connection.execute(insert(feeds), [_feed(number) for number in range(120)])
    connection.execute(insert(quotas), [_quota(number) for number in range(4)])
    connection.execute(insert(threads), [_thread(number) for number in range(items // 30 + 1)])
    connection.execute(insert(articles), [_article(number) for number in range(items)])
    rows = [_item(number) for number in range(items)]
    connection.execute(insert(flagged_items), rows)
    codes = [(role, code, row["id"]) for row in rows for role in ("actor", "target", "commodity") for code in row[role]]
    connection.execute(
        insert(item_codes), [dict(zip(("role", "code", "item_id"), each, strict=True)) for each in codes]
    )


def _feed(number: int) -> dict[str, Any]:
    key = f"feed-{number}"
    return {
        "feed_key": key,
        "publisher": key,
        "url": f"https://{key}.example",
        "last_good_at": NOW - timedelta(hours=1),
    }


def _quota(number: int) -> dict[str, Any]:
    row = {"id": f"CAP-{number}", "body": "UN", "instrument": "ours", "measure": "cap", "limit_value": 500000.0}
    return row | {"limit_unit": "bbl", "source": "bench", "confidence": "high", "loaded_at": NOW}


def _thread(number: int) -> dict[str, Any]:
    row = {"id": number + 1, "thread_key": f"t{number}", "title": f"t{number}", "status": "open"}
    return row | {"opened_at": NOW - timedelta(days=number % 40), "changed_at": NOW - timedelta(hours=3)}


def _article(number: int) -> dict[str, Any]:
    row = {"id": number + 1, "feed_key": f"feed-{number % 120}", "guid": f"g{number}", "content_sha256": "0" * 64}
    return row | {"fetched_at": NOW - timedelta(hours=4)}


def _item(number: int) -> dict[str, Any]:
    matter = number // 3
    act, measure = list(Act)[matter % 14], list(Measure)[matter % 15]
    is_broken = act is Act.VIOLATE
    return {
        "id": number + 1,
        "item_key": f"i{number}",
        "flagged_at": NOW - timedelta(seconds=3600 + number % 40000),
        "changed_at": NOW - timedelta(hours=1),
        "category": list(Category)[matter % 4],
        "act": act,
        "actor": [CODES[matter % 12]],
        "addressee": ["UN"],
        "target": [CODES[matter % 11]],
        "measure": measure,
        "commodity": ["oil"],
        "modality": "asserted",
        "evidence": SENTENCE,
        "evidence_field": "text",
        "evidence_start": 0,
        "evidence_end": len(SENTENCE),
        "marks": [{"start": 10, "end": 15, "role": "act", "gloss": "ask"}],
        "headline": f"Freedonia turns to the Council, part {matter}",
        "url": f"https://wire.example/{number}",
        "publisher": f"Publisher {number % 120}",
        "feed_key": f"feed-{number % 120}",
        "language": "en",
        "published_at": NOW - timedelta(hours=5),
        "article_id": number + 1,
        "thread_id": matter // 10 + 1 if matter % 10 == 0 else None,
        "quota_id": f"CAP-{matter % 4}" if is_broken else None,
        "share_of_quota": 1 + matter % 7 / 10 if is_broken else None,
        "score": 0.9,
        "priority": float(matter * 7919 % 100),
        "engine_version": "1",
        "lexicon_version": "1",
    }


if __name__ == "__main__":
    main()
