"""XML of agencies: one safe way in, namespaces and prefixes put aside, text by paragraphs."""

import html
import re
from collections.abc import Iterator
from typing import Any, TypeAlias

from lxml import etree

from claimwire.errors import ParseError
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import collapse_blanks, html_to_text, unwrap_lines

Element: TypeAlias = Any  # lxml has no types of its own

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30});")
_BARE = re.compile(r"&(?!#?\w{1,31};)")
_CLOSING = re.compile(r"</(?:[\w.-]+:)?([\w.-]+)\s*>\s*(?:<!--.*?-->\s*)*$", re.S)


def read_xml(wire: Wire) -> Element:
    """The root element, with local names only.

    Forgives control characters, HTML's entities and stray ampersands; not a file cut short, since half a story that
    looks whole is worse than none.

    Raises:
        ParseError: with the line of the first fault.
    """
    source = _FORBIDDEN.sub(" ", _DECLARATION.sub("", wire.text.lstrip("\ufeff")))
    source = _BARE.sub("&amp;", _NAMED.sub(_character, source)).strip(" \t\r\n\x00")
    closing = _CLOSING.search(source[-4096:])
    if not closing or closing.group(1) != wire.root:
        raise ParseError(f"cut short: no </{wire.root}> at the end; wait for the whole file")
    parser = etree.XMLParser(
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(source.encode("utf-8"), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ParseError(f"broken XML: {error}") from error
    for element in root.iter(etree.Element):
        element.tag = element.tag.rpartition("}")[2]
    return root


def find_text(element: Element | None, *paths: str) -> str:
    """Text in one line of the first of the paths that has any; "" where none has."""
    found = (all_text(one) for path in paths for one in (element.findall(path) if element is not None else ()))
    return next((text for text in found if text), "")


def all_text(element: Element) -> str:
    """All text within, in one line."""
    return " ".join("".join(element.itertext()).split())


def find_attribute(element: Element | None, name: str, *paths: str) -> str:
    """The attribute on the first of the paths that carries it; "" where none does."""
    found = (one.get(name) for path in paths for one in (element.findall(path) if element is not None else ()))
    return next((value.strip() for value in found if value and value.strip()), "")


def body_of(element: Element) -> tuple[str, str]:
    """Markup and text of an element that holds a story: markup, escaped markup, or lines of plain text."""
    if len(element):
        markup = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
        return markup, html_to_text(markup)
    plain = element.text or ""
    if re.search(r"</?(?:p|br|div|body|html|table)\b", plain, re.I):
        return plain, html_to_text(plain)
    return "", unwrap_lines(plain)


def language_of(*elements: Element | None) -> str:
    """The first `xml:lang` (or `lang`) among the elements themselves."""
    given = (element.get(LANG) or element.get("lang") for element in elements if element is not None)
    return next((language.strip() for language in given if language), "")


def keywords_of(values: Iterator[str]) -> tuple[str, ...]:
    """Each value once, blanks collapsed, empty ones dropped."""
    return tuple(dict.fromkeys(clean for value in values if (clean := collapse_blanks(value))))


def _character(found: re.Match[str]) -> str:
    """The character of an HTML entity; an unknown name stays, as text."""
    named = html.unescape(found[0])
    return html.escape(named, quote=False) if named != found[0] else f"&amp;{found[1]};"
