import os
from datetime import timedelta
from pathlib import Path

from claimwire.fetch.folder import drop_path, settle_delivery, take_deliveries
from claimwire.model import Outcome

from .site import NOW, RSS, make_feed

FEED = make_feed(folder="wire")
LATER = NOW + timedelta(minutes=1)


def drop(folder: Path, name: str, body: bytes = RSS, age_seconds: float = 60) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(body)
    stamp = NOW.timestamp() - age_seconds
    os.utime(path, (stamp, stamp))
    return path


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_files_are_taken_the_oldest_first_and_archived(tmp_path: Path) -> None:
    drop(tmp_path, "b.xml", age_seconds=120)
    drop(tmp_path, "a.xml", age_seconds=60)
    deliveries = list(take_deliveries(FEED, tmp_path, NOW, None))
    assert [delivery.path.name for delivery in deliveries] == ["b.xml", "a.xml"]
    assert deliveries[0].response.body == RSS
    for delivery in deliveries:
        settle_delivery(FEED, delivery)
    assert names(tmp_path) == ["archive/2026-11-24/a.xml", "archive/2026-11-24/b.xml"]


def test_a_file_that_is_still_being_written_stays(tmp_path: Path) -> None:
    drop(tmp_path, "half.xml", b"<rss><chan", age_seconds=2)
    drop(tmp_path, "upload.xml.part")
    drop(tmp_path, ".hidden.xml")
    assert list(take_deliveries(FEED, tmp_path, NOW, None)) == []
    assert [delivery.path.name for delivery in take_deliveries(FEED, tmp_path, LATER, None)] == ["half.xml"]


def test_what_somebody_took_and_never_finished_comes_again(tmp_path: Path) -> None:
    drop(tmp_path, "a.xml")
    first = next(iter(take_deliveries(FEED, tmp_path, NOW, None)))  # and then the process died
    again = next(iter(take_deliveries(FEED, tmp_path, LATER, None)))
    assert (first.path, first.response.body) == (again.path, again.response.body)


def test_a_bad_file_goes_to_the_error_folder_with_the_reason(tmp_path: Path) -> None:
    drop(tmp_path, "bad.xml", b"junk")
    settle_delivery(FEED, next(iter(take_deliveries(FEED, tmp_path, NOW, None))), "parse_failed: no format")
    assert names(tmp_path) == ["error/bad.xml", "error/bad.xml.why.txt"]
    assert (tmp_path / "error/bad.xml.why.txt").read_text() == "parse_failed: no format\n"


def test_a_name_that_is_used_again_overwrites_nothing(tmp_path: Path) -> None:
    for number in range(3):
        drop(tmp_path, "wire.xml", RSS + b"\n" * number)
        settle_delivery(FEED, next(iter(take_deliveries(FEED, tmp_path, NOW, None))))
    assert names(tmp_path / "archive/2026-11-24") == ["wire.1.xml", "wire.2.xml", "wire.xml"]


def test_links_and_folders_are_not_followed(tmp_path: Path) -> None:
    secret = drop(tmp_path / "elsewhere", "secret.xml")
    (tmp_path / "drop").mkdir()
    (tmp_path / "drop/link.xml").symlink_to(secret)
    (tmp_path / "drop/inner").mkdir()
    assert list(take_deliveries(FEED, tmp_path / "drop", NOW, None)) == []


def test_empty_and_huge_files_have_their_outcomes(tmp_path: Path) -> None:
    drop(tmp_path, "empty.xml", b" \n", age_seconds=90)
    drop(tmp_path, "huge.xml", b"x" * ((15 << 20) + 1))
    outcomes = [delivery.response.outcome for delivery in take_deliveries(FEED, tmp_path, NOW, None)]
    assert outcomes == [Outcome.EMPTY, Outcome.TOO_LARGE]


def test_packaged_files_are_read_where_they_lie_and_once(tmp_path: Path) -> None:
    feed = make_feed(folder="samples", mode="read")
    drop(tmp_path, "a.xml")
    for delivery in take_deliveries(feed, tmp_path, NOW, None):
        settle_delivery(feed, delivery)
    assert names(tmp_path) == ["a.xml"]
    assert list(take_deliveries(feed, tmp_path, LATER, NOW)) == []


def test_a_folder_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    assert list(take_deliveries(FEED, tmp_path / "new", NOW, None)) == []
    assert (tmp_path / "new").is_dir()


def test_where_folders_are(tmp_path: Path) -> None:
    data, var = tmp_path / "data", tmp_path / "var"
    assert drop_path(FEED, data, var) == var / "drop/wire"
    assert drop_path(make_feed(folder="samples", mode="read"), data, var) == data / "samples"
    assert drop_path(make_feed(folder="/srv/ftp/wire"), data, var) == Path("/srv/ftp/wire")
