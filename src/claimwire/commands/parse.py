"""`claimwire parse`: any wire format to JSON lines."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from claimwire.model import Entry

KEYS = (
    *("guid", "version", "status", "url", "title", "summary", "text", "html", "language"),
    *("published_at", "updated_at", "dateline", "byline", "credit", "urgency"),
    *("subjects", "keywords", "note", "embargoed_until", "format"),
)
"""The contract's keys, in its order."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--base-url", default="", help="Where the file came from; relative links are resolved against it.")
@click.option("--content-type", default="", help="The Content-Type header it came with, for its charset.")
@click.option("--zone", default="", metavar="ZONE", help="IANA time zone of times that name none (default: UTC).")
def parse(file: Path, base_url: str, content_type: str, zone: str) -> None:
    """Writes the entries of FILE, whatever its wire format, as one JSON object a line."""
    from claimwire.errors import NotFound, ParseError
    from claimwire.parse import parse_entries

    try:
        body = file.read_bytes()
    except OSError as error:
        raise NotFound(f"{file}: {error.strerror}") from error
    try:
        entries = parse_entries(body, content_type, base_url, _zone(zone))
    except ParseError as error:
        raise ParseError(f"{file}: {error}") from error
    for entry in entries:
        click.echo(json.dumps(entry_to_json(entry), ensure_ascii=False))


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """The entry under the contract's keys; times in ISO 8601, UTC with offset."""
    values = {key: getattr(entry, key) for key in KEYS}
    return {key: value.isoformat() if isinstance(value, datetime) else value for key, value in values.items()}


def _zone(name: str) -> Any:
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError) as error:
        raise click.BadParameter(f"no time zone is called {name!r}", param_hint="--zone") from error
