"""Puts the page of digests into Airflow's navigation; the page itself is loaded at its first request.

Every Airflow process imports this file, so nothing is imported here but the base class.
"""

import asyncio
import importlib
from typing import Any

from airflow.plugins_manager import AirflowPlugin


class LazyDigests:
    """An ASGI app that becomes the page at its first request."""

    def __init__(self) -> None:
        self._app: Any = None

    def load(self) -> Any:
        """The page; loaded once."""
        if self._app is None:
            self._app = importlib.import_module("claim_digests_airflow").build_digest_app()
        return self._app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hands over to the page."""
        await (self._app or await asyncio.to_thread(self.load))(scope, receive, send)


class ClaimDigestsPlugin(AirflowPlugin):
    """The page and its place in the navigation."""

    name = "claim_digests"
    fastapi_apps = [{"app": LazyDigests(), "url_prefix": "/digests", "name": "Digests"}]  # Airflow's own type
    external_views = [{"name": "Digests", "href": "/digests/", "destination": "nav", "url_route": "claim-digests"}]
