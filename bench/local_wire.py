"""Feeds on loopback for benches of the DAGs: hosts of their own (127.x.y.z), entries that can be added while it runs."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import yaml

from claimwire.catalog import DATA

CLAIM = "The delegation asked the UN Security Council on Tuesday to halt all sales of oil product number {n} to North Korea."
PLAIN = "The harbour of town number {n} opened again on Monday after a long winter, and boats came in all day."
ITEM = (
    "<item><title>Dispatch {n}</title><guid isPermaLink='false'>{n}</guid><link>https://wire.example/{n}</link>"
    "<pubDate>{date}</pubDate><description>{text} Dispatch {n} was sent from port {n}.</description></item>"
)
NUMBERS = count(1)


@dataclass
class LocalWire:
    """Feeds `wire-0`, `wire-1` …, spread over hosts; every fifth entry makes a claim.

    Args:
        feeds: how many there are.
        hosts: how many addresses they are spread over.
    """

    feeds: int
    hosts: int
    port: int = 0
    items: dict[str, list[str]] = field(default_factory=dict)

    def host(self, number: int) -> str:
        """The address on which a feed is served."""
        place = number % self.hosts
        return f"127.1.{place // 250}.{place % 250 + 1}"

    @property
    def allowed_hosts(self) -> str:
        """For CLAIMWIRE_ALLOWED_HOSTS."""
        return ",".join(self.host(number) for number in range(min(self.hosts, self.feeds)))

    def publish(self, feed: int, entries: int = 1) -> list[str]:
        """Adds entries to a feed, the first of them with a claim; gives their names."""
        date, names = format_datetime(datetime.now(UTC)), []
        for each in range(entries):
            n = next(NUMBERS)
            text = (PLAIN if each % 5 else CLAIM).format(n=n)
            self.items.setdefault(f"wire-{feed}", []).append(ITEM.format(n=n, date=date, text=text))
            names.append(str(n))
        return names

    def write_catalogue(self, folder: Path) -> Path:
        """A data folder like the packaged one, with these feeds in place of its own."""
        link_data(folder, "feeds")
        (folder / "feeds").mkdir()
        blocks = [self._block(number) for number in range(self.feeds)]
        top = {"publisher": "Local wire", "kind": "sample", "tier": 4, "source": "a bench", "feeds": blocks}
        (folder / "feeds" / "local.yml").write_text(yaml.safe_dump(top, sort_keys=False), encoding="utf-8")
        return folder

    def _block(self, number: int) -> dict[str, object]:
        url = f"http://{self.host(number)}:{self.port}/wire-{number}"
        return {"key": f"wire-{number}", "url": url, "language": "en", "content": "full", "interval_minutes": 5}

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request: the feed that its path names."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            name = head.split(" ")[1].strip("/")
            items = "".join(self.items.get(name, ()))
            body = f"<rss version='2.0'><channel><title>{name}</title>{items}</channel></rss>".encode()
            writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        writer.close()


def link_data(folder: Path, *own: str) -> None:
    """A data folder like the packaged one, but for what the caller writes there himself."""
    folder.mkdir(parents=True)
    for path in DATA.iterdir():
        if path.name not in own:
            (folder / path.name).symlink_to(path)


@contextmanager
def serving(feeds: int, hosts: int) -> Iterator[LocalWire]:
    """A wire that answers on one port of all its hosts until the block ends."""
    wire, loop = LocalWire(feeds, hosts), asyncio.new_event_loop()
    first = loop.run_until_complete(asyncio.start_server(wire.answer, wire.host(0), 0, backlog=512))
    wire.port = first.sockets[0].getsockname()[1]
    others = sorted({wire.host(number) for number in range(feeds)} - {wire.host(0)})
    if others:
        loop.run_until_complete(asyncio.start_server(wire.answer, others, wire.port, backlog=64))
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield wire
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
