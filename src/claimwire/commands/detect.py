"""`claimwire detect`: claims of unread articles into the warehouse, or of JSON lines to JSON lines."""

import json
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, BinaryIO

import click

from claimwire.errors import ClaimwireError

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
    """A line out for each line in: one that is no article says so in `error`, and the others are read all the same."""
    from claimwire.detect.engine import load_detector
    from claimwire.settings import read_settings

    detector = load_detector(read_settings().data_dir)
    name, bad = getattr(file, "name", "-"), 0
    for number, line in enumerate(file, 1):
        if line.isspace():
            continue
        said = _answer_line(detector, line, f"{name}:{number}")
        bad += "error" in said
        sys.stdout.write(json.dumps(said, ensure_ascii=False) + "\n")
        sys.stdout.flush()  # whoever feeds us line by line waits for this one
    if bad:
        raise ClaimwireError(f"{bad} lines of {name} are no articles; the line out for each says why, under `error`")


def _answer_line(detector: "Detector", line: bytes, place: str) -> dict[str, Any]:
    from claimwire.commands.jsonl import row_of

    try:
        return answer(detector, row_of(line, place))
    except ClaimwireError as error:
        return {"id": None, "lang": "und", "claims": [], "error": str(error)}


def answer(detector: "Detector", row: dict[str, Any]) -> dict[str, Any]:
    """The line out for a line in."""
    from claimwire.commands.jsonl import article_of

    article = article_of(row)
    language, claims = detector.read(article)
    return {"id": row["id"], "lang": language, "claims": [claim.to_json() for claim in claims]}
