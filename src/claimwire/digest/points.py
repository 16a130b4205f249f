"""One flagged item as a reader sees it: gist, evidence with its matched words, facts and links."""

from typing import Any
from urllib.parse import urlsplit

from claimwire.digest.content import Point
from claimwire.digest.marks import matches_of, pieces_of, words_of
from claimwire.digest.wording import Wording, fill, is_right_to_left, one_line


def point_of(item: Any, wording: Wording, desk_url: str, publishers: int) -> Point:
    """The item, a row of `briefing.whole_items`, in words; `publishers` is how many carry it in this digest."""
    when = wording.moment(item.published_at) if item.published_at else ""
    told_by = ", ".join(filter(None, (one_line(item.publisher, 80), when)))
    headline = "" if item.evidence_field == "title" else one_line(item.headline, 240)  # the evidence says it already
    matches = matches_of(item, wording)
    return Point(
        item_id=item.id,
        gist=wording.gist(item),
        category=wording.labels.categories[item.category],
        who=wording.who(item),
        facts=tuple(_facts(item, wording, publishers)),
        findings=tuple(one_line(finding.get("message"), 300) for finding in item.findings if finding.get("message")),
        pieces=pieces_of(item.evidence, matches),
        direction="rtl" if is_right_to_left(item.evidence) else "ltr",
        language=item.language,
        matched=words_of(item.evidence, matches),
        credit=" — ".join(filter(None, (headline, told_by))),
        desk_url=f"{desk_url}/items/{item.id}",
        source_url=web_url(item.url),
    )


def web_url(url: str) -> str:
    """The address if a browser may be sent there, else nothing: no `javascript:`, no `data:`."""
    clean = one_line(url, 2000)
    try:
        parts = urlsplit(clean)
    except ValueError:
        return ""
    is_plain = parts.scheme in {"http", "https"} and bool(parts.hostname) and not set(clean) & set(' <>"')
    return clean if is_plain else ""


def _facts(item: Any, wording: Wording, publishers: int) -> list[str]:
    phrases = wording.phrases
    facts = [one_line(item.quantity, 120)] if item.quantity else []
    if item.share_of_quota is not None:
        facts.append(fill(phrases.share, share=_share_text(item, wording)))
    if item.quota_id:
        facts.append(_cap_text(item, wording))
    facts.append(wording.count(phrases.origins, item.origins))
    carriers = max(publishers, item.carriers or 1)
    return facts + ([wording.count(phrases.publishers, carriers)] if carriers > 1 else [])


def _cap_text(item: Any, wording: Wording) -> str:
    limit = one_line(item.limit_text, 80)
    if item.limit_value is not None:
        limit = f"{wording.number(item.limit_value)} {item.limit_unit or ''}".strip()
    told = ", ".join(filter(None, (limit, one_line(item.quota_period, 40))))
    cap = f"{wording.phrases.cap} {item.quota_id}"
    return f"{cap}{wording.phrases.colon}{told}" if told else cap


def _share_text(item: Any, wording: Wording) -> str:
    low, high = item.share_of_quota_low, item.share_of_quota_high
    if low is not None and high is not None and wording.percent(low) != wording.percent(high):
        return f"{wording.percent(low)}–{wording.percent(high)}"
    return wording.percent(item.share_of_quota)
