"""`claimwire export`: flagged items to files that others read."""

from datetime import datetime
from pathlib import Path
from typing import Any

import click

FORMATS = ("csv", "jsonl", "parquet", "xlsx", "atom", "stix")


@click.command()
@click.argument("path", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--format", "kind", type=click.Choice(FORMATS), help="By default what the name ends in.")
@click.option("--status", multiple=True, help="A review status, `open` or `any`; atom and stix: confirmed, corrected.")
@click.option("--category", multiple=True)
@click.option("--act", multiple=True)
@click.option("--measure", multiple=True)
@click.option("--modality", multiple=True)
@click.option("--target", multiple=True, help="A code, as KP.")
@click.option("--actor", multiple=True)
@click.option("--commodity", multiple=True)
@click.option("--language", multiple=True)
@click.option("--publisher", multiple=True)
@click.option("--quota", default="", help="A cap, as UN-DPRK-2397-REF.")
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day (UTC) or later.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Published on this day (UTC) or earlier.")
@click.option("--text", "q", default="", help="Words of headline or evidence.")
def export(path: Path, kind: str | None, since: datetime | None, until: datetime | None, **wanted: Any) -> None:
    """Write flagged items to PATH: csv, jsonl, parquet, xlsx, atom or stix."""
    from claimwire.catalog.claims import load_claims
    from claimwire.settings import read_settings
    from claimwire.warehouse.exporting.frames import read_frames
    from claimwire.warehouse.migrate import open_migrated

    kind = kind or path.suffix.lstrip(".").lower()
    if kind not in FORMATS:
        raise click.UsageError(f"{path.name} ends in none of {', '.join(FORMATS)}: say --format")
    settings = read_settings()
    engine = open_migrated(settings.warehouse_url)
    days = {"since": since.date() if since else None, "until": until.date() if until else None}
    shown = wanted | days | {"status": wanted["status"] or _usual_status(kind)}
    frames = read_frames(engine, _filter(shown), load_claims(settings.data_dir))
    count = _write(kind)(frames, path)
    click.echo(f"{count} items to {path}")


def _usual_status(kind: str) -> tuple[str, ...]:
    return ("confirmed", "corrected") if kind in {"atom", "stix"} else ("any",)


def _filter(wanted: dict[str, Any]) -> Any:
    from pydantic import ValidationError

    from claimwire.warehouse.desk_filter import ItemFilter

    try:
        return ItemFilter.model_validate(wanted)
    except ValidationError as error:
        first = error.errors()[0]
        raise click.UsageError(f"--{first['loc'][0]}: {first['msg']}") from error


def _write(kind: str) -> Any:
    from claimwire.warehouse.exporting.atom import write_atom
    from claimwire.warehouse.exporting.files import FORMATS as FILES
    from claimwire.warehouse.exporting.stix import write_stix

    return (FILES | {"atom": write_atom, "stix": write_stix})[kind]
