"""`claimwire assess`: check flagged items against the registers again."""

from datetime import UTC, datetime

import click


@click.command()
def assess() -> None:
    """Assess all flagged items anew, after a change of registers or rules; claims and decisions stay."""
    from rich.console import Console
    from rich.progress import Progress

    from claimwire.catalog.registers import load_registers
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import check_migrated
    from claimwire.warehouse.reassessing import reassess_items

    settings, console = read_settings(), Console()
    engine = open_engine(settings.warehouse_url)
    check_migrated(engine)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("articles", total=None)
        items, changed = reassess_items(
            engine,
            load_registers(settings.data_dir),
            datetime.now(UTC),
            lambda done: progress.advance(task, done),
        )
    console.print(f"{items} items assessed, {changed} changed", highlight=False)
