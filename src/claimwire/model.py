"""The nouns: what flows through the pipeline, one frozen dataclass a noun.

Words are those of the design: response → entry → article → sentence → claim → flagged item.
All times are aware UTC datetimes, all offsets code points into the named field.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from dataclasses import field as made
from datetime import datetime
from enum import StrEnum
from typing import Any

from claimwire.vocabulary import Act, Category, Measure, Modality, ReviewStatus

__all__ = [
    "Act",
    "Amount",
    "Article",
    "Category",
    "Claim",
    "Disposition",
    "Entry",
    "Mark",
    "Measure",
    "Modality",
    "Outcome",
    "Quantity",
    "Response",
    "ReviewStatus",
    "Sentence",
    "Tally",
]

# ── the way in ───────────────────────────────────────────────────────────────────────────────────


class Outcome(StrEnum):
    """How one fetch of a feed ended; every fetch ends in exactly one."""

    NEW = "new"  # bytes that held something new
    UNCHANGED = "unchanged"  # 304, or the same bytes as before
    EMPTY = "empty"  # a feed with no entries
    UNREACHABLE = "unreachable"  # refused or reset connection, no route
    DNS_FAILED = "dns_failed"
    TIMED_OUT = "timed_out"  # any of the three time-outs
    TLS_FAILED = "tls_failed"
    HTTP_ERROR = "http_error"  # 4xx but those below, 5xx
    RATE_LIMITED = "rate_limited"  # 429, 503 with Retry-After
    GONE = "gone"  # 410
    UNAUTHORISED = "unauthorised"  # 401, 403, 407
    TOO_LARGE = "too_large"  # over the limit after decompression
    REFUSED_ENCODING = "refused_encoding"  # anything but gzip, deflate, identity
    REFUSED_BYTES = "refused_bytes"  # a guard refused them
    REDIRECT_LOOP = "redirect_loop"
    BLOCKED_ADDRESS = "blocked_address"  # private network, odd port, scheme
    NOT_A_FEED = "not_a_feed"  # HTML or anything else in place of a feed
    PARSE_FAILED = "parse_failed"  # a feed, but broken beyond repair
    NETWORK_DOWN = "network_down"  # all hosts failed: ours, nobody is blamed


class Disposition(StrEnum):
    """What became of one entry; every entry ends in exactly one."""

    LOADED = "loaded"  # a new article
    NEW_VERSION = "new_version"
    UNCHANGED = "unchanged"
    EMBARGOED = "embargoed"  # held until its time
    WITHDRAWN = "withdrawn"  # a kill
    NO_TEXT = "no_text"
    QUARANTINED = "quarantined"  # one bad item, kept aside with its error


@dataclass(frozen=True, slots=True)
class Response:
    """What one fetch of a feed ended in: an outcome, and bytes if any."""

    feed_key: str
    outcome: Outcome
    fetched_at: datetime
    url: str = ""
    body: bytes | None = None
    content_type: str = ""
    status: int | None = None
    etag: str = ""
    last_modified: str = ""
    message: str = ""  # for a person at three in the morning
    retry_after_seconds: float | None = None
    elapsed_seconds: float = 0.0
    moved_to: str = ""  # where a permanent redirect points
    max_age_seconds: float | None = None  # Cache-Control, ttl


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of a response as the publisher sent it. Field names are those of `claimwire parse`.

    `status` is one of usable, canceled, corrected, embargoed. `html` is untrusted markup, `text` plain.
    """

    guid: str
    format: str
    version: str = ""
    status: str = "usable"
    url: str = ""
    title: str = ""
    summary: str = ""
    text: str = ""
    html: str = ""
    language: str = ""
    published_at: datetime | None = None
    updated_at: datetime | None = None
    dateline: str = ""
    byline: str = ""
    credit: str = ""
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    note: str = ""
    embargoed_until: datetime | None = None
    slug: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An entry turned into clean text. `id` is any stable string (the warehouse's row id as text)."""

    id: str
    title: str
    text: str
    language: str = ""  # ISO 639-1; "" where nobody said
    published_at: datetime | None = None
    published_at_source: str = ""  # feed | page | dateline | fetched | ""
    updated_at: datetime | None = None
    guid: str = ""
    version: str = ""
    status: str = "usable"
    url: str = ""
    feed_key: str = ""
    publisher: str = ""
    dateline: str = ""
    byline: str = ""
    credit: str = ""
    urgency: int | None = None
    subjects: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    note: str = ""
    embargoed_until: datetime | None = None


# ── detection ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of an article's title or text; `text == getattr(article, field)[start:end]`."""

    field: str  # title | text
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Amount:
    """A value in a unit; `low`/`high` where a conversion factor is uncertain."""

    value: float
    unit: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount as the text has it. Comparator: =, >=, <=, ~, or range (value..upper)."""

    value: float
    unit: str
    text: str
    start: int
    end: int
    comparator: str = "="
    upper: float | None = None
    normalised: Amount | None = None  # barrels, tonnes, m3, percent, USD …; per-unit rates keep their unit


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the claim's field that plays a role or that a lexicon knows.

    `role` is actor, addressee, target, measure, act, commodity, quantity, period, event_date, attribution,
    hedge or negation; `gloss` says in English what matched ("request: asks").
    """

    start: int
    end: int
    role: str
    gloss: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One act about one measure in one sentence; see the codebook. Offsets go into `field` of the article."""

    category: Category
    act: Act
    evidence: str
    field: str
    start: int
    end: int
    actor: tuple[str, ...] = ()
    addressee: tuple[str, ...] = ()
    target: tuple[str, ...] = ()
    measure: Measure = Measure.SANCTIONS
    asked: str | None = None
    commodity: tuple[str, ...] = ()
    quantity: str | None = None
    quantities: tuple[Quantity, ...] = ()
    period: str | None = None
    event_date: str | None = None
    modality: Modality = Modality.ASSERTED
    attribution: str | None = None
    score: float = 1.0
    rules: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = made(default=(), compare=False)

    def to_json(self) -> dict[str, Any]:
        """The claim as the contract's JSON: plain lists, strings and numbers."""
        row = {key: getattr(self, key) for key in self.__slots__}
        row["quantities"] = [quantity_json(quantity) for quantity in self.quantities]
        row["marks"] = [asdict(mark) for mark in self.marks]
        return {key: list(value) if isinstance(value, tuple) else value for key, value in row.items()}


def quantity_json(quantity: Quantity) -> dict[str, Any]:
    """The amount as the contract's JSON, with what the warehouse needs to read it back."""
    row: dict[str, Any] = {"value": quantity.value, "unit": quantity.unit}
    amount = quantity.normalised
    row["normalised"] = {"value": amount.value, "unit": amount.unit} if amount else None
    if amount and amount.low is not None:
        row["normalised"] |= {"low": amount.low, "high": amount.high}
    row["comparator"] = quantity.comparator
    if quantity.upper is not None:
        row["upper"] = quantity.upper
    return row | {"text": quantity.text, "start": quantity.start, "end": quantity.end}


# ── bookkeeping ──────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Tally:
    """What a step did: how many came in, and in which dispositions they went out."""

    came_in: int = 0
    went_out: Counter[str] = made(default_factory=Counter)
    notes: tuple[str, ...] = ()  # lines for a person, worst first

    def __post_init__(self) -> None:
        """Raises ValueError where an item got lost or was counted twice."""
        if self.came_in != self.went_out.total():
            raise ValueError(f"{self.came_in} came in, {self.went_out.total()} went out: {dict(self.went_out)}")

    def __add__(self, other: "Tally") -> "Tally":
        """Both steps' work as one tally."""
        return Tally(self.came_in + other.came_in, self.went_out + other.went_out, self.notes + other.notes)

    @staticmethod
    def of(dispositions: Iterable[str], notes: Iterable[str] = ()) -> "Tally":
        """Counts dispositions; what came in is what was given."""
        counts = Counter(map(str, dispositions))
        return Tally(counts.total(), counts, tuple(notes))
