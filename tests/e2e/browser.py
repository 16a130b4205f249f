"""Chromium for tests: found on the path, headless, quiet."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-dev-shm-usage"]


@contextmanager
def running_chromium() -> Iterator[Any]:
    """A browser; the test is skipped where there is none, unless CI is set."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not path:
        (pytest.fail if "CI" in os.environ else pytest.skip)("no Chromium: install the package chromium")
    api = pytest.importorskip("playwright.sync_api", reason="no playwright: install the test group")
    with api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()
