"""The page of digests: what is sent to whom, what went wrong, and a preview that sends nothing."""

import asyncio
import shutil
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from fastapi import HTTPException
from sqlalchemy import Engine, func, select

from claimwire.catalog import DATA
from claimwire.catalog.subscriptions import load_subscriptions
from claimwire.digest.compose import compose_digest
from claimwire.digest.pages import create_digest_app
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.settings import Settings
from claimwire.warehouse.tables import digests

from .conftest import DAY, NOW, add_item

FILE = """
subscriptions:
  - key: desk
    title: <b>The desk</b>
    timezone: Europe/Zurich
    filter: {target: [KP]}
    deliver: {smtp: [ann@example.org]}
  - {key: now, kind: alert, title: At once, deliver: {file: [now]}}
"""


@pytest.fixture
def at_desk(settings: Settings, tmp_path: Path) -> Settings:
    shutil.copytree(DATA / "digest", tmp_path / "data" / "digest")
    (tmp_path / "data" / "subscriptions.yml").write_text(FILE, encoding="utf-8")
    return Settings(var_dir=settings.var_dir, data_dir=tmp_path / "data", desk_url=settings.desk_url)


def get(store: Engine, settings: Settings, path: str, *, is_known: bool = True) -> httpx.Response:
    def reader() -> None:
        if not is_known:
            raise HTTPException(401, "log in first")

    app = create_digest_app(store, settings, reader=reader, clock=lambda: NOW)

    async def ask() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://airflow.example") as client:
            return await client.get(path)

    return asyncio.run(ask())


def test_all_subscriptions_and_what_went_wrong(store: Engine, at_desk: Settings) -> None:
    with store.begin() as connection:
        add_item(connection)
    subscription = load_subscriptions(at_desk.data_dir)[0]
    with store.connect() as connection:
        digest = compose_digest(connection, subscription, DAY, NOW, at_desk)
    send_digest(store, subscription, digest, Outlets(at_desk), lambda: NOW)
    page = get(store, at_desk, "/").text
    for told in (
        "&lt;b&gt;The desk&lt;/b&gt;",
        "next 2026-11-21 07:00 CET",
        "target: KP",
        "1 failed",
        "no mail server: set CLAIMWIRE_SMTP_URL",
        "at once, from priority 70",
        '<a href="/desk/2026-11-20?kind=daily&amp;sequence=0">2026-11-20: 1 new: US asks UN',
    ):
        assert told in page
    assert "US asks UN" in get(store, at_desk, "/desk/2026-11-20").text


def test_preview_sends_and_stores_nothing(store: Engine, at_desk: Settings) -> None:
    with store.begin() as connection:
        add_item(connection, headline="<script>alert(1)</script>")
    answer = get(store, at_desk, "/desk/preview")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "&lt;script&gt;" in answer.text
    assert "<script" not in answer.text
    with store.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(digests)) == 0


@pytest.mark.parametrize("path", ["/nobody/preview", f"/desk/{DAY + timedelta(days=9)}", "/desk/not-a-day"])
def test_what_there_is_not(store: Engine, at_desk: Settings, path: str) -> None:
    assert get(store, at_desk, path).status_code in {404, 422}


@pytest.mark.parametrize("path", ["/", "/desk/preview", "/desk/2026-11-20"])
def test_strangers_see_nothing(store: Engine, at_desk: Settings, path: str) -> None:
    assert get(store, at_desk, path, is_known=False).status_code == 401
