"""What publishers' codes say of an item: its status, urgency and subjects, in our words."""

import re
from datetime import datetime

USABLE, CANCELED, CORRECTED, EMBARGOED = "usable", "canceled", "corrected", "embargoed"

# "stat:canceled", "Canceled", "cancelled", "killed", "http://…/pubstatusg2/withheld": the last word counts.
_LAST_WORD = re.compile(r"([a-z]+)\W*$")
_CODES = {
    "canceled": CANCELED,
    "cancelled": CANCELED,
    "cancel": CANCELED,
    "killed": CANCELED,
    "kill": CANCELED,
    "withdrawn": CANCELED,
    "withheld": CANCELED,  # not to be published: what was published is withdrawn
    "deleted": CANCELED,
    "embargoed": EMBARGOED,
    "correction": CORRECTED,
    "corrected": CORRECTED,
    "corrective": CORRECTED,
    "correct": CORRECTED,
}
_SUBJECT = re.compile(r"(?:^|[:/])(\d{8})$")


def status_of(*codes: str) -> str:
    """Our status for publishers' codes: the gravest of them, `usable` where none is known."""
    words = (found.group(1) for code in codes if (found := _LAST_WORD.search(code.strip().lower())))
    known = {_CODES[word] for word in words if word in _CODES}
    return next((status for status in (CANCELED, EMBARGOED, CORRECTED) if status in known), USABLE)


def with_embargo(status: str, embargoed_until: datetime | None, sent_at: datetime | None) -> str:
    """`embargoed` where the embargo ends after the item was sent; a cancellation stays one."""
    if status == CANCELED or embargoed_until is None:
        return status
    return EMBARGOED if sent_at is None or embargoed_until > sent_at else status


def urgency_of(raw: str | int | None) -> int | None:
    """1 (most urgent) to 9, or None."""
    found = re.search(r"[1-9]", str(raw or ""))
    return int(found.group()) if found else None


def subject_code(raw: str, scheme: str = "") -> str:
    """A subject's code with its scheme: `medtop:20000642`, `subj:11005001`; codes of other schemes as they came."""
    code = raw.strip()
    digits = _SUBJECT.search(code)
    if not digits:
        return code
    if code.startswith(("medtop:", "subj:")):
        return code
    is_topic = "mediatopic" in f"{scheme}{code}".lower() or "medtop" in scheme or digits[1].startswith("20")
    return f"{'medtop' if is_topic else 'subj'}:{digits[1]}"
