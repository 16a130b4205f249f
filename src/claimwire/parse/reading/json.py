"""JSON of strangers: each value is of the type we hope for, or nothing."""

from collections.abc import Iterator, Mapping
from typing import Any

from claimwire.text.markup import html_to_text


def text_in(holder: Any, *keys: str) -> str:
    """The first of the keys whose value is a text or a number, stripped; "" where none is."""
    if not isinstance(holder, Mapping):
        return ""
    for key in keys:
        value = holder.get(key)
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return ""


def line_in(holder: Any, *keys: str) -> str:
    """The same, in one line of plain text."""
    return " ".join(html_to_text(text_in(holder, *keys)).split())


def list_in(holder: Any, key: str) -> list[Any]:
    """The list under the key, a lone value as a list of one, a mapping's values; [] where there is nothing."""
    value = holder.get(key) if isinstance(holder, Mapping) else None
    if value is None:
        return []
    if isinstance(value, Mapping) and all(isinstance(one, Mapping) for one in value.values()):
        return list(value.values())
    return value if isinstance(value, list) else [value]


def texts_in(holder: Any, key: str, *inner: str) -> Iterator[str]:
    """Texts of a list of texts, or of the first of the inner keys where it is a list of objects."""
    for one in list_in(holder, key):
        value = one.strip() if isinstance(one, str) else text_in(one, *inner)
        if value:
            yield value
