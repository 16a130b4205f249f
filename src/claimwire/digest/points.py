"""One flagged item as a reader sees it: gist, evidence with its matched words, facts and links."""

from typing import Any
from urllib.parse import urlsplit

from claimwire.catalog.labels import Labels
from claimwire.digest.content import Piece, Point
from claimwire.digest.wording import Wording, is_right_to_left, one_line

EVIDENCE_LIMIT = 600  # characters; the longest sentences of law texts would fill the screen


def point_of(item: Any, wording: Wording, desk_url: str, publishers: int) -> Point:
    """The item, a row of `briefing.whole_items`, in words; `publishers` is how many carry it in this digest."""
    headline = one_line(item.headline, 240) or wording.phrases.untitled
    when = wording.moment(item.published_at) if item.published_at else ""
    return Point(
        item_id=item.id,
        gist=wording.gist(item),
        category=wording.labels.categories[item.category],
        who=wording.who(item),
        facts=tuple(_facts(item, wording, publishers)),
        findings=tuple(one_line(finding.get("message"), 300) for finding in item.findings if finding.get("message")),
        pieces=tuple(evidence_pieces(item, wording.labels)),
        direction="rtl" if is_right_to_left(item.evidence) else "ltr",
        language=item.language,
        matched=tuple(_matched(item, wording.labels)),
        headline=headline,
        credit=", ".join(filter(None, (one_line(item.publisher, 80), when))),
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


def evidence_pieces(item: Any, labels: Labels) -> list[Piece]:
    """The sentence cut at its marks; marks that overlap an earlier one are left out."""
    text, pieces, at = item.evidence, [], 0
    for mark in _marks(item):
        start, end = mark["start"] - item.evidence_start, mark["end"] - item.evidence_start
        if at <= start < end <= len(text):
            pieces += [Piece(text[at:start]), Piece(text[start:end], _told(mark, labels))]
            at = end
    pieces.append(Piece(text[at:]))
    return _cut([Piece(_keep_edges(piece.text), piece.role) for piece in pieces if piece.text])


def _marks(item: Any) -> list[dict[str, Any]]:
    marks = [mark for mark in item.marks or () if {"start", "end", "role"} <= set(mark)]
    return sorted(marks, key=lambda mark: (mark["start"], -mark["end"]))


def _told(mark: dict[str, Any], labels: Labels) -> str:
    """The role that a word plays and what it means: "act: ask"."""
    gloss = one_line(mark.get("gloss") or mark.get("code"), 60)
    role = labels.roles.get(mark["role"], mark["role"])
    return f"{role}{labels.phrases.colon}{gloss}" if gloss and gloss != role else role


def _keep_edges(text: str) -> str:
    """One line, but with the blanks at its edges, which part it from its neighbours."""
    line = one_line(text)
    return (" " if text[:1].isspace() else "") + line + (" " if line and text[-1:].isspace() else "")


def _cut(pieces: list[Piece]) -> list[Piece]:
    room = EVIDENCE_LIMIT
    kept: list[Piece] = []
    for piece in pieces:
        if len(piece.text) > room:
            return [*kept, Piece(piece.text[:room].rstrip() + "…", piece.role)]
        kept.append(piece)
        room -= len(piece.text)
    return kept


def _matched(item: Any, labels: Labels) -> list[str]:
    found = {}
    for mark in _marks(item):
        start, end = mark["start"] - item.evidence_start, mark["end"] - item.evidence_start
        word = one_line(item.evidence[start:end], 60) if 0 <= start < end <= len(item.evidence) else ""
        if word:
            found[word.casefold()] = f"“{word}” ({_told(mark, labels)})"
    return list(found.values())[:12]


def _facts(item: Any, wording: Wording, publishers: int) -> list[str]:
    phrases = wording.phrases
    facts = [one_line(item.quantity, 120)] if item.quantity else []
    if item.share_of_quota is not None:
        facts.append(f"{phrases.share.replace('{share}', _share_text(item, wording))}")
    if item.quota_id:
        limit = (
            f"{wording.number(item.limit_value)} {item.limit_unit or ''}"
            if item.limit_value is not None
            else one_line(item.limit_text, 80)
        )
        period = one_line(item.quota_period, 40)
        facts.append(
            f"{phrases.cap} {item.quota_id}"
            + (f"{phrases.colon}{limit.strip()}" if limit else "")
            + (f", {period}" if period else "")
        )
    facts.append(wording.count(phrases.origins, item.origins))
    carriers = max(publishers, item.carriers or 1)
    return facts + ([wording.count(phrases.publishers, carriers)] if carriers > 1 else [])


def _share_text(item: Any, wording: Wording) -> str:
    low, high = item.share_of_quota_low, item.share_of_quota_high
    if low is not None and high is not None and wording.percent(low) != wording.percent(high):
        return f"{wording.percent(low)}–{wording.percent(high)}"
    return wording.percent(item.share_of_quota)
