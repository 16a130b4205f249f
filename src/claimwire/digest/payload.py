"""A digest as JSON for programs: codes instead of words, the schema's version first."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from claimwire.digest.content import Content, Line
from claimwire.digest.points import web_url
from claimwire.warehouse.digests import Stored

SCHEMA = "claimwire.digest.v1"

_FIELDS = (
    *("id", "category", "act", "actor", "addressee", "target", "measure", "asked", "commodity", "quantity"),
    *("period_from", "period_to", "event_from", "event_to", "modality", "attribution", "evidence", "headline"),
    *("publisher", "language", "published_at", "quota_id", "share_of_quota", "findings", "origins", "score"),
    *("priority", "review_status"),
)


def payload_of(stored: Stored, content: Content, items: Iterable[Any], desk_url: str) -> dict[str, Any]:
    """What web hooks are sent: plain JSON values only; times as ISO 8601."""
    return {
        "schema": SCHEMA,
        "id": stored.message_id.strip("<>"),
        "subscription": stored.subscription_key,
        "kind": stored.kind,
        "day": stored.day.isoformat(),
        "window": [stored.window_from.isoformat(), stored.window_to.isoformat()],
        "subject": stored.subject,
        "counts": content.counts,
        "in_short": list(content.in_short),
        "items": [_item(item, desk_url) for item in items],
        "left_out": len(stored.item_ids) - len(content.shown_ids),
        "changes": list(map(_line, content.changes)),
        "open_requests": list(map(_line, content.requests)),
        "calendar": list(map(_line, content.dates)),
        "feeds_read": content.feeds_read,
    }


def _item(item: Any, desk_url: str) -> dict[str, Any]:
    row = {name: _plain(getattr(item, name)) for name in _FIELDS}
    return row | {"url": web_url(item.url), "desk_url": f"{desk_url}/items/{item.id}"}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value


def _line(line: Line) -> dict[str, str]:
    return {"when": line.when, "text": line.text, "note": line.note, "url": line.url}
