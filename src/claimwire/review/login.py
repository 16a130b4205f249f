"""A login of our own, for a desk without Airflow: one password, names by choice, sessions in memory."""

import base64
import binascii
import hmac
import re
import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from fastapi import HTTPException, Request

from claimwire.review.access import Reviewer

COOKIE = "claimwire_desk"
_LASTS = timedelta(hours=12)
_NAME = re.compile(r"[\w .@+-]{1,60}", re.ASCII)
_TRIES = 10  # wrong passwords a minute; then nobody gets in until the minute is over


@dataclass(slots=True)
class Sessions:
    """Who is logged in; forgotten when the process ends."""

    password: str
    clock: Callable[[], datetime]
    _open: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    _failed: list[datetime] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def enter(self, name: str, password: str) -> str:
        """A new session's token.

        Raises:
            HTTPException: 401 for a wrong password or an odd name, 429 after too many of them.
        """
        self._check(name, password)
        token, now = secrets.token_urlsafe(32), self.clock()
        with self._lock:
            self._open = {key: held for key, held in self._open.items() if held[1] > now}
            self._open[token] = (name, now + _LASTS)
        return token

    def leave(self, token: str) -> None:
        """Ends a session."""
        with self._lock:
            self._open.pop(token, None)

    def find_reviewer(self, request: Request) -> Reviewer:
        """The reviewer of a request, by session cookie or HTTP Basic (for scripts); 401 for nobody."""
        name, until = self._open.get(request.cookies.get(COOKIE, ""), ("", None))
        if until and until > self.clock():
            return Reviewer(name, may_decide=True, may_operate=True)
        name, password = _basic(request.headers.get("authorization", ""))
        if not name:
            raise HTTPException(401, "log in first")
        self._check(name, password)
        return Reviewer(name, may_decide=True, may_operate=True)

    def _check(self, name: str, password: str) -> None:
        now = self.clock()
        with self._lock:
            self._failed = [at for at in self._failed if at > now - timedelta(minutes=1)]
            if len(self._failed) >= _TRIES:
                raise HTTPException(429, "too many wrong passwords: wait a minute", {"Retry-After": "60"})
            is_right = hmac.compare_digest(password.encode("utf-8", "replace"), self.password.encode())
            if is_right and _NAME.fullmatch(name):
                return
            self._failed.append(now)
        raise HTTPException(401, "a name is letters and figures" if is_right else "that password is wrong")


def _basic(header: str) -> tuple[str, str]:
    kind, _, encoded = header.partition(" ")
    if kind.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password
