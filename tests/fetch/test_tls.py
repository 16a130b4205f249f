"""Certificates are checked against the name in the address, though we connect to the number behind it."""

import ssl
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests.adapters

from claimwire.fetch.client import Client, Limits
from claimwire.fetch.feed import fetch_feed
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response

from .site import NOW, RSS, make_feed, send

x509 = pytest.importorskip("cryptography.x509", reason="no cryptography, which makes the certificate")


def make_certificate(folder: Path, name: str) -> Path:
    """A self-signed certificate and its key in one file."""
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    today = datetime.now(UTC)
    builder = x509.CertificateBuilder(subject, subject, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
    builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
    builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    made = builder.sign(key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / "server.pem"
    path.write_bytes(made.public_bytes(pem) + secret)
    return path


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        send(self, 200, RSS, {"X-Name": self.headers["Host"]})

    def log_message(self, *_: Any) -> None: ...


@pytest.fixture
def port(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A TLS server that is wire.example, and a world that trusts it."""
    certificate = make_certificate(tmp_path, "wire.example")
    monkeypatch.setattr(requests.adapters, "DEFAULT_CA_BUNDLE_PATH", str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    thread.join()
    server.server_close()


def fetch(port: int, host: str) -> Response:
    limits = Limits(connect_seconds=2, read_seconds=2, total_seconds=4)
    resolved = [(2, 1, 6, "", ("127.0.0.1", port))]
    client = Client("t", allowed_hosts=[host], limits=limits, resolve=lambda *_: resolved)
    return fetch_feed(client, make_feed(url=f"https://{host}/feed"), FeedState(), NOW)


def test_the_name_of_the_address_is_the_one_that_must_be_certified(port: int) -> None:
    assert fetch(port, "wire.example").body == RSS


def test_another_name_is_not_taken(port: int) -> None:
    response = fetch(port, "other.example")
    assert response.outcome is Outcome.TLS_FAILED
    assert "other.example" in response.message


def test_a_certificate_that_nobody_signed_is_not_taken(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert fetch(port, "wire.example").outcome is Outcome.TLS_FAILED
