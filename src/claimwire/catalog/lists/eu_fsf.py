"""The EU's consolidated financial sanctions file (XML, version 1.1)."""

from collections.abc import Iterator
from pathlib import Path

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, local, read_elements

_KINDS: dict[str, Kind] = {"person": "person"}


def read_eu_fsf(path: Path) -> Iterator[Listed]:
    """Every name alias of every entity."""
    for entry in read_elements(path, "sanctionEntity"):
        kind: Kind = "entity"
        names, numbers, programmes = [], [], []
        for child in entry.iter():
            match local(child):
                case "subjectType":
                    kind = _KINDS.get(child.get("code", ""), kind)
                case "nameAlias":
                    names.append(" ".join(child.get("wholeName", "").split()))
                case "regulation":
                    programmes.append(child.get("programme", ""))
                case "identification" if child.get("identificationTypeCode", "").lower() == "imo":
                    numbers.append(child.get("number", ""))
        imo = imo_in(" ".join(numbers))
        key, programme = entry.get("euReferenceNumber") or entry.get("logicalId", ""), next(iter(programmes), "")
        for name in dict.fromkeys(filter(None, names)):
            yield Listed(key, name, "vessel" if imo else kind, imo, programme)
