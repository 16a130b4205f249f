"""OpenSanctions' `targets.simple.csv`."""

from collections.abc import Iterator
from pathlib import Path

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, read_rows
from claimwire.errors import CatalogError

_KINDS: dict[str, Kind] = {"Person": "person", "Vessel": "vessel"}
_NEEDED = {"id", "schema", "name", "aliases", "identifiers"}


def read_opensanctions(path: Path) -> Iterator[Listed]:
    """Names and aliases. Its data may not be used for commerce: the operator brings and answers for them.

    Raises:
        CatalogError: a column is missing.
    """
    rows = read_rows(path)
    head = next(rows, [])
    if missing := _NEEDED - set(head):
        raise CatalogError(path, f"is not targets.simple.csv: it has no column {', '.join(sorted(missing))}")
    for row in rows:
        cell = dict(zip(head, row, strict=False))
        kind = _KINDS.get(cell["schema"], "entity")
        imo = imo_in(cell.get("identifiers", "")) if kind == "vessel" else None
        programme = cell.get("program_ids") or cell.get("dataset", "")
        for name in dict.fromkeys(filter(None, (cell["name"], *cell.get("aliases", "").split(";")))):
            yield Listed(cell["id"], name.strip(), kind, imo, programme)
