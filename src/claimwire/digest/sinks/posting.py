"""One HTTP POST to an address that somebody wrote into a file: checked, pinned, never redirected.

The same checks as for feeds: a web hook is the easiest way to make a server talk to its own network.
"""

import socket
import time
from collections.abc import Callable

import requests

from claimwire.digest.sinks.port import Receipt
from claimwire.errors import BlockedAddress, FetchError
from claimwire.fetch.address import check_url
from claimwire.fetch.pinning import Attempt, PinAdapter, deadline
from claimwire.settings import Settings

CONNECT_SECONDS, TOTAL_SECONDS = 5.0, 20.0
_LATER = {408, 425, 429}


def post_json(
    url: str, body: bytes, headers: dict[str, str], settings: Settings, hand_over: Callable[[], None]
) -> Receipt:
    """How the other side took it: 2xx sent; 408, 425, 429 and 5xx failed; anything else refused."""
    own = {"User-Agent": settings.user_agent, "Content-Type": "application/json; charset=utf-8", "Connection": "close"}
    allowed = {host.lower() for host in settings.allowed_hosts}
    attempt = Attempt(time.monotonic() + TOTAL_SECONDS, CONNECT_SECONDS, allowed, socket.getaddrinfo)
    try:
        host = check_url(url, allowed)
        if not url.lower().startswith("https:") and host not in allowed:
            return Receipt("refused", f"{host}: only https, since what is sent is nobody else's business")
        hand_over()
        with deadline(attempt), _session() as session:
            answer = session.post(
                url, data=body, headers=own | headers, timeout=(CONNECT_SECONDS, TOTAL_SECONDS), allow_redirects=False
            )
    except BlockedAddress as error:
        return Receipt("refused", str(error))
    except FetchError as error:
        return Receipt("failed", str(error))
    except requests.exceptions.SSLError as error:
        return Receipt("failed", f"TLS failed: {error}"[:300])
    except requests.RequestException as error:
        return Receipt("unknown", f"no answer after the request was sent: {type(error).__name__}")
    return _receipt(answer.status_code)


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxies, no .netrc
    for prefix in ("http://", "https://"):
        session.mount(prefix, PinAdapter(max_retries=0))
    return session


def _receipt(status: int) -> Receipt:
    if 200 <= status < 300:
        return Receipt("sent", f"HTTP {status}")
    if 300 <= status < 400:
        return Receipt("refused", f"HTTP {status}: redirects are not followed; name the final address")
    return Receipt("failed" if status in _LATER or status >= 500 else "refused", f"HTTP {status}")
