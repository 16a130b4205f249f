"""The bytes at hand, with what can be told from their beginning."""

import json
import re
from dataclasses import dataclass
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Any

from claimwire.text.charset import decode_text

MAX_BYTES = 15 << 20
_PROLOG = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE(?:[^<>\[]|\[[^\]]*\])*+>)+", re.S | re.I)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)")
_SNIFFED = 65_536


@dataclass(frozen=True)
class Wire:
    """One response or delivered file. `zone` is what a time without one is read in."""

    body: bytes
    content_type: str = ""
    base_url: str = ""
    zone: tzinfo = UTC

    @cached_property
    def text(self) -> str:
        """The whole as text, decoded by what it says and what it is."""
        return decode_text(self.body, self.content_type)

    @cached_property
    def head(self) -> str:
        """The first 64 kB as text, white space and byte order mark stripped."""
        return decode_text(self.body[:_SNIFFED], self.content_type).lstrip("\ufeff \t\r\n")

    @cached_property
    def json(self) -> Any:
        """The value where the bytes are JSON, else None."""
        if not self.head.startswith(("{", "[")):
            return None
        try:
            return json.loads(self.text.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            return None

    @cached_property
    def root(self) -> str:
        """Local name of the first XML element as written; "" where it is not XML."""
        prolog = _PROLOG.match(self.head)
        found = _ROOT.match(self.head, prolog.end() if prolog else 0)
        return found.group(1) if found else ""
