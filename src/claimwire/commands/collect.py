"""`claimwire collect`: fetch what is due and load articles."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--feed", "feeds", multiple=True, metavar="KEY", help="Only this feed, due or not; may be repeated.")
def collect(feeds: tuple[str, ...]) -> None:
    """Fetch what is due and load articles; a line a feed that failed or brought something."""
    from rich.console import Console

    from claimwire.commands.steps import collect_now
    from claimwire.settings import read_settings

    collect_now(read_settings(), Console(), datetime.now(UTC), feeds)
