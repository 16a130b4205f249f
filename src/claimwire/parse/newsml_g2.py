"""NewsML-G2: newsItem, packageItem, and newsMessage that carries several.

Source: IPTC NewsML-G2 specification 2.x. Namespaces are put aside, so that items of the older 2006 drafts read too.
"""

from collections.abc import Iterator

from claimwire.model import Entry
from claimwire.parse import nitf
from claimwire.parse.reading.status import status_of, subject_code, urgency_of, with_embargo
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

_ITEMS = ("newsItem", "packageItem")
_ROOTS = frozenset({*_ITEMS, "newsMessage"})
_MINOR = ("sub", "short", "kicker", "overline", "seo", "print")  # of headlines with roles, these come last


def recognises(wire: Wire) -> bool:
    """Whether the first element is an item, a package or a message of NewsML-G2."""
    return wire.root in _ROOTS


def read(wire: Wire) -> list[Entry]:
    """One entry an item; concepts and plans are not news and give none.

    Raises:
        ParseError: broken or cut-short XML.
    """
    root = read_xml(wire)
    return [_entry(item, wire) for item in root.iter(*_ITEMS)]


def _entry(item: Element, wire: Wire) -> Entry:
    meta, content = item.find("itemMeta"), item.find("contentMeta")
    story, html, text = _body(item)
    first = parse_time(find_text(meta, "firstCreated") or find_text(content, "contentCreated"), wire.zone)
    current = parse_time(find_text(meta, "versionCreated") or find_text(content, "contentModified"), wire.zone)
    embargo = parse_time(find_text(meta, "embargoed"), wire.zone)
    return Entry(
        guid=item.get("guid", ""),
        format="newsml_g2",
        version=item.get("version", ""),
        status=with_embargo(_status(meta), embargo, current or first),
        url=find_attribute(meta, "href", "link[@rel='irel:isTranslationOf']", "link[@rel='itemrel:web']"),
        title=_headline(content) or find_text(item, "itemMeta/title", "groupSet/group/title") or _inner_title(story),
        summary=_summary(content),
        text=text,
        html=html,
        language=find_attribute(content, "tag", "language") or language_of(content, story, item),
        published_at=first or current,
        updated_at=current,
        dateline=_dateline(content) or nitf.dateline_of(story),
        byline=_bylines(content) or nitf.byline_of(story),
        credit=find_text(content, "creditline") or _named(content, "infoSource"),
        urgency=urgency_of(find_text(content, "urgency") or find_text(item, "../../header/priority")),
        subjects=tuple(dict.fromkeys(_subjects(content))),
        keywords=keywords_of(all_text(one) for one in _all(content, "keyword")),
        note=" ".join(all_text(one) for one in _all(meta, "edNote")),
        embargoed_until=embargo,
        slug=find_text(content, "slugline"),
    )


def _all(element: Element | None, path: str) -> list[Element]:
    return list(element.findall(path)) if element is not None else []


def _status(meta: Element | None) -> str:
    """From `pubStatus`, and from a `signal` that calls the item a correction."""
    parts = [*_all(meta, "pubStatus"), *_all(meta, "signal")]
    return status_of(*(part.get("qcode") or part.get("uri") or "" for part in parts))


def _headline(content: Element | None) -> str:
    """The headline without a role, or with the one that sounds most like the main one."""
    headlines = [one for one in _all(content, "headline") if all_text(one)]
    headlines.sort(key=lambda one: any(word in one.get("role", "").lower() for word in _MINOR))
    return all_text(headlines[0]) if headlines else ""


def _summary(content: Element | None) -> str:
    described = [one for one in _all(content, "description") if all_text(one)]
    described.sort(key=lambda one: "summary" not in one.get("role", ""))
    return body_of(described[0])[1] if described else ""


def _body(item: Element) -> tuple[Element | None, str, str]:
    """The element that holds the story, its markup and its text; packages and pictures have none."""
    for inline in item.findall("contentSet/inlineXML"):
        story = next(inline.iter("nitf", "html", "body"), inline)
        body = next(story.iter("body.content"), None)
        if body is None:
            body = next(story.iter("body"), story)
        return (story, *body_of(body))
    for inline in item.findall("contentSet/inlineData"):
        return (inline, *body_of(inline))
    return None, "", ""


def _inner_title(story: Element | None) -> str:
    return find_text(story, ".//hl1", "head/title", ".//h1")


def _dateline(content: Element | None) -> str:
    return find_text(content, "dateline") or find_text(content, "located/name") or _named(content, "located")


def _named(content: Element | None, path: str) -> str:
    """A party's or place's name: written out, or its literal."""
    return find_text(content, f"{path}/name") or find_attribute(content, "literal", path)


def _bylines(content: Element | None) -> str:
    return ", ".join(keywords_of(all_text(one) for one in _all(content, "by"))) or _named(content, "creator")


def _subjects(content: Element | None) -> Iterator[str]:
    for subject in _all(content, "subject"):
        raw = subject.get("qcode") or subject.get("uri") or ""
        if raw:
            yield subject_code(raw)
        yield from (subject_code(same.get("qcode")) for same in subject.findall("sameAs") if same.get("qcode"))
