"""NewsML 1.x: items, nested items, components within components.

Source: IPTC NewsML 1.2 functional specification.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from claimwire.model import Entry
from claimwire.parse import nitf
from claimwire.parse.reading.status import CORRECTED, USABLE, status_of, subject_code, urgency_of, with_embargo
from claimwire.parse.reading.wire import Wire
from claimwire.parse.reading.xml import Element, all_text, body_of, find_attribute, keywords_of, language_of, read_xml
from claimwire.text.times import parse_time

_SUBJECTS = ("SubjectDetail", "SubjectMatter", "Subject")
_NOT_TEXT = ("photo", "picture", "graphic", "video", "audio", "image")


def recognises(wire: Wire) -> bool:
    """Whether the first element is `NewsML`."""
    return wire.root == "NewsML"


def read(wire: Wire) -> list[Entry]:
    """One entry a NewsItem, nested ones included; items that only point elsewhere give none.

    Raises:
        ParseError: broken or cut-short XML.
    """
    root = read_xml(wire)
    envelope = root.find("NewsEnvelope")
    return [_entry(item, envelope, wire) for item in root.iter("NewsItem") if item.find("NewsComponent") is not None]


def _entry(item: Element, envelope: Element | None, wire: Wire) -> Entry:
    own = _Own(item)
    story, html, text = own.story()
    first = parse_time(own.text("FirstCreated"), wire.zone)
    current = parse_time(own.text("ThisRevisionCreated"), wire.zone)
    sent = parse_time(_text(envelope, "DateAndTime") or own.text("DateId"), wire.zone)
    embargo = _embargo(own, wire)
    return Entry(
        guid=_lasting(own.text("PublicIdentifier")) or own.text("NewsItemId") or item.get("Duid", ""),
        format="newsml_1",
        version=own.text("RevisionId"),
        status=with_embargo(_status(own), embargo, current or first or sent),
        title=own.text("HeadLine") or _nitf_headline(story) or own.text("NewsLineText"),
        summary=own.text("Abstract", "SubHeadLine"),
        text=text,
        html=html,
        language=own.attribute("FormalName", "Language") or own.language(story),
        published_at=first or current or sent,
        updated_at=current,
        dateline=own.text("DateLine") or nitf.dateline_of(story),
        byline=own.text("ByLine") or nitf.byline_of(story),
        credit=own.text("CreditLine") or own.attribute("FormalName", "Provider/Party", "Source/Party"),
        urgency=urgency_of(
            own.attribute("FormalName", "Urgency")
            or find_attribute(envelope, "FormalName", "Priority")
            or _text(envelope, "Priority")
        ),
        subjects=tuple(dict.fromkeys(subject_code(code) for code in own.attributes("FormalName", *_SUBJECTS))),
        keywords=keywords_of(iter((*own.texts("KeywordLine"), *own.properties("Keyword")))),
        note=" ".join(own.texts("EdNote", "Instruction", "Comment")),
        embargoed_until=embargo,
        slug=own.text("SlugLine") or own.text("NameLabel"),
    )


class _Own:
    """An item's own elements: those that are not of an item nested in it, nor of a picture beside its text."""

    def __init__(self, item: Element) -> None:
        self._item = item
        self._beside: set[Element] = set()
        contents = list(self.elements("ContentItem"))
        texts = {content.getparent() for content in contents if not self._is_picture(content)}
        if texts:
            self._beside = {content.getparent() for content in contents} - texts - {item.find("NewsComponent")}

    def elements(self, *names: str) -> Iterator[Element]:
        """Own descendants of these names, in the file's order."""
        for element in self._item.iter(*names):
            around = list(element.iterancestors("NewsItem", "NewsComponent"))
            is_own = next((one for one in around if one.tag == "NewsItem"), None) is self._item
            if is_own and self._beside.isdisjoint(around):
                yield element

    def texts(self, *names: str) -> list[str]:
        """Texts of those that have any."""
        return [text for element in self.elements(*names) if (text := all_text(element))]

    def text(self, *names: str) -> str:
        """The first text, in the names' order; "" where none."""
        return next((text for name in names for text in self.texts(name)), "")

    def attributes(self, attribute: str, *paths: str) -> Iterator[str]:
        """The attribute on elements of these names, or on `Child` in them for `Name/Child`."""
        for path in paths:
            name, _, child = path.partition("/")
            for element in self.elements(name):
                for one in element.iter(child) if child else (element,):
                    if value := (one.get(attribute) or "").strip():
                        yield value

    def attribute(self, attribute: str, *paths: str) -> str:
        """The first of them; "" where none."""
        return next(self.attributes(attribute, *paths), "")

    def properties(self, formal_name: str) -> list[str]:
        """Values of `<Property FormalName=… Value=…>`."""
        return [one.get("Value", "") for one in self.elements("Property") if one.get("FormalName") == formal_name]

    def language(self, story: Element | None) -> str:
        """From the story outwards."""
        return language_of(story, *self.elements("ContentItem", "NewsComponent"), self._item)

    def story(self) -> tuple[Element | None, str, str]:
        """The data content with the longest text, as element, markup and text."""
        found = [self._read(one) for one in self.elements("ContentItem") if not self._is_picture(one)]
        return max(found, key=lambda read: len(read[2]), default=(None, "", ""))

    @staticmethod
    def _is_picture(content: Element) -> bool:
        kind = find_attribute(content, "FormalName", "MediaType").lower()
        return any(word in kind for word in _NOT_TEXT)

    @staticmethod
    def _read(content: Element) -> tuple[Element | None, str, str]:
        data = content.find("DataContent")
        if data is None:
            return None, "", ""
        body = next(data.iter("body.content", "body"), data)
        inner = next(body.iter("body.content"), body)
        return (data, *body_of(inner))


def _lasting(identifier: str) -> str:
    """A public identifier without the revision at its end, so that all versions of an item bear one name."""
    return re.sub(r"(?<=[^:]:)\d+[A-Z]?$", "", identifier).rstrip(":")


def _text(element: Element | None, name: str) -> str:
    found = element.find(name) if element is not None else None
    return all_text(found) if found is not None else ""


def _nitf_headline(story: Element | None) -> str:
    found = story.find(".//hl1") if story is not None else None
    return all_text(found) if found is not None else ""


def _status(own: _Own) -> str:
    status = status_of(own.attribute("FormalName", "Status"))
    instructions = (*own.attributes("FormalName", "Instruction"), own.attribute("FormalName", "NewsItemType"))
    is_corrected = status == USABLE and status_of(*instructions) == CORRECTED
    return CORRECTED if is_corrected else status


def _embargo(own: _Own, wire: Wire) -> datetime | None:
    """When an embargoed item becomes usable."""
    for change in own.elements("StatusWillChange"):
        if status_of(find_attribute(change, "FormalName", "FutureStatus")) == USABLE:
            return parse_time(_text(change, "DateAndTime"), wire.zone)
    return None
