"""A warehouse with feeds, articles and flagged items of our own wording, written straight into the tables."""

import itertools
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from claimwire.catalog.subscriptions import Subscription
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate
from claimwire.warehouse.tables import (
    articles,
    feeds,
    fetches,
    flagged_items,
    item_codes,
    quotas,
    thread_steps,
    threads,
)

NOW = datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
DAY = NOW.date()

_NUMBERS = itertools.count(1)


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite warehouse, made once and copied for each test."""
    path = tmp_path_factory.mktemp("migrated") / "warehouse.db"
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine)
    engine.dispose()
    return path


@pytest.fixture
def store(tmp_path: Path, migrated: Path) -> Iterator[Engine]:
    """A SQLite warehouse with two feeds, one of which is silent."""
    shutil.copy(migrated, tmp_path / "warehouse.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'warehouse.db'}")
    add_feeds(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        var_dir=tmp_path / "var", mail_from="Claims <digest@claims.example>", desk_url="https://desk.example/review"
    )


def a_subscription(**changes: Any) -> Subscription:
    fields: dict[str, Any] = {"key": "desk", "title": "The desk", "deliver": {"smtp": ["ann@example.org"]}}
    return Subscription.model_validate(fields | changes)


def add_feeds(engine: Engine) -> None:
    """One feed that was read, and one that was not."""
    with engine.begin() as connection:
        add_feed(connection, "wire", last_good_at=NOW - timedelta(hours=1))
        add_feed(connection, "mute", last_good_at=NOW - timedelta(days=3), message="mute: 503 from mute.example")
        fetch = {"feed_key": "wire", "fetched_at": NOW - timedelta(days=3), "outcome": "new"}
        connection.execute(fetches.insert().values(fetch))


def add_feed(connection: Connection, key: str, **changes: Any) -> None:
    fields = {"feed_key": key, "publisher": key.title(), "url": f"https://{key}.example/rss"}
    connection.execute(feeds.insert().values(fields | changes))


def add_quota(connection: Connection, key: str = "CAP-REF", **changes: Any) -> str:
    fields = {
        "id": key,
        "body": "UN",
        "instrument": "a resolution of ours",
        "measure": "import cap",
        "limit_value": 500000,
        "limit_unit": "bbl",
        "limit_bbl": 500000,
        "period": "calendar year",
        "source": "written for a test",
        "confidence": "high",
        "loaded_at": NOW,
    }
    connection.execute(quotas.insert().values(fields | changes))
    return key


def add_thread(connection: Connection, key: str, **changes: Any) -> int:
    fields = {
        "thread_key": key,
        "title": key,
        "status": "open",
        "opened_at": NOW - timedelta(days=5),
        "changed_at": NOW - timedelta(hours=2),
    }
    result = connection.execute(threads.insert().values(fields | changes))
    return int(result.inserted_primary_key[0])


def add_step(connection: Connection, thread_id: int, stage: str, on: date) -> None:
    row = {
        "thread_id": thread_id,
        "step_key": f"{thread_id}/{stage}/{on}",
        "stage": stage,
        "first_on": on,
        "last_on": on,
    }
    connection.execute(thread_steps.insert().values(row | {"first_told_at": NOW}))


def item_fields(number: int, **changes: Any) -> dict[str, Any]:
    evidence = changes.get("evidence", "Freedonia asked the Council to stop fuel exports to Sylvania.")
    fields: dict[str, Any] = {
        "item_key": f"item-{number}",
        "flagged_at": NOW - timedelta(hours=3),
        "changed_at": NOW - timedelta(hours=3),
        "category": "un_request",
        "act": "request",
        "actor": ["US"],
        "addressee": ["UN"],
        "target": ["KP"],
        "measure": "export_ban",
        "commodity": ["oil"],
        "modality": "asserted",
        "evidence": evidence,
        "evidence_field": "text",
        "evidence_start": 0,
        "evidence_end": len(evidence),
        "headline": "Freedonia turns to the Council",
        "url": "https://wire.example/a",
        "publisher": "The Wire",
        "feed_key": "wire",
        "language": "en",
        "published_at": NOW - timedelta(hours=4),
        "score": 0.9,
        "priority": 80.0,
        "engine_version": "1",
        "lexicon_version": "1",
    }
    return fields | changes


def add_item(connection: Connection, **changes: Any) -> int:
    """A flagged item with an article of its own; gives its id."""
    number = next(_NUMBERS)
    article = connection.execute(
        articles.insert().values(
            feed_key="wire", guid=f"guid-{number}", content_sha256="0" * 64, fetched_at=NOW - timedelta(hours=4)
        )
    )
    fields = item_fields(number, **({"article_id": article.inserted_primary_key[0]} | changes))
    item_id = int(connection.execute(flagged_items.insert().values(fields)).inserted_primary_key[0])
    codes = [
        {"role": role, "code": code, "item_id": item_id}
        for role in ("actor", "addressee", "target", "commodity")
        for code in fields[role]
    ]
    if codes:
        connection.execute(item_codes.insert(), codes)
    return item_id
