"""One name of one entry of a list, and what all readers of lists share."""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from lxml import etree

from claimwire.errors import CatalogError

Kind = Literal["person", "entity", "vessel"]

_IMO = re.compile(r"(?<!\d)(\d{7})(?!\d)")


@dataclass(frozen=True, slots=True)
class Listed:
    """A name that stands on a list; an entry has one for each alias. `entry_key` is the list's own."""

    entry_key: str
    name: str
    kind: Kind
    imo: int | None = None
    programme: str = ""


def read_elements(path: Path, name: str) -> Iterator[Any]:
    """Elements of that local name, one at a time; entities are not resolved and nothing is fetched.

    Raises:
        CatalogError: the file is not XML.
    """
    try:
        parser = etree.iterparse(str(path), events=("end",), resolve_entities=False, no_network=True, load_dtd=False)
        for _, element in parser:
            if local(element) == name:
                yield element
                element.clear()
                while element.getprevious() is not None:  # what was read must go too
                    del element.getparent()[0]
    except (etree.XMLSyntaxError, OSError) as error:
        raise CatalogError(path, f"is not the XML of this list: {error}") from error


def read_rows(path: Path, delimiter: str = ",", skip: int = 0) -> Iterator[list[str]]:
    """Rows of a CSV file in UTF-8, after `skip` lines.

    Raises:
        CatalogError: the file is not CSV in UTF-8.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for _ in range(skip):
                next(file, None)
            yield from csv.reader(file, delimiter=delimiter)
    except (UnicodeDecodeError, csv.Error, OSError) as error:
        raise CatalogError(path, f"is not the CSV of this list: {error}") from error


def local(element: Any) -> str:
    """The element's name without its namespace; "" for a comment."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def texts(element: Any, *names: str) -> list[str]:
    """The texts of descendants with one of these local names, in the order of the document; empty ones left out."""
    found = (child for child in element.iter() if local(child) in names)
    return [text for child in found if (text := " ".join((child.text or "").split()))]


def joined(element: Any, *names: str) -> str:
    """The texts of direct children, in the order of `names`, as one name."""
    parts = {local(child): " ".join((child.text or "").split()) for child in element}
    return " ".join(part for name in names if (part := parts.get(name)))


def imo_in(text: str) -> int | None:
    """The first IMO number whose check digit is right."""
    for digits in _IMO.findall(text):
        if sum(int(digit) * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 == int(
            digits[6]
        ):
            return int(digits)
    return None
