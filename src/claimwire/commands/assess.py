"""`claimwire assess`: check flagged items against the registers again."""

from datetime import UTC, datetime, timedelta

import click


@click.command()
@click.option("--days", type=click.IntRange(min=1), help="Only what was published within so many days.")
def assess(days: int | None) -> None:
    """Assess flagged items anew, after a change of registers or rules; claims and decisions stay."""
    from rich.console import Console
    from rich.progress import Progress

    from claimwire.catalog.registers import load_registers
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated
    from claimwire.warehouse.reassessing import reassess_items

    settings, console, now = read_settings(), Console(), datetime.now(UTC)
    engine = open_migrated(settings.warehouse_url)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("articles", total=None)
        items, changed = reassess_items(
            engine,
            load_registers(settings.data_dir),
            now,
            now - timedelta(days) if days else None,
            lambda done: progress.advance(task, done),
        )
    console.print(f"{items} items assessed, {changed} changed", highlight=False)
