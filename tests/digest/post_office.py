"""A real mail server on loopback whose manners the test sets: STARTTLS with a certificate of its own, and AUTH."""

import asyncio
import ssl
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from claimwire.digest.sinks import SmtpServer

USER, PASSWORD = "claimwire", "a pass:word/with @signs"

Reply = str | None
"""What the server says; None is its usual answer."""


@dataclass
class Manners:
    """How the server behaves; each hook is asked with the recipient, and may block."""

    on_rcpt: Callable[[str], Reply] = lambda _: None
    on_data: Callable[[str], Reply] = lambda _: None
    cut_after_data: set[str] = field(default_factory=set)
    cut_at_rcpt: set[str] = field(default_factory=set)


class PostOffice:
    """Keeps what it accepted, by recipient."""

    def __init__(self, folder: Path, port: int, **options: Any) -> None:
        self.manners = Manners()
        self.letters: list[tuple[str, bytes]] = []
        self.lock = threading.Lock()
        self.port = port
        self.certificate = folder / "server.pem"
        _write_certificate(self.certificate)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.certificate)
        usual = {
            "tls_context": context,
            "require_starttls": True,
            "authenticator": _authenticate,
            "auth_required": True,
            "enable_SMTPUTF8": True,
        }
        self._controller = Controller(self, hostname="127.0.0.1", port=port, **(usual | options))

    @property
    def server(self) -> SmtpServer:
        """How to reach it."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        return SmtpServer("127.0.0.1", self.port, USER, PASSWORD, "starttls", timeout_seconds=5, context=context)

    def open(self) -> None:
        self._controller.start()

    def close(self) -> None:
        if not self._controller.loop.is_closed():
            self._controller.stop(no_assert=True)

    @property
    def copies(self) -> Counter[str]:
        """How many letters each recipient got."""
        return Counter(recipient for recipient, _ in self.letters)

    def mail(self, number: int = 0) -> EmailMessage:
        return message_from_bytes(self.letters[number][1], policy=default)

    async def handle_RCPT(self, server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        if address in self.manners.cut_at_rcpt:
            server.transport.abort()
        reply = await asyncio.to_thread(self.manners.on_rcpt, address)
        if reply is None:
            envelope.rcpt_tos.append(address)
        return reply or "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        [recipient] = envelope.rcpt_tos
        reply = await asyncio.to_thread(self.manners.on_data, recipient)
        if reply is None:
            with self.lock:
                self.letters.append((recipient, envelope.original_content))
        if recipient in self.manners.cut_after_data:
            server.transport.abort()
        return reply or "250 kept"


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    is_known = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=is_known, handled=False)


def _write_certificate(path: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.oid.NameOID.COMMON_NAME, "loopback")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + certificate.public_bytes(serialization.Encoding.PEM))
