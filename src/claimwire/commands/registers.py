"""`claimwire registers`: what claims are held against."""

from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from claimwire.errors import NotFound

if TYPE_CHECKING:
    from claimwire.settings import Settings

KEYS = ("eu_fsf", "ofac", "opensanctions", "seco", "uk", "un_sc")
"""Those of `catalog.lists.LISTS`, which would be slow to import for the help."""

LIMIT_BYTES = 500_000_000  # the largest list, OpenSanctions' default, has half of that


@click.group()
def registers() -> None:
    """Load quotas, regimes, conversions; sanctions lists that you give; show what differs."""


@registers.command()
def load() -> None:
    """Add rows of data/registers/ that are new; loaded rows stay as they are."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import check_migrated
    from claimwire.warehouse.registers import load_registers
    from claimwire.warehouse.writing import write

    settings = read_settings()
    engine = open_engine(settings.warehouse_url)
    check_migrated(engine)
    added = write(engine, lambda connection: load_registers(connection, settings.data_dir, datetime.now(UTC)))
    click.echo(f"{added} new rows")


@registers.command()
def diff() -> None:
    """Show rows of data/registers/ that differ from what was loaded under their id."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import check_migrated
    from claimwire.warehouse.registers import find_differences

    settings = read_settings()
    engine = open_engine(settings.warehouse_url)
    check_migrated(engine)
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
    from claimwire.catalog.lists import LISTS
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.lists import load_list, match_all
    from claimwire.warehouse.migrate import check_migrated

    settings = read_settings()
    engine = open_engine(settings.warehouse_url)
    check_migrated(engine)
    with TemporaryDirectory(prefix="claimwire-") as folder:
        path = _fetch(settings, place, Path(folder)) if place.startswith(("https://", "http://")) else Path(place)
        if not path.is_file():
            raise NotFound(f"{place} is no file")
        count, gone = load_list(engine, key, LISTS[key](path), datetime.now(UTC))
    matches = match_all(engine)
    click.echo(f"{count} names on {key}, {gone} no longer; {matches} matches in flagged items")


def _fetch(settings: "Settings", url: str, folder: Path) -> Path:
    """The list as a file; its name keeps the ending, by which its format is told."""
    from urllib.parse import urlsplit

    from claimwire.fetch.client import Client, Limits

    patience = Limits(total_seconds=1800)
    client = Client(settings.user_agent, allowed_hosts=settings.allowed_hosts, limits=patience)
    try:
        reply = client.get(url, LIMIT_BYTES)
    finally:
        client.close()
    if reply.status != 200:
        raise NotFound(f"{url} answered {reply.status}: download the list by hand and give the file")
    path = folder / f"list{Path(urlsplit(url).path).suffix.lower()}"
    path.write_bytes(reply.body)
    return path
