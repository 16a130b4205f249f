"""The list of the Swiss State Secretariat for Economic Affairs (XML)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, local, read_elements, texts

_ORDER = ("whole-name", "title", "given-name", "further-given-name", "father-name", "family-name", "suffix")
_KINDS: dict[str, Kind] = {"individual": "person", "object": "vessel"}


def read_seco(path: Path) -> Iterator[Listed]:
    """Every name of every identity, spelling variants too; what was delisted is left out."""
    for target in read_elements(path, "target"):
        if any(child.get("modification-type") == "de-listed" for child in target if local(child) == "modification"):
            continue
        subject = next((child for child in target if local(child) in {"individual", "entity", "object"}), None)
        if subject is None:
            continue
        kind = _KINDS.get(local(subject), "entity")
        imo = imo_in(" ".join(texts(target, "other-information", "remark"))) if kind == "vessel" else None
        names = [_name_of(name) for name in subject.iter() if local(name) == "name"]
        for name in dict.fromkeys(filter(None, names)):
            yield Listed(target.get("ssid", ""), name, kind, imo, target.get("sanctions-set-id", ""))


def _name_of(name: Any) -> str:
    """Parts in the order in which a name is spoken, whatever that of the file."""
    parts = [part for part in name if local(part) == "name-part"]
    ranked = sorted(parts, key=lambda part: _rank(part.get("name-part-type", "")))
    return " ".join(text for part in ranked for text in texts(part, "value")[:1])


def _rank(kind: str) -> int:
    return _ORDER.index(kind) if kind in _ORDER else len(_ORDER)
