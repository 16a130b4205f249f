"""The page of digests wired to Airflow: who may look at the site may read it."""

from datetime import UTC, datetime
from typing import Any


def build_digest_app() -> Any:
    """The app on the warehouse of this installation.

    Imports stand inside: Airflow imports every file of this folder in every process.
    """
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import GetUserDep
    from fastapi import HTTPException

    from claimwire.digest.pages import create_digest_app
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine

    def reader(user: GetUserDep) -> None:
        if not get_auth_manager().is_authorized_view(access_view=AccessView.WEBSITE, user=user):
            raise HTTPException(403, "you may not read here: ask for the role of a viewer")

    settings = read_settings()
    return create_digest_app(
        open_engine(settings.warehouse_url), settings, reader=reader, clock=lambda: datetime.now(UTC)
    )
