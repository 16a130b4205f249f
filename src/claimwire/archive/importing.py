"""Old news into the warehouse, a batch a transaction; a file that was cut short goes on where it stopped."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, select, update

from claimwire.archive.formats import BATCH, FORMATS, Row, format_of, unpacked
from claimwire.catalog.feeds import Feed
from claimwire.errors import NotFound
from claimwire.model import Article, Disposition, Tally
from claimwire.settings import Settings
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.quarantine import quarantine
from claimwire.warehouse.tables import feeds, imports
from claimwire.warehouse.writing import add_new, write


class Place(Protocol):
    """A file or folder: `pathlib.Path`, or Airflow's `ObjectStoragePath`."""

    @property
    def name(self) -> str: ...  # noqa: D102
    def is_file(self) -> bool: ...  # noqa: D102
    def is_dir(self) -> bool: ...  # noqa: D102
    def iterdir(self) -> Iterator[Any]: ...  # noqa: D102
    def open(self, mode: str) -> Any: ...  # noqa: D102


def choose_files(_settings: Settings, _now: datetime, place: Place) -> list[str]:
    """The files of a place that can be imported, by name.

    Raises:
        NotFound: there is nothing there, or nothing of a known format.
    """
    if not place.is_file() and not place.is_dir():
        raise NotFound(f"{place} is neither a file nor a folder that can be read")
    found = [place] if place.is_file() else sorted(place.iterdir(), key=str)
    chosen = [str(file) for file in found if format_of(file.name)]
    if not chosen:
        raise NotFound(f"{place} holds no file that ends in {', '.join(FORMATS)} (.gz behind it is fine)")
    return chosen


def import_file(settings: Settings, now: datetime, place: Place, feed_key: str) -> Tally:
    """Loads one file under a feed key; counts the rows by what became of each.

    Raises:
        ParseError: the file is not what its name says, or is cut off; what was read before is loaded.
    """
    engine, feed = open_engine(settings.warehouse_url), _feed(feed_key)
    done = write(engine, lambda connection: _begin(connection, feed, str(place), now))
    total = Tally()
    with place.open("rb") as raw:
        rows = FORMATS[format_of(place.name)](unpacked(raw, place.name), feed, now)
        rows = (row for row in rows if row[0] > done)
        while batch := list(islice(rows, BATCH)):
            total += _load(engine, feed, str(place), batch, now)
    finished = update(imports).where(imports.c.path == str(place)).values(finished_at=now)
    write(engine, lambda connection: connection.execute(finished))
    return total


def _feed(key: str) -> Feed:
    return Feed(key=key, publisher=key, kind="newspaper", source="import", folder=key, language="en", content="full")


def _begin(connection: Connection, feed: Feed, path: str, now: datetime) -> int:
    """Makes sure of the feed's and the import's rows; gives how many rows of the file are loaded already."""
    add_new(
        connection,
        feeds,
        [{"feed_key": feed.key, "publisher": feed.publisher, "url": feed.folder, "is_enabled": False}],
    )
    add_new(connection, imports, [{"path": path, "rows_done": 0, "began_at": now}])
    return int(connection.scalar(select(imports.c.rows_done).where(imports.c.path == path)) or 0)


def _load(engine: Engine, feed: Feed, path: str, batch: Sequence[Row], now: datetime) -> Tally:
    """One batch, and how far it brings the import, in one transaction."""
    found = [article for _, article in batch if isinstance(article, Article)]
    bad = [(number, problem) for number, problem in batch if isinstance(problem, str)]

    def work(connection: Connection) -> list[Disposition]:
        ends = load_articles(connection, found, now)
        for number, problem in bad:
            quarantine(connection, feed.key, Article(f"{path}#{number}", "", "", guid=f"{path}#{number}"), problem, now)
        connection.execute(update(imports).where(imports.c.path == path).values(rows_done=batch[-1][0]))
        return ends

    ends = [*write(engine, work), *[Disposition.QUARANTINED] * len(bad)]
    return Tally.of(ends, [problem for _, problem in bad])
