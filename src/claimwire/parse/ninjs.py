"""ninjs, news in JSON: versions 1 (flat) and 2 (lists of headlines, bodies, descriptions), alone or many.

Source: IPTC ninjs 1.4 and 2.1.
"""

from collections.abc import Mapping
from typing import Any

from claimwire.model import Entry
from claimwire.parse.reading.json import line_in, list_in, text_in, texts_in
from claimwire.parse.reading.status import CORRECTED, USABLE, status_of, subject_code, urgency_of, with_embargo
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import html_to_text, unwrap_lines
from claimwire.text.times import parse_time

_OWN_KEYS = frozenset({"headline", "headlines", "body_text", "body_html", "bodies", "versioncreated", "pubstatus"})


def recognises(wire: Wire) -> bool:
    """Whether it is an object, or a list of such, with a `uri` and a key of ninjs."""
    return any(_is_item(item) for item in _items(wire.json))


def read(wire: Wire) -> list[Entry]:
    """One entry an item; what items are associated with (pictures mostly) gives none."""
    return [_entry(item, wire) for item in _items(wire.json) if _is_item(item)]


def _items(value: Any) -> list[Any]:
    if isinstance(value, list):
        return value
    return next((list_in(value, key) for key in ("_items", "items") if list_in(value, key)), [value])


def _is_item(item: Any) -> bool:
    has_name = isinstance(item, Mapping) and bool(text_in(item, "uri", "guid"))
    return has_name and not _OWN_KEYS.isdisjoint(item)


def _entry(item: Mapping[str, Any], wire: Wire) -> Entry:
    html, text = _body(item)
    first = parse_time(text_in(item, "firstcreated", "contentcreated"), wire.zone)
    current = parse_time(text_in(item, "versioncreated"), wire.zone)
    embargo = parse_time(text_in(item, "embargoed"), wire.zone)
    return Entry(
        guid=text_in(item, "uri", "guid"),
        format="ninjs",
        version=text_in(item, "version"),
        status=with_embargo(_status(item), embargo, current or first),
        url=_web_address(item),
        title=line_in(item, "headline") or line_in(_main(item, "headlines"), "value") or line_in(item, "title", "name"),
        summary=html_to_text(text_in(item, "description_text", "description_html"))
        or html_to_text(text_in(_main(item, "descriptions"), "value")),
        text=text,
        html=html,
        language=text_in(item, "language"),
        published_at=first or current,
        updated_at=current,
        dateline=text_in(item, "dateline", "located") or text_in(item.get("dateline"), "text") or _place(item),
        byline=text_in(item, "byline", "by") or ", ".join(texts_in(item, "authors", "name")),
        credit=text_in(item, "creditline", "copyrightholder", "source")
        or ", ".join(texts_in(item, "infosource", "name", "literal")),
        urgency=urgency_of(text_in(item, "urgency")),
        subjects=tuple(dict.fromkeys(code for one in _subjects(item) if (code := _code(one)))),
        keywords=tuple(dict.fromkeys(texts_in(item, "keywords", "name"))),
        note=line_in(item, "ednote", "edNote"),
        embargoed_until=embargo,
        slug=text_in(item, "slugline"),
    )


def _body(item: Mapping[str, Any]) -> tuple[str, str]:
    html = text_in(item, "body_html", "body_xhtml")
    if html:
        return html, html_to_text(html)
    plain = text_in(item, "body_text")
    if plain:
        return "", unwrap_lines(plain)
    bodies = [body for body in list_in(item, "bodies") if text_in(body, "value")]
    marked = next((body for body in bodies if "html" in text_in(body, "contenttype")), None)
    if marked:
        return text_in(marked, "value"), html_to_text(text_in(marked, "value"))
    return "", unwrap_lines(text_in(bodies[0], "value")) if bodies else ""


def _main(item: Mapping[str, Any], key: str) -> Any:
    """Of a list with roles, the one called main, else the first."""
    given = [one for one in list_in(item, key) if text_in(one, "value")]
    return next((one for one in given if "main" in text_in(one, "role").lower()), given[0] if given else None)


def _status(item: Mapping[str, Any]) -> str:
    status = status_of(text_in(item, "pubstatus"))
    signals = (*texts_in(item, "signals", "code", "qcode", "name"), text_in(item, "signal"))
    return CORRECTED if status == USABLE and status_of(*signals) == CORRECTED else status


def _web_address(item: Mapping[str, Any]) -> str:
    """Where the public can read it; never the address of the interface that served it."""
    return next(
        (address for address in (text_in(item, "url"), text_in(item, "link")) if address.startswith("http")), ""
    )


def _place(item: Mapping[str, Any]) -> str:
    return next(texts_in(item.get("dateline"), "located", "city", "name"), "") or next(
        texts_in(item, "located", "name", "city"), ""
    )


def _subjects(item: Mapping[str, Any]) -> list[Any]:
    return list_in(item, "subject") + list_in(item, "subjects")


def _code(subject: Any) -> str:
    """Code of a subject, or its name where it has none."""
    return subject_code(text_in(subject, "code", "qcode", "uri", "name"), text_in(subject, "scheme", "rel"))
