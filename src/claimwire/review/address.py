"""The filter as it lives in the address, so that a queue can be sent to a colleague."""

from typing import Any
from urllib.parse import urlencode

from claimwire.warehouse.desk_filter import ItemFilter

_DEFAULT = ItemFilter()


def to_query(wanted: ItemFilter, **changed: Any) -> str:
    """The query string of a filter, only what differs from the default; `changed` fields replace its own."""
    values = wanted.model_dump(mode="json") | changed
    pairs: list[tuple[str, str]] = []
    for name in ItemFilter.model_fields:
        value = values[name]
        if value == _DEFAULT.model_dump(mode="json")[name] or value in (None, "", [], ()):
            continue
        several = value if isinstance(value, list | tuple) else [value]
        pairs += [(name, str(one)) for one in several]
    pairs += [(name, str(value)) for name, value in changed.items() if name not in ItemFilter.model_fields and value]
    return urlencode(pairs)


def chips(wanted: ItemFilter) -> list[tuple[str, str, str]]:
    """What is filtered by, as (field, value, query string without it)."""
    found: list[tuple[str, str, str]] = []
    dumped = wanted.model_dump(mode="json")
    for name in ItemFilter.model_fields:
        value = dumped[name]
        if name in {"order", "fold"} or value == _DEFAULT.model_dump(mode="json")[name]:
            continue
        if isinstance(value, list):
            for one in value:
                rest = [other for other in value if other != one]
                found.append((name, str(one), to_query(wanted, **{name: rest})))
        elif value not in (None, ""):
            found.append((name, str(value), to_query(wanted, **{name: None})))
    return found
