"""`claimwire run`: the whole path, once or until stopped."""

import time
from datetime import UTC, datetime

import click

PAUSE_SECONDS = 60


@click.command()
@click.option("--feed", "feeds", multiple=True, metavar="KEY", help="Only this feed, due or not; may be repeated.")
@click.option("--once/--forever", default=True, help="Once (the default), or again each minute until Ctrl-C.")
def run(feeds: tuple[str, ...], *, once: bool) -> None:
    """Collect, detect, assess, load; ends with a table of what was flagged."""
    from rich.console import Console

    from claimwire.commands.showing import show_flagged
    from claimwire.commands.steps import collect_now, detect_now
    from claimwire.settings import read_settings
    from claimwire.warehouse.engine import open_engine

    settings, console = read_settings(), Console()
    while True:
        collect_now(settings, console, datetime.now(UTC), feeds)
        detect_now(settings, console, datetime.now(UTC))
        if once:
            break
        time.sleep(PAUSE_SECONDS)
    show_flagged(open_engine(settings.warehouse_url), console)
