"""What the two teleprinter formats share: frames of control characters, each with a story in it."""

import re
from collections.abc import Callable

from claimwire.errors import ParseError
from claimwire.model import Entry
from claimwire.parse.reading.wire import Wire

CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
"""Control characters but for tab and line breaks."""


def read_frames(frame: re.Pattern[str], wire: Wire, entry_of: Callable[[re.Match[str], Wire], Entry]) -> list[Entry]:
    """One entry a frame; a file may hold several.

    Raises:
        ParseError: where there is no story in any frame.
    """
    entries = [entry_of(found, wire) for found in frame.finditer(wire.text)]
    if not any(entry.title or entry.text for entry in entries):
        raise ParseError("a teleprinter frame without a story in it")
    return entries
