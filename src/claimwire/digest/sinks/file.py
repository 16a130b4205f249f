"""Files: each digest as a page, as text and as a mail, in a folder of the outbox."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from claimwire.digest.mail import address_mail
from claimwire.digest.render import CHART_CID
from claimwire.digest.sinks.port import Outlets, Receipt, Sink, read_parts
from claimwire.warehouse.digests import Stored

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


@contextmanager
def open_file(outlets: Outlets) -> Iterator[Sink]:
    """A sink that writes `<outbox>/<recipient>/<day>.html`, `.txt` and `.eml`; writing twice changes nothing."""

    def deliver(stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        if not _NAME.fullmatch(recipient):
            return Receipt("refused", "a folder's name is letters, digits, - and _")
        try:
            folder = outlets.outbox / recipient
            folder.mkdir(parents=True, exist_ok=True)
            path = _write_all(folder, stored)
        except OSError as error:
            return Receipt("failed", f"cannot write to {outlets.outbox / recipient}: {error.strerror}")
        hand_over()  # only now: to write the same file again is no second copy
        return Receipt("sent", str(path))

    yield deliver


def write_whole(path: Path, content: bytes) -> None:
    """The file all at once: a reader never sees half of it."""
    half = path.with_name(f".{path.name}.part")
    half.write_bytes(content)
    half.replace(path)


def _write_all(folder: Path, stored: Stored) -> Path:
    html, text, pictures = read_parts(stored)
    stem = f"{stored.day.isoformat()}" + (f"-{stored.kind}-{stored.sequence}" if stored.kind != "daily" else "")
    for picture in pictures:
        write_whole(folder / f"{stem}.png", picture.get_content())
        html = html.replace(f"cid:{CHART_CID}", f"{stem}.png")
    write_whole(folder / f"{stem}.txt", text.encode())
    write_whole(folder / f"{stem}.eml", address_mail(stored, folder.name, {}))
    write_whole(folder / f"{stem}.html", html.encode())
    return folder / f"{stem}.html"
