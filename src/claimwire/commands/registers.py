"""`claimwire registers`: what claims are held against."""

from datetime import UTC, datetime

import click

KEYS = ("eu_fsf", "ofac", "opensanctions", "seco", "uk", "un_sc")
"""Those of `catalog.lists.LISTS`, which would be slow to import for the help."""


@click.group()
def registers() -> None:
    """Load quotas, regimes, conversions; sanctions lists that you give; show what differs."""


@registers.command()
def load() -> None:
    """Add rows of data/registers/ that are new; loaded rows stay as they are."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated
    from claimwire.warehouse.registers import load_registers
    from claimwire.warehouse.writing import write

    settings = read_settings()
    engine = open_migrated(settings.warehouse_url)
    added = write(engine, lambda connection: load_registers(connection, settings.data_dir, datetime.now(UTC)))
    click.echo(f"{added} new rows")


@registers.command()
def diff() -> None:
    """Show rows of data/registers/ that differ from what was loaded under their id."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated
    from claimwire.warehouse.registers import find_differences

    settings = read_settings()
    engine = open_migrated(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        differences = find_differences(connection, settings.data_dir)
    for one in differences:
        click.echo(f"{one.table} {one.row_id} {one.column}: loaded {one.loaded!r}, the file says {one.given!r}")
    click.echo(f"{len(differences)} differences")


@registers.command("list")
@click.argument("key", type=click.Choice(KEYS))
@click.argument("place")
def list_(key: str, place: str) -> None:
    """Load the sanctions list KEY from PLACE, a file or a URL, and look for its names in all items."""
    from claimwire.operate.lists import load_place
    from claimwire.settings import read_settings
    from claimwire.warehouse.lists import match_all
    from claimwire.warehouse.migrate import open_migrated

    settings = read_settings()
    engine = open_migrated(settings.warehouse_url)
    count, gone = load_place(settings, key, place, datetime.now(UTC))
    click.echo(f"{count} names on {key}, {gone} no longer; {match_all(engine)} matches in flagged items")
