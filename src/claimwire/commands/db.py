"""`claimwire db`: the warehouse itself."""

from datetime import UTC, datetime, timedelta

import click

from claimwire.errors import WarehouseError


@click.group()
def db() -> None:
    """Check, upgrade, purge the warehouse; let analysts read it; describe its tables."""


@db.command()
def check() -> None:
    """Say what is wrong with the warehouse; nothing is changed."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.upkeep import find_faults

    settings = read_settings()
    faults = find_faults(open_engine(settings.warehouse_url), settings.data_dir)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise WarehouseError(f"{len(faults)} faults found")
    click.echo("the warehouse is sound")


@db.command()
@click.option("--to", "revision", default="head", help="A revision; an older one takes columns and their content away.")
def upgrade(revision: str) -> None:
    """Bring the schema to that of this claimwire, or to a revision."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import migrate

    before, after = migrate(open_engine(read_settings().warehouse_url), revision)
    click.echo(f"at revision {after}, before {before or 'none'}")


@db.command()
@click.option("--days", type=click.IntRange(1), help="Instead of CLAIMWIRE_RETENTION_DAYS.")
def purge(days: int | None) -> None:
    """Empty texts of articles past retention; claims, evidence and decisions stay."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.stories import forget_bands
    from claimwire.warehouse.upkeep import purge_texts

    settings, now = read_settings(), datetime.now(UTC)
    engine = open_engine(settings.warehouse_url)
    before = now - timedelta(days=days or settings.retention_days)
    texts, fetches = purge_texts(engine, before)
    forget_bands(engine, now)
    click.echo(f"emptied {texts} texts and dropped {fetches} fetches from before {before:%Y-%m-%d}")


@db.command()
@click.argument("role")
def grant(role: str) -> None:
    """Let ROLE read what analysts need, on PostgreSQL; it can write nothing."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.upkeep import grant_reading

    click.echo(grant_reading(open_engine(read_settings().warehouse_url), role))


@db.command()
def describe() -> None:
    """Print the tables and their columns as Markdown, as in docs/analysts.md."""
    from claimwire.warehouse.describe import describe_tables

    click.echo(describe_tables(), nl=False)
