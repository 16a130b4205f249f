"""The UK sanctions list (XML), or OFSI's consolidated list (`ConList.csv`)."""

from collections.abc import Iterator
from pathlib import Path

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, joined, local, read_elements, read_rows, texts
from claimwire.errors import CatalogError

_KINDS: dict[str, Kind] = {"individual": "person", "ship": "vessel"}
_NAMES = tuple(f"Name{number}" for number in (1, 2, 3, 4, 5, 6))


def read_uk(path: Path) -> Iterator[Listed]:
    """Names and aliases, with IMO numbers of ships."""
    return _read_csv(path) if path.suffix.lower() == ".csv" else _read_xml(path)


def _read_xml(path: Path) -> Iterator[Listed]:
    for entry in read_elements(path, "Designation"):
        key, programme = joined(entry, "UniqueID"), joined(entry, "RegimeName")
        kind = _KINDS.get(joined(entry, "IndividualEntityShip").lower(), "entity")
        imo = imo_in(" ".join(texts(entry, "IMONumber")))
        names = [joined(name, *_NAMES) for name in entry.iter() if local(name) == "Name"]
        names += texts(entry, "NameNonLatinScript")
        yield from (Listed(key, name, kind, imo, programme) for name in dict.fromkeys(filter(None, names)))


def _read_csv(path: Path) -> Iterator[Listed]:
    rows = read_rows(path, skip=1)  # the first line says when it was updated
    head = next(rows, [])
    if "Group ID" not in head or "Name 6" not in head:
        raise CatalogError(path, "is not OFSI's ConList.csv: its second line names no Group ID and Name 6")
    for row in rows:
        cell = dict(zip(head, row, strict=False))
        name = " ".join(part for number in (1, 2, 3, 4, 5, 6) if (part := cell.get(f"Name {number}", "").strip()))
        kind = _KINDS.get(cell.get("Group Type", "").lower(), "entity")
        imo = imo_in(cell.get("Other Information", "")) if kind == "vessel" else None
        if name:
            yield Listed(cell["Group ID"], name, kind, imo, cell.get("Regime", ""))
