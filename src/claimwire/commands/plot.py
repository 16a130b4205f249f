"""`claimwire plot`: pictures of the record."""

from pathlib import Path

import click


@click.group()
def plot() -> None:
    """Draw what is on record."""


@plot.command()
@click.argument("quota_id")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="A folder.")
def cap(quota_id: str, out: Path) -> None:
    """Draw the figures told against a cap, year by year, as PNG and SVG."""
    from claimwire.settings import read_settings
    from claimwire.warehouse.ledger import draw_cap, read_cap
    from claimwire.warehouse.migrate import open_migrated

    engine = open_migrated(read_settings().warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        known = read_cap(connection, quota_id)
    figure = draw_cap(known)
    out.mkdir(parents=True, exist_ok=True)
    for kind in ("png", "svg"):
        path = out / f"{known.quota_id}.{kind}"
        figure.savefig(path, dpi=150)
        click.echo(f"{len(known.figures)} figures to {path}")
