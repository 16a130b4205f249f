"""The consolidated list of the UN Security Council (XML)."""

from collections.abc import Iterator
from pathlib import Path

from claimwire.catalog.lists.listed import Kind, Listed, imo_in, joined, local, read_elements, texts

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_KINDS: tuple[tuple[str, Kind], ...] = (("INDIVIDUAL", "person"), ("ENTITY", "entity"))


def read_un_sc(path: Path) -> Iterator[Listed]:
    """Names and good aliases; ships stand among the entities, with their IMO number in the comments."""
    for tag, kind in _KINDS:
        for entry in read_elements(path, tag):
            key = joined(entry, "REFERENCE_NUMBER") or joined(entry, "DATAID")
            programme = next(iter(texts(entry, "UN_LIST_TYPE")), "")
            imo = imo_in(" ".join(texts(entry, "COMMENTS1", "NOTE")))
            shown: Kind = "vessel" if imo else kind
            aliases = [alias for alias in entry.iter() if local(alias) == f"{tag}_ALIAS"]
            names = [joined(entry, *_NAMES), *texts(entry, "NAME_ORIGINAL_SCRIPT")]
            names += [name for alias in aliases for name in texts(alias, "ALIAS_NAME")]
            yield from (Listed(key, name, shown, imo, programme) for name in dict.fromkeys(filter(None, names)))
