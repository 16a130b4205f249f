"""NITF, the News Industry Text Format: one story a file, or a story inside another agency format.

Source: IPTC NITF 3.x. Many agencies' dialects put the headline into the title, or no date but in the dateline.
"""

from datetime import datetime, timedelta

from claimwire.model import Entry
from claimwire.parse.reading.status import CORRECTED, USABLE, status_of, subject_code, urgency_of, with_embargo
from claimwire.parse.reading.wire import Wire
from claimwire.parse.reading.xml import (
    Element,
    all_text,
    body_of,
    find_attribute,
    find_text,
    keywords_of,
    language_of,
    read_xml,
)
from claimwire.text.times import parse_time

_HEAD = "body/body.head"
_BODIES = ("body/body.content", "body.content", "body/block", "body")
_DOC = "head/docdata"
_SUBJECT = "tobject.subject"
_TRANSMISSION = timedelta(minutes=15)


def recognises(wire: Wire) -> bool:
    """Whether the first element is `nitf`."""
    return wire.root == "nitf"


def read(wire: Wire) -> list[Entry]:
    """The file's one story.

    Raises:
        ParseError: broken or cut-short XML.
    """
    return [_entry(read_xml(wire), wire)]


def _entry(root: Element, wire: Wire) -> Entry:
    body = next((found for path in _BODIES if (found := root.find(path)) is not None), None)
    html, text = body_of(body) if body is not None else ("", "")
    issued = _time(root, wire, "date.issue") or parse_time(find_attribute(root, "norm", f"{_HEAD}/dateline/story.date"))
    released = _time(root, wire, "date.release")
    told = find_attribute(root, "date.publication", "head/pubdata") or _meta(root, "publication-date", "date")
    published_at = issued or released or parse_time(told, wire.zone)
    return Entry(
        guid=find_attribute(root, "id-string", f"{_DOC}/doc-id") or root.get("uno", "") or root.get("id", ""),
        format="nitf",
        version=find_attribute(root, "version", f"{_DOC}/du-key")
        or find_attribute(root, "generation", f"{_DOC}/du-key"),
        status=with_embargo(_status(root), _embargo(issued, released), issued),
        title=find_text(root, f"{_HEAD}/hedline/hl1", "head/title", f"{_HEAD}/hedline"),
        summary=find_text(root, f"{_HEAD}/abstract", f"{_HEAD}/hedline/hl2"),
        text=text,
        html=html,
        language=language_of(root, root.find("body"), body) or _meta(root, "language", "lang"),
        published_at=published_at,
        updated_at=parse_time(root.get("change.date"), wire.zone) or published_at,
        dateline=dateline_of(root) or find_attribute(root, "city", f"{_DOC}/evloc"),
        byline=byline_of(root),
        credit=find_text(root, f"{_HEAD}/distributor", f"{_HEAD}/rights")
        or find_attribute(root, "holder", f"{_DOC}/doc.copyright"),
        urgency=urgency_of(find_attribute(root, "ed-urg", f"{_DOC}/urgency")),
        subjects=_subjects(root),
        keywords=keywords_of(one.get("key") or "" for one in root.findall(f"{_DOC}/key-list/keyword")),
        note=" ".join(_notes(root)),
        embargoed_until=_embargo(issued, released),
        slug=find_attribute(root, "key", f"{_DOC}/du-key") or _meta(root, "anpa-keyword", "slug", "slugline"),
    )


def dateline_of(root: Element | None) -> str:
    """The dateline of a story anywhere in NITF, in one line."""
    return find_text(root, ".//body.head/dateline")


def byline_of(root: Element | None) -> str:
    """Its bylines, joined."""
    found = root.findall(".//body.head/byline") if root is not None else []
    return ", ".join(keywords_of(" ".join(one.itertext()) for one in found))


def _time(root: Element, wire: Wire, name: str) -> datetime | None:
    return parse_time(find_attribute(root, "norm", f"{_DOC}/{name}") or find_text(root, f"{_DOC}/{name}"), wire.zone)


def _embargo(issued: datetime | None, released: datetime | None) -> datetime | None:
    """The release, where it is not merely the minutes that transmission takes."""
    return released if issued and released and released - issued > _TRANSMISSION else None


def _meta(root: Element, *names: str) -> str:
    """Content of the first `<meta>` of one of the names."""
    given = {one.get("name", "").lower(): (one.get("content") or "").strip() for one in root.findall("head/meta")}
    return next((given[name] for name in names if given.get(name)), "")


def _status(root: Element) -> str:
    status = status_of(find_attribute(root, "management-status", _DOC))
    return CORRECTED if status == USABLE and root.find(f"{_DOC}/correction") is not None else status


def _subjects(root: Element) -> tuple[str, ...]:
    refnums = (one.get(f"{_SUBJECT}.refnum") or one.get(f"{_SUBJECT}.code") or "" for one in root.iter(_SUBJECT))
    coded = (one.get("idsrc", "") + ":" + one.get("value", "") for one in root.iter("classifier") if one.get("value"))
    return tuple(dict.fromkeys(subject_code(raw) for raw in (*refnums, *coded) if raw.strip()))


def _notes(root: Element) -> list[str]:
    messages = [one.get("info") or all_text(one) for one in root.findall(f"{_DOC}/ed-msg")]
    corrections = [one.get("info") or "" for one in root.findall(f"{_DOC}/correction")]
    written = [all_text(one) for one in root.findall(f"{_HEAD}/note")]
    return [note.strip() for note in (*messages, *corrections, *written) if note and note.strip()]
