"""`claimwire rescan`: today's engine over stored articles."""

from datetime import UTC, datetime

import click


@click.command()
@click.option("--from", "published_from", metavar="DAY", help="First day of publication.")
@click.option("--to", "published_to", metavar="DAY", help="Last day of publication.")
@click.option("--lang", "languages", multiple=True, help="Only this language; may be repeated.")
@click.option("--feed", "feeds", multiple=True, metavar="KEY", help="Only this feed; may be repeated.")
@click.option(
    "--apply", "is_applied", is_flag=True, help="Change the warehouse; without it only the comparison is made."
)
def rescan(
    published_from: str | None,
    published_to: str | None,
    languages: tuple[str, ...],
    feeds: tuple[str, ...],
    *,
    is_applied: bool,
) -> None:
    """Compare what today's engine finds in stored articles with what is flagged; with --apply, bring it up to date."""
    import logging

    from rich.console import Console
    from rich.progress import track

    from claimwire.archive.rescan import plan_rescan, report_rescan, rescan_partition
    from claimwire.settings import read_settings

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    settings, now = read_settings(), datetime.now(UTC)
    params = {
        "published_from": published_from,
        "published_to": published_to,
        "languages": list(languages),
        "feeds": list(feeds),
        "dry_run": not is_applied,
    }
    parts = plan_rescan(settings, now, params)
    console = Console(stderr=True)
    keys = [
        rescan_partition(settings, now, part, params)
        for part in track(parts, "partitions", console=console, disable=not console.is_terminal)
    ]
    counts = report_rescan(settings, now, keys).went_out
    click.echo(", ".join(f"{count} {change}" for change, count in counts.items()) or "nothing would change")
