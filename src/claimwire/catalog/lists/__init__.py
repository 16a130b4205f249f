"""Sanctions lists as their authorities publish them, from a file that the operator gives; none ships with claimwire."""

from collections.abc import Callable, Iterator
from pathlib import Path

from claimwire.catalog.lists.eu_fsf import read_eu_fsf
from claimwire.catalog.lists.listed import Listed
from claimwire.catalog.lists.ofac import read_ofac
from claimwire.catalog.lists.opensanctions import read_opensanctions
from claimwire.catalog.lists.seco import read_seco
from claimwire.catalog.lists.uk import read_uk
from claimwire.catalog.lists.un_sc import read_un_sc

Read = Callable[[Path], Iterator[Listed]]

LISTS: dict[str, Read] = {
    "eu_fsf": read_eu_fsf,
    "ofac": read_ofac,
    "opensanctions": read_opensanctions,
    "seco": read_seco,
    "uk": read_uk,
    "un_sc": read_un_sc,
}
"""A list's key, and what reads its file. All stream: a list of 300 MB takes no more memory than one of 3."""

__all__ = ["LISTS", "Listed", "Read"]
