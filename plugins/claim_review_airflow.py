"""The desk wired to Airflow: its login says who is there, its roles say who may do what."""

from datetime import UTC, datetime
from typing import Any


def build_desk() -> Any:
    """The review app on the warehouse of this installation, guarded by Airflow's auth manager.

    Imports stand inside: Airflow imports every file of this folder in every process.
    """
    from airflow.api_fastapi.app import get_auth_manager
    from airflow.api_fastapi.auth.managers.models.resource_details import AccessView
    from airflow.api_fastapi.core_api.security import GetUserDep
    from claimwire_airflow import run_settings
    from fastapi import HTTPException

    from claimwire.review.access import Reviewer
    from claimwire.review.app import create_app
    from claimwire.warehouse.engine import open_engine

    def reviewer(user: GetUserDep) -> Reviewer:
        """Viewers read, users and above decide (they may edit DAGs), operators and above operate (pools)."""
        manager = get_auth_manager()
        if not manager.is_authorized_view(access_view=AccessView.WEBSITE, user=user):
            raise HTTPException(403, "you may not read here: ask for the role of a viewer")
        return Reviewer(
            name=user.get_name(),
            may_decide=manager.is_authorized_dag(method="PUT", user=user),
            may_operate=manager.is_authorized_pool(method="PUT", user=user),
        )

    settings = run_settings()
    engine = open_engine(settings.warehouse_url)
    return create_app(engine, reviewer=reviewer, clock=lambda: datetime.now(UTC), data_dir=settings.data_dir)
