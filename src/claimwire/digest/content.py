"""What a digest says, in the reader's language and ready to be laid out: plain, untrusted text in every field.

The templates only lay it out; nothing here is HTML, and every line is free of line breaks and control characters.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the evidence; `role` says what a matched word does, and is empty between matched words."""

    text: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One claim with its evidence, standing for all items that tell the same."""

    item_id: int
    gist: str
    category: str
    who: str
    facts: tuple[str, ...]  # cap and share, origins, modality
    findings: tuple[str, ...]  # contradictions with the record
    pieces: tuple[Piece, ...]
    direction: str
    language: str
    matched: tuple[str, ...]  # "“word” (act: ask)"
    credit: str  # headline unless it is the evidence, publisher and time
    desk_url: str
    source_url: str  # empty unless http or https


@dataclass(frozen=True, slots=True)
class Matter:
    """Points of one thread or story."""

    points: tuple[Point, ...]
    more: str = ""  # how many items beside the points tell it
    more_url: str = ""  # the desk's list of them


@dataclass(frozen=True, slots=True)
class Band:
    """Matters of one priority."""

    title: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of one of the smaller sections: when, what, and the rest."""

    when: str
    text: str
    note: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """An amount as a share of its cap; `low` and `high` where it is uncertain."""

    cap: str
    label: str
    share: float
    low: float
    high: float
    is_reported: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """A whole digest."""

    language: str
    direction: str
    title: str
    day: date
    subject: str
    counts: str
    in_short: tuple[str, ...]
    bands: tuple[Band, ...]
    rest: str
    rest_url: str
    feeds_read: str
    quality: str
    why: str
    is_quiet: bool
    shown_ids: tuple[int, ...]
    changes: tuple[Line, ...] = ()
    requests: tuple[Line, ...] = ()
    bars: tuple[Bar, ...] = ()
    bar_texts: tuple[str, ...] = ()
    dates: tuple[Line, ...] = ()
    silent: tuple[Line, ...] = ()
