"""`claimwire init`: create or migrate the warehouse, load feeds and registers."""

from datetime import UTC, datetime

import click
from rich.console import Console
from sqlalchemy import Engine

from claimwire.settings import Settings


@click.command()
def init() -> None:
    """Create or migrate the warehouse; load feeds and registers. Safe to repeat."""
    from claimwire.settings import read_settings

    initialise(read_settings(), Console())


def initialise(settings: Settings, console: Console) -> Engine:
    """The warehouse of these settings, migrated, with the catalogue's feeds and registers in it."""
    from claimwire.pipeline import load_catalogue
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import migrate

    engine = open_engine(settings.warehouse_url)
    before, after = migrate(engine)
    feeds, rows = load_catalogue(settings, datetime.now(UTC))
    console.print(
        f"warehouse {'made' if before is None else 'at'} revision {after}: {feeds} feeds, {rows} new register rows",
        highlight=False,
    )
    return engine
