"""The simulated world: thousands of news sites on one port of loopback, each with its own bad habit.

Run as a process of its own, so that its memory and its clock are not the collector's:
`python -m bench.world_server LOGFILE RETRY_AFTER_SECONDS`; it prints its ports and writes one line a request.
"""

import asyncio
import contextlib
import gzip
import json
import sys
import time
import zlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

ITEM = (
    "<item><title>{title} {number}</title><link>http://{host}/p/{feed}/{number}</link>"
    "<guid isPermaLink='false'>{feed}/{number}</guid><pubDate>{date}</pubDate>"
    "<description>The harbour of the old town opened again on Monday, the mayor said. {number}</description></item>"
)
PAGE = (
    b"<html><body><article>"
    + b"<p>The harbour opened again, and boats came in all day long.</p>" * 8
    + b"</article></body></html>"
)
LAUGHS = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
FLOOD = b"<rss " + b" ".join(b'a%d="1"' % n for n in range(20_000)) + b"></rss>"


def rss(host: str, feed: str, *, title: str = "Harbour", entries: int = 5, dated: bool = True) -> str:
    """A small sound feed."""
    date = format_datetime(datetime.now(UTC) - timedelta(hours=1))
    items = "".join(ITEM.format(title=title, number=n, host=host, feed=feed, date=date) for n in range(entries))
    head = "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'>"
    text = f"{head}<channel><title>{feed}</title>{items}</channel></rss>"
    return text if dated else text.replace(f"<pubDate>{date}</pubDate>", "")


def atom(host: str, feed: str) -> str:
    """The same as Atom."""
    date = datetime.now(UTC).isoformat()
    entry = "<entry><id>{feed}/{n}</id><title>Harbour {n}</title><link href='http://{host}/p/{feed}/{n}'/><updated>{date}</updated></entry>"
    entries = "".join(entry.format(feed=feed, n=n, host=host, date=date) for n in range(5))
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{feed}</title><id>{feed}</id>{entries}</feed>"


