"""Connections that go to the very address that was checked, and end when their time is over.

`requests` and `urllib3` resolve and connect on their own; here that step is ours. Name, SNI and Host header stay those
of the URL, so that certificates are checked as ever, but no second look-up can point elsewhere (DNS rebinding).
"""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

from claimwire.errors import BlockedAddress, FetchError
from claimwire.fetch.address import is_public

Resolve = Callable[..., list[tuple[Any, ...]]]


@dataclass(slots=True)
class Attempt:
    """One try of one URL, redirects included: who may be talked to, and until when (monotonic seconds)."""

    ends_at: float
    connect_seconds: float
    allowed_hosts: Collection[str]
    resolve: Resolve
    _twin: socket.socket | None = field(default=None)

    @property
    def seconds_left(self) -> float:
        """Never negative."""
        return max(0.0, self.ends_at - time.monotonic())

    def connect(self, host: str, port: int) -> socket.socket:
        """A connected socket whose peer has been checked.

        Raises:
            FetchError: naming the outcome; not an OSError, which urllib3 would wrap and lose.
        """
        failure: FetchError | None = None
        for family, kind, protocol, _, address in self._look_up(host, port):
            if not (host.lower() in self.allowed_hosts or is_public(address[0])):
                failure = BlockedAddress(f"{host} is {address[0]}, which is no public address")
                continue
            try:
                return self._open(family, kind, protocol, address)
            except TimeoutError:
                failure = FetchError(f"no connection to {host} within {self.connect_seconds:g} s", "timed_out")
            except OSError as error:
                failure = FetchError(f"no connection to {host}: {error.strerror or error}", "unreachable")
        raise failure or FetchError(f"{host} has no address", "dns_failed")

    def cut(self) -> None:
        """Ends the connection under whoever is reading from it."""
        if self._twin is not None:
            with contextlib.suppress(OSError):
                self._twin.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Lets go of our second handle on the connection."""
        if self._twin is not None:
            self._twin.close()
            self._twin = None

    def _look_up(self, host: str, port: int) -> list[tuple[Any, ...]]:
        try:
            return self.resolve(host, port, 0, socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise FetchError(f"the name {host} cannot be resolved", "dns_failed") from error

    def _open(self, family: int, kind: int, protocol: int, address: tuple[Any, ...]) -> socket.socket:
        connection = socket.socket(family, kind, protocol)
        try:
            connection.settimeout(max(0.001, min(self.connect_seconds, self.seconds_left)))
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            connection.connect(address)
            peer = connection.getpeername()[0]
            if peer != address[0]:
                raise BlockedAddress(f"connected to {peer} instead of {address[0]}")
            # TLS takes the socket object over; a twin of the descriptor can still shut the connection down.
            self.close()
            self._twin = connection.dup()
        except BaseException:
            connection.close()
            raise
        return connection


_CURRENT: ContextVar[Attempt] = ContextVar("_CURRENT")


@contextlib.contextmanager
def deadline(attempt: Attempt) -> Iterator[Attempt]:
    """Binds connections made inside to the attempt, and cuts them when its time is over.

    A read time-out never fires on a server that sends a byte now and then, be it in the headers, the TLS handshake
    or the body: so a timer shuts the socket down.
    """
    token = _CURRENT.set(attempt)
    timer = threading.Timer(attempt.seconds_left, attempt.cut)
    timer.daemon = True
    timer.start()
    try:
        yield attempt
    finally:
        timer.cancel()
        attempt.close()
        _CURRENT.reset(token)


class _PinnedHTTP(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _CURRENT.get().connect(self._dns_host, self.port)


class _PinnedHTTPS(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _CURRENT.get().connect(self._dns_host, self.port)


class _HTTPPool(HTTPConnectionPool):
    ConnectionCls = _PinnedHTTP


class _HTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _PinnedHTTPS


class PinAdapter(HTTPAdapter):
    """An adapter whose every connection goes through the current attempt; it knows no proxy and no retry."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        """As the base, with our connections."""
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _HTTPPool, "https": _HTTPSPool}

    def proxy_manager_for(self, proxy: str, **_: Any) -> Any:
        """Never: a proxy would connect where we cannot see."""
        raise BlockedAddress(f"proxy {proxy}: proxies are not used")
