"""`claimwire import`: old news from files."""

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command(name="import")
@click.argument("path", type=click.Path(exists=True, path_type=Path))
@click.option("--feed", default="archive", show_default=True, help="Feed key under which the articles are filed.")
def import_(path: Path, feed: str) -> None:
    """Load old news from JSON lines, Parquet or WARC (a file, or a folder of them), then read it for claims.

    JSON lines and Parquet have `id`, `title`, `text`; if known, `lang`, `published_at`, `url`, `publisher`, `credit`.
    """
    from rich.console import Console

    from claimwire.archive.importing import choose_files, import_file
    from claimwire.commands.steps import detect_now
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated

    settings, now, console = read_settings(), datetime.now(UTC), Console()
    open_migrated(settings.warehouse_url)
    for name in choose_files(settings, now, path):
        tally = import_file(settings, now, Path(name), feed)
        told = ", ".join(f"{count} {end}" for end, count in tally.went_out.items()) or "nothing new"
        console.print(f"{name}: {told}", highlight=False)
        for note in tally.notes[:5]:
            console.print(f"  {note}", markup=False, highlight=False)
    detect_now(settings, console, now)
