"""What assessment adds to a claim: the cap it is about, its share of it, contradictions, thread, priority."""

from dataclasses import dataclass
from datetime import date

from claimwire.model import Amount, Quantity


@dataclass(frozen=True, slots=True)
class Span:
    """Days from first to last, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Finding:
    """A contradiction with the record: which check found it, and a sentence for the analyst."""

    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Assessment:
    """Everything about one claim that the claim itself does not say.

    Shares are of the cap, 1.0 = all of it; low and high differ where a conversion factor is uncertain.
    """

    period: Span | None = None
    happened: Span | None = None  # the claim's event_date as days
    figure: Quantity | None = None  # the amount that the claim is about, which is not the cap itself
    barrels: Amount | None = None  # that amount, or else the first that can be, in US barrels
    quota_id: str | None = None
    share: float | None = None
    share_low: float | None = None
    share_high: float | None = None
    findings: tuple[Finding, ...] = ()
    thread_key: str | None = None
    thread_title: str = ""
    parent_key: str | None = None  # the wider thread that this one belongs to
    parent_title: str = ""
    step_key: str | None = None
    actors: tuple[str, ...] = ()  # who acts in the step, as this claim has it
    stage: str = ""  # what the step does to its thread, one of `stages.STAGES`
    is_main: bool = False  # the claim that says what its article is about
    priority: float = 0.0  # 0–100
    reasons: tuple[str, ...] = ()
