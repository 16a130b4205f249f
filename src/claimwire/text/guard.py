"""Refuses markup that would hurt a parser, before any parser sees it.

Every parser in reach (expat, libxml2, lexbor) looks up each attribute of a tag among those before it: 100,000
attributes on one tag, 1.3 MB, cost 164 s. Counting them first costs a millisecond a page.
"""

import re

from claimwire.errors import RefusedBytes

MAX_ATTRIBUTES = 1000
"""More than any tag has in life (the longest seen on 922 news pages had 328) and cheap for every parser."""

_ATTRIBUTE = rb"""[\s/]*+[^\s/<>=][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|(?=>)))?+"""
_FLOOD = rb"(?P<flood><[a-zA-Z][^\s/>]*+(?:%b){%d})" % (_ATTRIBUTE, MAX_ATTRIBUTES)
_SUSPECT = re.compile(_FLOOD)
# What only looks like tags: read past it in the order a parser would, so that `i<n` in a script is no flood.
_IN_XML = re.compile(_FLOOD + rb"|<!--.*?-->|<!\[CDATA\[.*?\]\]>", re.S)
_IN_HTML = re.compile(_FLOOD + rb"|<!--(?:-?>|.*?-->)|<(script|style|textarea)\b.*?</\2", re.S | re.I)

_ENTITY = re.compile(rb"""<!ENTITY\s+(?!%)([^\s>]+)\s+(?:(SYSTEM|PUBLIC)\b|"([^"]*)"|'([^']*)')""")
_NESTED = re.compile(rb"&[^#\s;&]+;")
_LONGEST_ENTITY = 1000  # they stand for a letter or a name; a long one repeated is a bomb too
_PREDEFINED = {b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;"}


def refuse_harmful(markup: bytes, *, is_html: bool = False) -> None:
    """Passes ASCII-compatible markup that is safe to parse.

    Raises:
        RefusedBytes: for an attribute flood, an entity that reads a file, or one that expands others or is long.
    """
    if is_flooded(markup, is_html=is_html):
        raise RefusedBytes(f"a tag with {MAX_ATTRIBUTES} or more attributes: refused unread")
    if b"<!ENTITY" not in markup:
        return
    for raw_name, external, double, single in _ENTITY.findall(markup):
        name, value = raw_name[:40].decode("ascii", "replace"), double or single
        if external:
            raise RefusedBytes(f"entity {name} points outside the file: refused unread")
        if set(_NESTED.findall(value)) - _PREDEFINED or len(value) > _LONGEST_ENTITY:
            raise RefusedBytes(f"entity {name} would grow without measure: refused unread")


def is_flooded(markup: bytes, *, is_html: bool) -> bool:
    """Whether a tag has so many attributes that parsing it would take minutes."""
    if not _SUSPECT.search(markup):
        return False
    return any(found["flood"] for found in (_IN_HTML if is_html else _IN_XML).finditer(markup))


def drop_floods(markup: str) -> str:
    """HTML embedded in a feed, without the attributes that `refuse_harmful` would refuse."""
    raw = markup.encode("utf-8", "replace")
    return _SUSPECT.sub(b"<x ", raw).decode("utf-8", "replace") if is_flooded(raw, is_html=True) else markup
