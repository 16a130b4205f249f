"""What every sink is given and gives back."""

import json
import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Literal, Protocol, cast
from urllib.parse import parse_qsl, unquote, urlsplit

from claimwire.errors import SettingsError
from claimwire.settings import Settings
from claimwire.warehouse.digests import Stored

State = Literal["sent", "refused", "failed", "unknown"]
_PORTS = {"starttls": 587, "ssl": 465, "none": 25}


@dataclass(frozen=True, slots=True)
class Receipt:
    """How one delivery ended, and what the other side said.

    `failed` may be tried again, `refused` never; `unknown` is a copy that left and was not acknowledged.
    """

    state: State
    message: str = ""


class Sink(Protocol):
    """Takes one digest to one recipient.

    It calls `hand_over` right before the first moment at which the other side may have a whole copy, and returns a
    receipt for everything that is expected to go wrong.
    """

    def __call__(self, stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        """One try."""
        ...


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail is handed in; `tls` is starttls, ssl or none."""

    host: str
    port: int = 587
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Literal["starttls", "ssl", "none"] = "starttls"
    timeout_seconds: float = 30.0
    context: ssl.SSLContext | None = None  # a private authority's certificates; the system's by default

    @classmethod
    def from_url(cls, url: str) -> "SmtpServer":
        """The server of `smtp://user:password@host:port?tls=starttls|ssl|none`, or of an Airflow connection's URI.

        Raises:
            SettingsError: the URL names no server; the password is not in the message.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port
            options = _options(parts.query)
        except ValueError as error:
            raise SettingsError("CLAIMWIRE_SMTP_URL has no sound host, port and options") from error
        tls = options.get("tls") or _tls_of(parts.scheme, port, options)
        if parts.scheme not in {"smtp", "smtps"} or not host or tls not in _PORTS:
            raise SettingsError("CLAIMWIRE_SMTP_URL: say smtp://user:password@host:port?tls=starttls|ssl|none")
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        kind = cast("Literal['starttls', 'ssl', 'none']", tls)
        return cls(host, port or _PORTS[tls], user, password, kind)


def _options(query: str) -> dict[str, str]:
    """Options of the URL; Airflow packs extras that are no strings into one that is JSON."""
    options = dict(parse_qsl(query))
    packed = json.loads(options.pop("__extra__", "{}"))
    return {key: str(value).lower() for key, value in (options | packed).items()}


def _tls_of(scheme: str, port: int | None, options: dict[str, str]) -> str:
    """How the line is kept private where nobody says `tls`: by Airflow's two switches, or by scheme and port."""
    if {"disable_ssl", "disable_tls"} & options.keys():
        if options.get("disable_ssl", "false") != "true":
            return "ssl"
        return "none" if options.get("disable_tls") == "true" else "starttls"
    return "ssl" if scheme == "smtps" or port == _PORTS["ssl"] else "starttls"


@dataclass(frozen=True, slots=True)
class Outlets:
    """How this installation reaches the world; `smtp` stands in for the server of the settings."""

    settings: Settings
    smtp: SmtpServer | None = None

    @property
    def outbox(self) -> Path:
        """Where sinks that write files write them."""
        return self.settings.var_dir / "digests"

    @property
    def smtp_server(self) -> SmtpServer:
        """The server to hand mail to; SettingsError where none is known."""
        if self.smtp:
            return self.smtp
        if not self.settings.smtp_url:
            raise SettingsError("no mail server: set CLAIMWIRE_SMTP_URL, or Airflow's connection claimwire_smtp")
        return SmtpServer.from_url(self.settings.smtp_url)


def read_parts(stored: Stored) -> tuple[str, str, list[EmailMessage]]:
    """(HTML, text, pictures) of the stored mail, for sinks that send no mail."""
    mail = message_from_bytes(stored.message, policy=default)
    html, text = mail.get_body(("html",)), mail.get_body(("plain",))
    pictures = [part for part in mail.walk() if part.get_content_maintype() == "image"]
    page, plain = (part.get_content().replace("\r\n", "\n") if part else "" for part in (html, text))
    return page, plain, pictures