class Visit:
    """One connection, one request."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.host = self.path = self.feed = ""
        self.headers: dict[str, str] = {}

    async def read(self) -> None:
        """Reads the request's head."""
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        self.path = head[0].split(" ")[1]
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:] if line)}
        self.host = self.headers.get("host", "")
        self.feed = [*self.path.split("/"), "", ""][2]

    async def send(self, status: int, body: bytes = b"", **headers: str) -> None:
        """A whole answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        lines = [
            f"HTTP/1.1 {status} X",
            *(f"{k}: {v}" for k, v in ({"Content-Length": str(len(body))} | named).items()),
        ]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)
        await self.writer.drain()

    async def drip(self, head: bytes, piece: bytes) -> None:
        """Head, then a piece now and then for as long as the other side bears it."""
        self.writer.write(head)
        while not self.reader.at_eof():
            self.writer.write(piece)
            await self.writer.drain()
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self.reader.read(1), 0.2)

    async def pour(self, piece: bytes, times: int, head: bytes = b"HTTP/1.1 200 X\r\n") -> None:
        """A body without announced length."""
        self.writer.write(head + b"\r\n")
        for _ in range(times):
            self.writer.write(piece)
            await self.writer.drain()


Behave = Callable[[Visit], Awaitable[None]]


def well(visit: Visit) -> Awaitable[None]:
    return visit.send(200, rss(visit.host, visit.feed).encode(), ETag='"v1"')


def conditional(visit: Visit) -> Awaitable[None]:
    return visit.send(304) if visit.headers.get("if-none-match") == '"v1"' else well(visit)


def make_bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join([*(packer.compress(bytes(1 << 20)) for _ in range(megabytes)), packer.flush()])


BOMB = make_bomb(512)
LATER = {"seconds": "30"}  # filled from the command line


def date_later() -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=int(LATER["seconds"]) + 1), usegmt=True)


async def silent(visit: Visit) -> None:
    await visit.reader.read(1)


async def reset(visit: Visit) -> None:
    visit.writer.transport.abort()


def cyrillic(visit: Visit) -> Awaitable[None]:
    return visit.send(200, rss(visit.host, visit.feed, title="Гавань открыта").encode("cp1251"))


BEHAVIOURS: dict[str, Behave] = {
    "well": well,
    "not-modified": conditional,
    "same-bytes": lambda v: v.send(200, b"<rss version='2.0'><channel><title>same</title></channel></rss>"),
    "atom": lambda v: v.send(200, atom(v.host, v.feed).encode()),
    "gzip": lambda v: v.send(200, gzip.compress(rss(v.host, v.feed).encode()), Content_Encoding="gzip"),
    "deflate": lambda v: v.send(200, zlib.compress(rss(v.host, v.feed).encode()), Content_Encoding="deflate"),
    "undated": lambda v: v.send(200, rss(v.host, v.feed, dated=False).encode()),
    "wrong-charset": cyrillic,
    "pages": lambda v: v.send(200, rss(v.host, v.feed, entries=2).encode()),
    "moved": lambda v: v.send(301, Location=f"/f/{v.feed}/well"),
    "rate-limited": lambda v: v.send(429, Retry_After=LATER["seconds"]),
    "rate-limited-date": lambda v: v.send(503, Retry_After=date_later()),
    "missing": lambda v: v.send(404, b"no"),
    "gone": lambda v: v.send(410),
    "forbidden": lambda v: v.send(403),
    "broken": lambda v: v.send(502),
    "silent": silent,
    "drip-body": lambda v: v.drip(b"HTTP/1.1 200 X\r\n\r\n", b"x"),
    "drip-head": lambda v: v.drip(b"HTTP/1.1 200 X\r\nX-A: ", b"b"),
    "gzip-bomb": lambda v: v.send(200, BOMB, Content_Encoding="gzip"),
    "gzip-gzip": lambda v: v.send(200, gzip.compress(BOMB), Content_Encoding="gzip, gzip"),
    "zstd": lambda v: v.send(200, b"\x28\xb5\x2f\xfd", Content_Encoding="zstd"),
    "brotli": lambda v: v.send(200, b"\x0b\x02", Content_Encoding="br"),
    "laughs": lambda v: v.send(
        200, b"<!DOCTYPE r [<!ENTITY l0 'lol'>" + LAUGHS + b"]><rss><channel>&l9;</channel></rss>"
    ),
    "external-entity": lambda v: v.send(200, b'<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd">]><rss>&f;</rss>'),
    "attribute-flood": lambda v: v.send(200, FLOOD),
    "loop": lambda v: v.send(302, Location=v.path),
    "to-metadata": lambda v: v.send(302, Location="http://169.254.169.254/latest/meta-data/"),
    "to-file": lambda v: v.send(302, Location="file:///etc/passwd"),
    "to-rebinding": lambda v: v.send(302, Location="http://rebinding.trap.test/"),
    "to-mapped": lambda v: v.send(302, Location="http://[::ffff:127.0.0.1]/"),
    "page-instead": lambda v: v.send(200, b"<!doctype html>" + PAGE),
    "no-entries": lambda v: v.send(200, b"<rss version='2.0'><channel><title>x</title></channel></rss>"),
    "no-body": lambda v: v.send(200),
    "forty-megabytes": lambda v: v.pour(b"x" * (1 << 20), 40),
    "cut": lambda v: v.send(200, b"<rss>", Content_Length="5000"),
    "reset": reset,
}


async def serve(log_path: Path) -> None:
    """Answers until it is killed; each visit becomes a line of the log when it ends."""
    log = log_path.open("w", buffering=1, encoding="utf-8")

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit, began = Visit(reader, writer), time.time()
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            await visit.read()
            began = time.time()
            _, kind, _, habit, *_ = [*visit.path.split("/"), "", "", ""]
            if kind == "f":
                await BEHAVIOURS[habit](visit)
            else:
                await visit.send(200 if kind == "p" else 404, PAGE, Content_Type="text/html")
        log.write(json.dumps([visit.host, visit.path, began, time.time()]) + "\n")
        writer.close()

    async def trap(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        log.write(json.dumps(["TRAP", "", time.time(), time.time()]) + "\n")
        writer.close()

    world = await asyncio.start_server(answer, "127.0.0.1", 0, backlog=1024, limit=1 << 16)
    private = await asyncio.start_server(trap, "127.0.0.1", 0)
    print(world.sockets[0].getsockname()[1], private.sockets[0].getsockname()[1], flush=True)
    await asyncio.gather(world.serve_forever(), private.serve_forever())


if __name__ == "__main__":
    LATER["seconds"] = sys.argv[2]
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(Path(sys.argv[1])))
