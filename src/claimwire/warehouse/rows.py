"""A claim, its article and its assessment as one row of `flagged_items`."""

from collections import Counter
from hashlib import sha256
from typing import Any

from claimwire.assess.assessment import Assessment, Span
from claimwire.assess.caps import bounds_of
from claimwire.model import Amount, Article, Claim, Quantity
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


def _item_key(article: Article, claim: Claim, seen: Counter[str]) -> str:
    """The same for the same claim in every version of the article and every later reading of it."""
    parts = (article.feed_key, article.guid, " ".join(fold(claim.evidence).split()))
    told = "\0".join((*parts, claim.category, claim.act, claim.measure))
    seen[told] += 1
    return sha256(f"{told}\0{seen[told]}".encode()).hexdigest()


def _claimed(claim: Claim) -> dict[str, Any]:
    said = claim.to_json()
    plain = {name: str(said[name]) for name in ("category", "act", "measure", "modality")}
    lists = {name: said[name] for name in (*CODE_ROLES, "rules", "marks", "quantities")}
    return plain | lists | {name: said[name] for name in ("asked", "quantity", "attribution", "score")}


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
