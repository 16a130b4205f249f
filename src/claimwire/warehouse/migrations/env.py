"""Alembic's entry: runs on the connection that `warehouse.migrate` hands over."""

from alembic import context

from claimwire.warehouse.tables import METADATA

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=METADATA,
    render_as_batch=connection.dialect.name == "sqlite",
    compare_type=True,
)
context.run_migrations()
