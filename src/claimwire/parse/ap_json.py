"""The JSON of a media API: an envelope whose `data` holds one `item` or many `items`, each much like ninjs."""

from collections.abc import Mapping
from typing import Any

from claimwire.model import Entry
from claimwire.parse.reading.json import line_in, list_in, text_in, texts_in
from claimwire.parse.reading.status import CORRECTED, USABLE, status_of, subject_code, urgency_of, with_embargo
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import html_to_text
from claimwire.text.times import parse_time


def recognises(wire: Wire) -> bool:
    """Whether there is a `data` with `item` or `items`."""
    data = wire.json.get("data") if isinstance(wire.json, Mapping) else None
    return isinstance(data, Mapping) and ("item" in data or "items" in data)


def read(wire: Wire) -> list[Entry]:
    """Entries in the envelope's order, pictures by their caption included."""
    data = wire.json["data"]
    holders = [data] if isinstance(data.get("item"), Mapping) else list_in(data, "items")
    items = (holder.get("item", holder) for holder in holders if isinstance(holder, Mapping))
    return [_entry(item, wire) for item in items if isinstance(item, Mapping)]


def _entry(item: Mapping[str, Any], wire: Wire) -> Entry:
    html = _body(item, wire)
    first = parse_time(text_in(item, "firstcreated"), wire.zone)
    current = parse_time(text_in(item, "versioncreated"), wire.zone)
    embargo = parse_time(text_in(item, "embargoed"), wire.zone)
    summary = html_to_text(text_in(item, "description_summary", "headline_extended", "description_caption"))
    return Entry(
        guid=text_in(item.get("altids"), "itemid") or text_in(item, "uri"),
        format="ap_json",
        version=text_in(item, "version"),
        status=with_embargo(_status(item), embargo, current or first),
        url=next(texts_in(item, "links", "href"), ""),
        title=line_in(item, "headline", "title", "headline_extended"),
        summary=summary,
        text=html_to_text(html) or summary,
        html=html,
        language=text_in(item, "language"),
        published_at=first or current,
        updated_at=current,
        dateline=text_in(item, "located") or _place(item),
        byline=", ".join(_bylines(item)),
        credit=text_in(item, "creditline", "description_creditline")
        or ", ".join(texts_in(item, "infosource", "name"))
        or text_in(item, "copyrightholder"),
        urgency=urgency_of(text_in(item, "urgency", "editorialpriority")),
        subjects=tuple(dict.fromkeys(_subjects(item))),
        keywords=tuple(dict.fromkeys(texts_in(item, "keywords", "name"))),
        note=line_in(item, "ednote"),
        embargoed_until=embargo,
        slug=text_in(item, "slugline"),
    )


def _body(item: Mapping[str, Any], wire: Wire) -> str:
    """The story's markup: in the item, or fetched beside it under `nitf`."""
    beside = wire.json.get("nitf")
    return text_in(item, "body_nitf", "body_html", "body_text") or text_in(beside, "body_html", "body_nitf")


def _status(item: Mapping[str, Any]) -> str:
    status = status_of(text_in(item, "pubstatus"))
    signals = (*texts_in(item, "editorial_types"), *texts_in(item, "signals"))
    return CORRECTED if status == USABLE and status_of(*signals) == CORRECTED else status


def _place(item: Mapping[str, Any]) -> str:
    return text_in(item.get("datelinelocation"), "city", "countryareaname", "countryname")


def _bylines(item: Mapping[str, Any]) -> list[str]:
    return [*texts_in(item, "bylines", "name", "by"), *texts_in(item, "photographer", "name")]


def _subjects(item: Mapping[str, Any]) -> list[str]:
    given = (subject for subject in list_in(item, "subject") if isinstance(subject, Mapping))
    codes = (subject_code(text_in(one, "code", "name"), text_in(one, "scheme")) for one in given)
    return [code for code in codes if code]
