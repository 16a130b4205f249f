"""A claim, its article and its assessment as one row of `flagged_items`."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from claimwire.assess.assessment import Assessment, Span
from claimwire.assess.caps import bounds_of
from claimwire.model import Act, Amount, Article, Category, Claim, Mark, Measure, Modality, Quantity, quantity_json
from claimwire.text.fold import fold

CODE_ROLES = ("actor", "addressee", "target", "commodity")

CLAIMED = (
    *CODE_ROLES,
    *("asked", "quantity", "quantities", "quantity_value", "quantity_unit", "quantity_bbl", "quantity_bbl_low"),
    *("quantity_bbl_high", "period_from", "period_to", "event_from", "event_to", "modality", "attribution", "marks"),
    *("rules", "score", "engine_version", "lexicon_version"),
)
"""Columns that detection fills; a reviewer may have corrected them, and then they stay."""

PLACED = (
    *("evidence", "evidence_field", "evidence_start", "evidence_end", "headline", "url", "publisher", "language"),
    *("published_at", "article_id", "story_id"),
)
"""Columns that say where the claim stands."""

ASSESSED = (
    *("thread_id", "step_key", "quota_id", "share_of_quota", "share_of_quota_low", "share_of_quota_high", "findings"),
    *("priority", "priority_reasons", "is_main"),
)
"""Columns that assessment fills."""


def item_row(article: Article, claim: Claim, assessment: Assessment, seen: Counter[str]) -> dict[str, Any]:
    """All columns but the ids of other rows, the versions and the times.

    `seen` counts the keys of the article's claims so far, and this one.
    """
    return {
        "item_key": _item_key(article, claim, seen),
        **_claimed(claim),
        **_amount(assessment.figure or next(iter(claim.quantities), None), assessment.barrels),
        **_days("period", assessment.period),
        **_days("event", assessment.happened),
        **_placed(article, claim),
        **_assessed(assessment),
    }


def assessed_columns(assessment: Assessment, thread_ids: Mapping[str, int]) -> dict[str, Any]:
    """The columns that assessment fills; `thread_ids` by the key of the thread."""
    return _assessed(assessment) | {"thread_id": thread_ids.get(assessment.thread_key or "")}


def claim_of(row: Mapping[str, Any]) -> Claim:
    """The claim that a row of `flagged_items` holds, as a reviewer may have corrected it."""
    plain: dict[str, Any] = {name: row[name] for name in ("evidence", "asked", "quantity", "attribution", "score")}
    plain |= {name: tuple(row[name]) for name in (*CODE_ROLES, "rules")}
    return Claim(
        category=Category(row["category"]),
        act=Act(row["act"]),
        measure=Measure(row["measure"]),
        modality=Modality(row["modality"]),
        field=row["evidence_field"],
        start=row["evidence_start"],
        end=row["evidence_end"],
        quantities=tuple(map(_quantity_of, row["quantities"])),
        marks=tuple(Mark(**mark) for mark in row["marks"]),
        period=_iso(row["period_from"], row["period_to"]),
        event_date=_iso(row["event_from"], row["event_to"]),
        **plain,
    )


def _quantity_of(row: Mapping[str, Any]) -> Quantity:
    normalised = row.get("normalised")
    amount = Amount(**normalised) if normalised else None
    kept = {name: row[name] for name in ("value", "unit", "text", "start", "end", "comparator")}
    return Quantity(**kept, upper=row.get("upper"), normalised=amount)


def _iso(first: date | None, last: date | None) -> str | None:
    """Days as the codebook writes them; a month or a year comes back as its first and last day, which is the same."""
    if first is None or last is None:
        return None
    return str(first) if first == last else f"{first}/{last}"


def _item_key(article: Article, claim: Claim, seen: Counter[str]) -> str:
    """The same for the same claim in every version of the article and every later reading of it."""
    parts = (article.feed_key, article.guid, " ".join(fold(claim.evidence).split()))
    told = "\0".join((*parts, claim.category, claim.act, claim.measure))
    seen[told] += 1
    return sha256(f"{told}\0{seen[told]}".encode()).hexdigest()


def _claimed(claim: Claim) -> dict[str, Any]:
    return {
        "category": claim.category.value,
        "act": claim.act.value,
        "measure": claim.measure.value,
        "modality": claim.modality.value,
        "actor": list(claim.actor),
        "addressee": list(claim.addressee),
        "target": list(claim.target),
        "commodity": list(claim.commodity),
        "asked": claim.asked,
        "quantity": claim.quantity,
        "quantities": [quantity_json(quantity) for quantity in claim.quantities],
        "attribution": claim.attribution,
        "marks": [{name: getattr(mark, name) for name in _MARKS} for mark in claim.marks],
        "rules": list(claim.rules),
        "score": claim.score,
    }


_MARKS = ("start", "end", "role", "gloss", "code")


def _placed(article: Article, claim: Claim) -> dict[str, Any]:
    return {
        "evidence": claim.evidence,
        "evidence_field": claim.field,
        "evidence_start": claim.start,
        "evidence_end": claim.end,
        "headline": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "feed_key": article.feed_key,
        "language": article.language,
        "published_at": article.published_at,
    }


def _assessed(assessment: Assessment) -> dict[str, Any]:
    return {
        "step_key": assessment.step_key,
        "is_main": assessment.is_main,
        "quota_id": assessment.quota_id,
        "share_of_quota": assessment.share,
        "share_of_quota_low": assessment.share_low,
        "share_of_quota_high": assessment.share_high,
        "findings": [{"check": finding.check, "message": finding.message} for finding in assessment.findings],
        "priority": assessment.priority,
        "priority_reasons": list(assessment.reasons),
    }


def _amount(quantity: Quantity | None, barrels: Amount | None) -> dict[str, Any]:
    low, high = bounds_of(barrels) if barrels else (None, None)
    return {
        "quantity_value": quantity.value if quantity else None,
        "quantity_unit": quantity.unit if quantity else None,
        "quantity_bbl": barrels.value if barrels else None,
        "quantity_bbl_low": low,
        "quantity_bbl_high": high,
    }


def _days(name: str, span: Span | None) -> dict[str, Any]:
    return {f"{name}_from": span and span.first, f"{name}_to": span and span.last}
