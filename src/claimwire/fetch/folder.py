"""Drop folders: what agencies deliver by FTP or SFTP, picked up whole or not at all.

A file is taken when it has stood still for a while, by an atomic rename into `.taken/`; once its entries are in the
warehouse it goes to `archive/<day>/`, or to `error/` with a note beside it. Whoever dies in between leaves it in
`.taken/`, and the next round takes it from there: nothing is lost, and entries have names, so nothing comes twice.
"""

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from claimwire.catalog.feeds import Feed
from claimwire.model import Outcome, Response

STILL_SECONDS = 10.0
"""A file that grew within this time is still being written."""

LIMIT_BYTES = 15 << 20
UNFINISHED = (".tmp", ".part", ".partial", ".filepart", ".crdownload", ".swp")
TAKEN, ARCHIVE, ERROR = ".taken", "archive", "error"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One file of a drop folder, taken, with what reading it came to."""

    path: Path
    response: Response


def drop_path(feed: Feed, data_dir: Path, var_dir: Path) -> Path:
    """Where a feed's folder is: packaged ones under `data/`, the others under `var/drop/` unless absolute."""
    return (data_dir if feed.mode == "read" else var_dir / "drop") / feed.folder


def take_deliveries(feed: Feed, folder: Path, now: datetime, read_at: datetime | None) -> Iterator[Delivery]:
    """Each file that stands ready, the oldest first, one at a time in memory. Finish each with `settle_delivery`.

    Files that stay in place are read again only when they are newer than `read_at`.
    """
    if feed.mode == "read":
        since = read_at.timestamp() if read_at else 0.0
        yield from (_read(feed, path, now) for path in sorted(_files(folder)) if path.stat().st_mtime > since)
        return
    for name in (TAKEN, ARCHIVE, ERROR):
        (folder / name).mkdir(parents=True, exist_ok=True)
    left_over = _by_age(_files(folder / TAKEN))
    for path in left_over + [taken for path in _by_age(_files(folder)) if (taken := _take(path, now))]:
        yield _read(feed, path, now)


def settle_delivery(feed: Feed, delivery: Delivery, problem: str = "") -> None:
    """Puts a file away: into the archive, or into the error folder beside a note that says why."""
    if feed.mode == "read":
        return
    folder = delivery.path.parent.parent
    place = folder / ERROR if problem else folder / ARCHIVE / f"{delivery.response.fetched_at:%Y-%m-%d}"
    place.mkdir(parents=True, exist_ok=True)
    goal = _free_name(place / delivery.path.name)
    delivery.path.replace(goal)
    if problem:
        goal.with_name(goal.name + ".why.txt").write_text(problem + "\n", encoding="utf-8")


def _files(folder: Path) -> list[Path]:
    """Plain files only: a link would lead out of the folder, and FIFOs would block."""
    with contextlib.suppress(OSError), os.scandir(folder) as rows:
        return [Path(row.path) for row in rows if row.is_file(follow_symlinks=False) and _is_finished(row.name)]
    return []


def _is_finished(name: str) -> bool:
    return not name.startswith(".") and not name.lower().endswith(UNFINISHED)


def _by_age(paths: list[Path]) -> list[Path]:
    def age(path: Path) -> tuple[float, str]:
        with contextlib.suppress(OSError):
            return path.stat().st_mtime, path.name
        return 0.0, path.name

    return sorted(paths, key=age)


def _take(path: Path, now: datetime) -> Path | None:
    """The file under its taken name, or None where it is still growing or somebody else was faster."""
    goal = _free_name(path.parent / TAKEN / path.name)
    try:
        if now.timestamp() - path.stat().st_mtime < STILL_SECONDS:
            return None
        path.rename(goal)
    except OSError:
        return None
    return goal


def _free_name(path: Path) -> Path:
    """The path, numbered where it is taken: agencies use names again."""
    candidate, number = path, 1
    while candidate.exists():
        candidate, number = path.with_name(f"{path.stem}.{number}{path.suffix}"), number + 1
    return candidate


def _read(feed: Feed, path: Path, now: datetime) -> Delivery:
    address = f"file:{path.name}"
    try:
        with path.open("rb") as file:
            body = file.read(LIMIT_BYTES + 1)
    except OSError as error:
        message = f"{path.name}: {error.strerror}"
        return Delivery(path, Response(feed.key, Outcome.UNREACHABLE, now, url=address, message=message))
    if len(body) > LIMIT_BYTES:
        message = f"{path.name}: more than {LIMIT_BYTES >> 20} MiB"
        return Delivery(path, Response(feed.key, Outcome.TOO_LARGE, now, url=address, message=message))
    outcome = Outcome.NEW if body.strip() else Outcome.EMPTY
    return Delivery(path, Response(feed.key, outcome, now, url=address, body=body, message=path.name))
