"""Bytes to text: which charset a feed, a wire file or a page is really in.

Order: a byte order mark; strict UTF-8 (other encodings almost never pass it by chance); what the sender declared,
in the header before the markup; what chardet thinks. A declaration comes third since servers declare wrongly every day.
"""

import codecs
import re
from collections.abc import Iterator

import chardet

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EBCDIC = b"\x4c\x6f\xa7\x94"  # "<?xm" as mainframes write it
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_.:-]+)""")
_IN_HEADER = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.I)
# Mail-era labels that browsers, and thus their authors, take for the larger Windows set.
_WIDER = {"iso-8859-1": "cp1252", "latin-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252", "gb2312": "gb18030"}
_PROBE = b"<a b='1'> \\x3c +ADw- ~{"  # reads as itself in every charset that keeps ASCII
_DETECTED_FROM = 20_000


def decode_text(body: bytes, content_type: str = "") -> str:
    """The text of `body`, never failing: what no charset explains becomes U+FFFD."""
    for mark, charset in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(charset, "replace")
    wide = _wide_charset(body)
    if wide:
        return body.decode(wide, "replace")
    declared = declared_charset(body, content_type)
    if declared.startswith(("iso2022", "hz")):  # seven bits with escapes: passes for UTF-8
        return body.decode(declared, "replace")
    for charset in ("utf-8", declared):
        text = _strictly(body, charset)
        if text is not None:
            return text
    guess = _known(chardet.detect(body[:_DETECTED_FROM]).get("encoding") or "")
    return body.decode(guess if guess and not _hides_markup(guess) else "cp1252", "replace")


def declared_charset(body: bytes, content_type: str = "") -> str:
    """The charset named by the header, else by the markup's first kilobyte; "" where none is known to Python."""
    return next(iter(_all_declared(body, content_type)), "")


def readings(body: bytes, content_type: str = "") -> Iterator[bytes]:
    r"""The bytes, and in UTF-8 what they say in each charset that may hide markup in them.

    For guards that look for ASCII: "<" is `+ADw-` in UTF-7, `\x3c` to a Python codec, two bytes in UTF-16.
    """
    yield body
    sniffed = next((charset for mark, charset in _MARKS if body.startswith(mark)), _wide_charset(body))
    for charset in {*_all_declared(body, content_type), sniffed} - {""}:
        if _hides_markup(charset):
            yield body.decode(charset, "replace").encode("utf-8", "replace")


def _hides_markup(charset: str) -> bool:
    return _PROBE.decode(charset, "replace") != _PROBE.decode("ascii")


def _all_declared(body: bytes, content_type: str) -> list[str]:
    in_header = _IN_HEADER.search(content_type)
    in_markup = _DECLARED.search(body, 0, 1024)
    named = (in_header.group(1) if in_header else "", in_markup.group(1).decode("ascii") if in_markup else "")
    return [known for name in named if (known := _known(name))]


def _wide_charset(body: bytes) -> str:
    """UTF-16 or UTF-32 without its mark, or EBCDIC: recognised by how "<" is written."""
    if body.startswith(_EBCDIC):
        declared = _DECLARED.search(body[:1024].decode("cp037").encode("ascii", "replace"))
        return _known(declared.group(1).decode("ascii")) if declared else "cp037"
    patterns = {b"\0\0\0<": "utf-32-be", b"<\0\0\0": "utf-32-le", b"\0<": "utf-16-be", b"<\0": "utf-16-le"}
    return next((charset for start, charset in patterns.items() if body.startswith(start)), "")


def _known(name: str) -> str:
    """The name if Python has a text codec for it, widened where the label is a habit."""
    lowered = name.strip().lower()
    try:
        codec = codecs.lookup(lowered)
    except (LookupError, ValueError):
        return ""
    is_text = getattr(codec, "_is_text_encoding", True) and codec.name not in {"idna", "punycode", "undefined"}
    return (_WIDER.get(lowered) or _WIDER.get(codec.name, codec.name)) if is_text else ""


def _strictly(body: bytes, charset: str) -> str | None:
    if not charset:
        return None
    try:
        return body.decode(charset)
    except (UnicodeError, ValueError):
        return None
