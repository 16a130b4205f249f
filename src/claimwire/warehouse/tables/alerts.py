"""What operators were told, so that they are told once when it breaks and once when it is well again."""

from sqlalchemy import Column, String, Table, Text

from claimwire.warehouse.tables.base import METADATA, Utc

alerts = Table(
    "alerts",
    METADATA,
    Column("alert_key", String(200), primary_key=True, comment="what it is about: a DAG, or a feed and its finding"),
    Column("message", Text, nullable=False, comment="as the operators got it"),
    Column("since_at", Utc, nullable=False, comment="when it broke"),
    Column("told_at", Utc, comment="when the operators were told; null = nobody could be reached yet"),
    Column("ended_at", Utc, comment="when it was well again"),
    comment="Open and past alerts to operators.",
)
