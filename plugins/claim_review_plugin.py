"""Puts the review desk into Airflow's navigation.

Every Airflow process imports this file, so nothing is imported here but the base class; the desk itself is loaded by
`claim_review_airflow` at its first request, in the API server alone.
"""

import asyncio
import importlib
from typing import Any

from airflow.plugins_manager import AirflowPlugin


class LazyDesk:
    """An ASGI app that becomes the desk at its first request."""

    def __init__(self) -> None:
        self._app: Any = None

    def load(self) -> Any:
        """The desk; loaded once."""
        if self._app is None:
            self._app = importlib.import_module("claim_review_airflow").build_desk()
        return self._app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hands over to the desk."""
        await (self._app or await asyncio.to_thread(self.load))(scope, receive, send)


class ClaimReviewPlugin(AirflowPlugin):
    """The desk, its place in the navigation, and a tab of flagged items at each run."""

    name = "claim_review"
    fastapi_apps = [{"app": LazyDesk(), "url_prefix": "/review", "name": "Claim review"}]  # Airflow's own type
    external_views = [
        {
            "name": "Review",
            "href": "/review/",
            "destination": "nav",
            "url_route": "claim-review",
            "nav_top_level": True,
        },
    ]
