"""`claimwire gold`: labelled articles out of the review desk, and the weekly blind sample into it."""

from datetime import UTC, datetime
from typing import TextIO

import click


@click.group()
def gold() -> None:
    """Reviewed items as labelled articles; the blind sample that reviewers read."""


@gold.command()
@click.option("--output", type=click.File("w", encoding="utf-8"), default="-", help="Standard output if left out.")
def export(output: TextIO) -> None:
    """Writes articles that are reviewed through and through, one JSON object a line, as score.py reads them."""
    from claimwire.review.gold import gold_lines
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated

    engine = open_migrated(read_settings().warehouse_url)
    count = 0
    with engine.connect().execution_options(readonly=True) as connection:
        for count, line in enumerate(gold_lines(connection), 1):  # noqa: B007  # the count outlives the loop
            output.write(line + "\n")
    click.echo(f"{count} labelled articles", err=True)


@gold.command()
@click.option("--per-language", default=5, show_default=True, type=click.IntRange(1, 100))
def draw(per_language: int) -> None:
    """Draws this week's blind sample for the desk; the second time in a week draws nothing."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.desk_readings import draw_readings
    from claimwire.warehouse.migrate import open_migrated
    from claimwire.warehouse.writing import write

    engine = open_migrated(read_settings().warehouse_url)
    now = datetime.now(UTC)
    click.echo(f"{write(engine, lambda connection: draw_readings(connection, now, per_language))} articles drawn")
