"""`claimwire watch`: feeds that are silent, broken or out of their band."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--alert", is_flag=True, help="Tell the operators too, as the hourly DAG does.")
def watch(*, alert: bool) -> None:
    """Judge every feed and write down what is wrong; a line for what was not known before."""
    from claimwire.operate.watch import alert_operators, watch_feeds
    from claimwire.settings import read_settings

    settings, now = read_settings(), datetime.now(UTC)
    tally = watch_feeds(settings, now)
    for note in tally.notes:
        click.echo(note)
    click.echo(", ".join(f"{count} {end}" for end, count in tally.went_out.items()) or "no feeds")
    if alert:
        click.echo(f"{alert_operators(settings, now)} findings told to the operators")
