"""The page in a real browser: wide and narrow, light and dark, nothing runs, nothing overflows, all can be read."""

import os
import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from claimwire.digest.compose import compose_digest
from claimwire.digest.preview import standalone_page
from claimwire.settings import Settings

from .conftest import DAY, NOW, a_subscription, add_item, add_quota, add_thread
from .test_render import HOSTILE

pytestmark = pytest.mark.browser

CONTRAST = """() => {
  const rgb = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] > 0) return colour;
    }
    return [255, 255, 255];
  };
  return [...document.querySelectorAll('td, a, b, span')].filter(node => node.innerText.trim()).map(node => {
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(ground(node))].sort((x, y) => y - x);
    return [(a + 0.05) / (b + 0.05), node.innerText.slice(0, 60)];
  }).filter(([ratio]) => ratio < 4.5);
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if not path and "CI" not in os.environ:
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def page_path(store: Engine, settings: Settings, tmp_path: Path) -> Path:
    with store.begin() as connection:
        cap = add_quota(connection)
        thread = add_thread(connection, "oil")
        broken = {"act": "violate", "category": "trade_quota", "measure": "quota", "actor": ["KP"]}
        add_item(connection, thread_id=thread, marks=[{"start": 10, "end": 15, "role": "act", "gloss": "ask"}])
        add_item(connection, thread_id=thread, quota_id=cap, share_of_quota=1.5, attribution="US", **broken)
        add_item(connection, evidence="طلبت فريدونيا من المجلس وقف الصادرات.", language="ar", target=["RU"])
        add_item(connection, evidence="x" * 500, headline="y" * 300, target=["Z" * 80], priority=20.0)
        for number, hostile in enumerate(HOSTILE):
            text = hostile.encode("utf-8", "replace").decode()
            add_item(connection, evidence=text, headline=text, publisher=text, target=[f"T{number}"], priority=50.0)
        add_item(
            connection, event_from=DAY + timedelta(days=1), modality="planned", findings=[{"message": "no such cap"}]
        )
    with store.connect() as connection:
        digest = compose_digest(connection, a_subscription(), DAY, NOW, settings)
    path = tmp_path / "digest.html"
    path.write_text(standalone_page(digest.stored), encoding="utf-8")
    return path


@pytest.mark.parametrize("width", [320, 600, 1200])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page(browser: Any, page_path: Path, width: int, scheme: str) -> None:
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900})
    page = context.new_page()
    said: list[str] = []
    page.on("dialog", lambda dialog: (said.append(dialog.message), dialog.dismiss()))
    page.on("request", lambda request: said.append(request.url) if request.url.startswith("http") else None)
    page.goto(page_path.as_uri())
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(CONTRAST) == []
    assert page.evaluate("document.querySelector('img').naturalWidth") > 300
    context.close()
