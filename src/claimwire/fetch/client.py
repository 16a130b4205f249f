"""One HTTP session a process that cannot be slowed down, blown up or led astray by whom it talks to."""

import socket
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urldefrag, urljoin

import requests
from requests import Response as Answer

from claimwire.errors import FetchError
from claimwire.fetch.address import check_url
from claimwire.fetch.body import read_body
from claimwire.fetch.pinning import Attempt, PinAdapter, Resolve, deadline

PERMANENT = frozenset({301, 308})
REDIRECTS = PERMANENT | {302, 303, 307}

Dress = Callable[[str], Mapping[str, str]]
"""Which headers a request to this very URL carries; asked anew for each hop."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost."""

    connect_seconds: float = 5.0
    read_seconds: float = 20.0
    total_seconds: float = 60.0
    feed_bytes: int = 15 << 20
    page_bytes: int = 2 << 20
    robots_bytes: int = 500_000  # 20,000 rules take 0.65 s to parse and 16 ms to ask
    redirects: int = 5


@dataclass(frozen=True, slots=True)
class Reply:
    """What a chain of requests came to."""

    url: str  # where it ended
    status: int
    headers: Mapping[str, str]
    body: bytes = b""
    moved_to: str = ""  # the end of the chain, where every hop to it was permanent


class Client:
    """A polite, patient and suspicious HTTP client; safe to share between threads.

    Args:
        user_agent: who we are, with a way to reach us.
        allowed_hosts: hosts that may lie on private networks or use odd ports.
        resolve: stands in for `socket.getaddrinfo`.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        allowed_hosts: Collection[str] = (),
        limits: Limits | None = None,
        resolve: Resolve = socket.getaddrinfo,
    ) -> None:
        self.user_agent = user_agent
        self.limits = limits or Limits()
        self._allowed_hosts = frozenset(host.lower() for host in allowed_hosts)
        self._resolve = resolve
        self._session = requests.Session()
        self._session.trust_env = False  # no proxies, no .netrc
        self._session.headers.clear()
        for prefix in ("http://", "https://"):
            self._session.mount(prefix, PinAdapter(max_retries=0))

    def get(self, url: str, limit_bytes: int, dress: Dress = lambda _: {}) -> Reply:
        """The reply at the end of at most five redirects, its body within the limit.

        Raises:
            FetchError: whatever went wrong short of an HTTP status, with the outcome that it is.
        """
        limits = self.limits
        ends_at = time.monotonic() + limits.total_seconds
        attempt = Attempt(ends_at, limits.connect_seconds, self._allowed_hosts, self._resolve)
        with deadline(attempt):
            return self._follow(url, limit_bytes, dress, attempt)

    def host_of(self, url: str) -> str:
        """The host that a URL would be asked from.

        Raises:
            BlockedAddress: it would not be asked at all.
        """
        return check_url(url, self._allowed_hosts)

    def close(self) -> None:
        """Closes what connections are left."""
        self._session.close()

    def _follow(self, url: str, limit_bytes: int, dress: Dress, attempt: Attempt) -> Reply:
        is_permanent = True
        place = url
        for _ in range(self.limits.redirects + 1):
            self.host_of(place)
            with self._send(place, dress(place), attempt) as answer:
                if answer.status_code not in REDIRECTS:
                    body = b"" if answer.status_code == 304 else read_body(answer, limit_bytes, attempt)
                    moved_to = place if is_permanent and place != url else ""
                    return Reply(place, answer.status_code, dict(answer.headers.lower_items()), body, moved_to)
                is_permanent = is_permanent and answer.status_code in PERMANENT
                place = _next_hop(place, answer)
        raise FetchError(f"more than {self.limits.redirects} redirects, the last to {place[:200]}", "redirect_loop")

    def _send(self, url: str, headers: Mapping[str, str], attempt: Attempt) -> Answer:
        # Connections are not kept: hosts are visited one request at a time, seconds apart.
        own = {"User-Agent": self.user_agent, "Accept-Encoding": "gzip, deflate", "Connection": "close"}
        try:
            request = self._session.prepare_request(requests.Request("GET", url, headers=own | dict(headers)))
            timeout = (self.limits.connect_seconds, min(self.limits.read_seconds, max(0.001, attempt.seconds_left)))
            # Not `session.send`: even when told not to follow redirects, it reads their bodies without any limit.
            adapter = self._session.get_adapter(url)
            return adapter.send(request, stream=True, timeout=timeout, verify=True, proxies={})
        except requests.exceptions.SSLError as error:
            raise FetchError(f"TLS failed: {_reason(error)}", "tls_failed") from error
        except requests.Timeout as error:
            raise FetchError(f"no answer within {timeout[1]:.0f} s", "timed_out") from error
        except (requests.exceptions.InvalidURL, requests.exceptions.InvalidHeader, UnicodeError) as error:
            raise FetchError(f"{url[:200]!r} cannot be asked for", "blocked_address") from error
        except requests.RequestException as error:
            if not attempt.seconds_left:
                raise FetchError(f"no answer within {self.limits.total_seconds:.0f} s", "timed_out") from error
            raise FetchError(f"no sound answer: {_reason(error)}", "unreachable") from error


def _next_hop(url: str, answer: Answer) -> str:
    location = answer.headers.get("Location", "")
    if not location:
        raise FetchError(f"{answer.status_code} without saying whereto", "http_error")
    # Header bytes come as latin-1; what servers mean is UTF-8.
    readable = location.encode("latin-1", "replace").decode("utf-8", "replace").strip()
    try:
        return urldefrag(urljoin(url, readable)).url
    except ValueError as error:
        raise FetchError(f"redirected to {readable[:200]!r}, which is no address", "blocked_address") from error


def _reason(error: BaseException) -> str:
    """The innermost reason, short: urllib3 wraps it three deep, with addresses of objects."""
    inner: BaseException = error
    while isinstance(found := getattr(inner, "reason", None) or (inner.args[0] if inner.args else None), BaseException):
        inner = found
    return str(inner.args[0] if inner.args else type(inner).__name__)[:200]
