"""OFAC's SDN and consolidated lists: `sdn.xml`, or `sdn.csv`, which has no head."""

from collections.abc import Iterator
from pathlib import Path

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, joined, local, read_elements, read_rows, texts

_KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel"}
_NOTHING = "-0-"  # what the CSV writes for an empty cell


def read_ofac(path: Path) -> Iterator[Listed]:
    """Names and aliases (the CSV has no aliases), with IMO numbers of ships."""
    return _read_csv(path) if path.suffix.lower() == ".csv" else _read_xml(path)


def _read_xml(path: Path) -> Iterator[Listed]:
    for entry in read_elements(path, "sdnEntry"):
        key, kind = joined(entry, "uid"), _KINDS.get(joined(entry, "sdnType").lower(), "entity")
        programme = ", ".join(texts(entry, "program"))
        imo = imo_in(" ".join(texts(entry, "idNumber"))) if kind == "vessel" else None
        aliases = [joined(alias, "firstName", "lastName") for alias in entry.iter() if local(alias) == "aka"]
        names = [joined(entry, "firstName", "lastName"), *aliases]
        yield from (Listed(key, name, kind, imo, programme) for name in dict.fromkeys(filter(None, names)))


def _read_csv(path: Path) -> Iterator[Listed]:
    for row in read_rows(path):
        if len(row) < 4 or not row[0].strip().isdigit():
            continue  # the file ends with a lone control character
        key, name, kind, programme = ("" if cell.strip() == _NOTHING else cell.strip() for cell in row[:4])
        imo = imo_in(row[11]) if len(row) > 11 and kind == "vessel" else None
        family, comma, given = name.partition(", ")
        shown = f"{given} {family}" if kind == "individual" and comma else name
        yield Listed(key, shown, _KINDS.get(kind, "entity"), imo, programme)
