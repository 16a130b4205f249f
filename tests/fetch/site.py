"""A small web site on loopback that answers as it is told, and remembers what it was asked."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from claimwire.catalog.feeds import Feed

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
RSS = (
    b'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Wire</title>'
    b"<item><title>Harbour opens</title><link>http://wire.example/1</link><guid>1</guid>"
    b"<pubDate>Tue, 24 Nov 2026 05:00:00 GMT</pubDate></item></channel></rss>"
)


@dataclass
class Ask:
    """One request as the site saw it."""

    path: str
    headers: dict[str, str]
    began: float
    ended: float = 0.0


Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """Paths and what they answer; `say` makes plain answers."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[Ask] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/feed", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def say(self, path: str, body: bytes = RSS, status: int = 200, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = lambda handler: send(handler, status, body, named)

    def asked_for(self, path: str) -> list[Ask]:
        return [ask for ask in self.asked if ask.path == path]


def send(handler: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    handler.send_response(status)
    for name, value in ({"Content-Length": str(len(body))} | headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def drip(handler: BaseHTTPRequestHandler, head: bytes, piece: bytes) -> None:
    """Sends a piece now and then until the other side has had enough."""
    handler.wfile.write(head)
    handler.wfile.flush()
    for _ in range(200):
        time.sleep(0.03)
        handler.wfile.write(piece)
        handler.wfile.flush()


@contextmanager
def serving() -> Iterator[Site]:
    """A site on a free port of loopback."""
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        disable_nagle_algorithm = True
        wbufsize = 65536

        def do_GET(self) -> None:
            ask = Ask(self.path, {name.lower(): value for name, value in self.headers.items()}, time.monotonic())
            site.asked.append(ask)
            try:
                site.answers.get(self.path, lambda handler: send(handler, 404, b"no", {}))(self)
            except OSError:
                self.close_connection = True
            finally:
                ask.ended = time.monotonic()

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except OSError:
                self.close_connection = True

        def finish(self) -> None:
            try:
                super().finish()
            except OSError:
                self.connection.close()

        def log_message(self, *_: Any) -> None: ...

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

    server = Server(("127.0.0.1", 0), Handler)
    site.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


def make_feed(**given: Any) -> Feed:
    facts: dict[str, Any] = {"publisher": "Wire", "kind": "agency", "source": "test", "key": "wire", "language": "en"}
    return Feed(**(facts | given))
