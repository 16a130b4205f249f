"""`claimwire detect`: claims of unread articles into the warehouse, or of JSON lines to JSON lines."""

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import click

if TYPE_CHECKING:
    from claimwire.detect.engine import Detector


@click.command()
@click.option("--jsonl", "is_jsonl", is_flag=True, help="Read articles as JSON lines from FILE, or standard input.")
@click.argument("file", type=click.File("rb"), required=False)
def detect(file: BinaryIO | None, *, is_jsonl: bool) -> None:
    """Find claims in the unread articles of the warehouse; with --jsonl, in the articles of FILE.

    A line in is {"id", "title", "text", "lang"?, "published_at"?}; a line out, in the same order, {"id", "lang",
    "claims"}.
    """
    if file is not None and not is_jsonl:
        raise click.UsageError("a FILE of articles goes with --jsonl")
    if is_jsonl:
        _detect_lines(file or sys.stdin.buffer)
        return
    from rich.console import Console

    from claimwire.commands.steps import detect_now
    from claimwire.settings import read_settings

    detect_now(read_settings(), Console(), datetime.now(UTC))


def _detect_lines(file: BinaryIO) -> None:
    from claimwire.commands.jsonl import read_rows
    from claimwire.detect.engine import load_detector
    from claimwire.settings import read_settings

    detector = load_detector(read_settings().data_dir)
    for row in read_rows(file, getattr(file, "name", "-")):
        sys.stdout.write(json.dumps(answer(detector, row), ensure_ascii=False) + "\n")
        sys.stdout.flush()  # whoever feeds us line by line waits for this one


def answer(detector: "Detector", row: dict[str, Any]) -> dict[str, Any]:
    """The line out for a line in."""
    from claimwire.commands.jsonl import article_of

    article = article_of(row)
    language, claims = detector.read(article)
    return {"id": row["id"], "lang": language, "claims": [claim.to_json() for claim in claims]}
