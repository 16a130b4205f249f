"""Lets readers leave a digest from their mail program, without a login: the signed token in the link is the key.

Every Airflow process imports this file, so nothing is imported here but the base class.
"""

import asyncio
from datetime import UTC, datetime
from typing import Any

from airflow.plugins_manager import AirflowPlugin


class LazyLeaving:
    """An ASGI app that becomes the unsubscribe page at its first request."""

    def __init__(self) -> None:
        self._app: Any = None

    def load(self) -> Any:
        """The page on the warehouse of this installation; loaded once."""
        if self._app is None:
            from claimwire.digest.leaving import create_leaving_app
            from claimwire.settings import read_settings
            from claimwire.warehouse.engine import open_engine

            settings = read_settings()
            engine = open_engine(settings.warehouse_url)
            self._app = create_leaving_app(engine, settings.webhook_secret, lambda: datetime.now(UTC))
        return self._app

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Hands over to the page."""
        await (self._app or await asyncio.to_thread(self.load))(scope, receive, send)


class UnsubscribePlugin(AirflowPlugin):
    """One address, `/unsubscribe/<token>`."""

    name = "claimwire_unsubscribe"
    fastapi_apps = [{"app": LazyLeaving(), "url_prefix": "/unsubscribe", "name": "Unsubscribe"}]
