"""The operator's sanctions lists, from files or addresses into the warehouse."""

import logging
from collections import Counter
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from claimwire.catalog.lists import LISTS
from claimwire.errors import NotFound, SettingsError
from claimwire.fetch.client import Client, Limits
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.lists import load_list, match_all

LOG = logging.getLogger(__name__)

LIMIT_BYTES = 500_000_000
"""The largest list, OpenSanctions' default, has half of that."""

PATIENCE = Limits(total_seconds=1800)


def refresh_lists(settings: Settings, now: datetime) -> dict[str, int]:
    """Loads every list that `CLAIMWIRE_LISTS` names; gives names loaded, names gone and matches in flagged items.

    Raises:
        SettingsError: an entry is not key=place, or its key is not one of `LISTS`.
        NotFound: a place cannot be read; lists loaded before stay in force.
    """
    total: Counter[str] = Counter()
    for entry in settings.lists:
        key, is_named, place = entry.partition("=")
        if not is_named or key not in LISTS:
            raise SettingsError(f"CLAIMWIRE_LISTS has {entry!r}; say {'|'.join(sorted(LISTS))}=path or address")
        count, gone = load_place(settings, key, place, now)
        LOG.info("%s: %d names, %d no longer listed", key, count, gone)
        total.update(names=count, gone=gone)
    if settings.lists:
        total["matches"] = match_all(open_engine(settings.warehouse_url))
    return dict(total)


def load_place(settings: Settings, key: str, place: str, now: datetime) -> tuple[int, int]:
    """Loads one list from a file or an address; gives how many names it has and how many are no longer on it.

    Raises:
        NotFound: there is no such file, or the address does not answer with one.
    """
    with TemporaryDirectory(prefix="claimwire-") as folder:
        is_address = place.startswith(("https://", "http://"))
        path = _fetch(settings, place, Path(folder)) if is_address else Path(place)
        if not path.is_file():
            raise NotFound(f"list {key}: {place} is no file that can be read")
        return load_list(open_engine(settings.warehouse_url), key, LISTS[key](path), now)


def _fetch(settings: Settings, url: str, folder: Path) -> Path:
    """The list as a file; its name keeps the ending, by which its format is told."""
    client = Client(settings.user_agent, allowed_hosts=settings.allowed_hosts, limits=PATIENCE)
    try:
        reply = client.get(url, LIMIT_BYTES)
    finally:
        client.close()
    if reply.status != 200:
        raise NotFound(f"{url} answered {reply.status}: download the list by hand and give the file")
    path = folder / f"list{Path(urlsplit(url).path).suffix.lower()}"
    path.write_bytes(reply.body)
    return path
