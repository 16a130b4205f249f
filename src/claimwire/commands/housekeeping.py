"""`claimwire housekeeping`: what the weekly DAG does."""

from datetime import UTC, datetime

import click


@click.command()
def housekeeping() -> None:
    """Empty texts past their retention (claims and decisions stay), draw the blind sample, vacuum."""
    from claimwire.archive.retention import draw_blind_sample, purge, vacuum
    from claimwire.settings import read_settings

    settings, now = read_settings(), datetime.now(UTC)
    gone = purge(settings, now)
    click.echo(f"{gone['texts']} texts emptied, {gone['fetches']} fetches dropped")
    click.echo(f"{draw_blind_sample(settings, now)} articles drawn for the blind sample")
    click.echo(vacuum(settings, now))
