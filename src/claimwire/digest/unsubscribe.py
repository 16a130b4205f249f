"""The address with which one recipient leaves one subscription: a token that only we can have written."""

import hashlib
import hmac
from base64 import urlsafe_b64decode, urlsafe_b64encode
from urllib.parse import urlsplit

from claimwire.settings import Settings

PATH = "/unsubscribe"
"""Where the page stands on the host of the desk."""


def one_click_url(settings: Settings, subscription_key: str, recipient: str) -> str:
    """Where one POST ends the subscription (RFC 8058); empty without a secret to sign with."""
    if not settings.webhook_secret:
        return ""
    desk = urlsplit(settings.desk_url)
    return f"{desk.scheme}://{desk.netloc}{PATH}/{write_token(settings.webhook_secret, subscription_key, recipient)}"


def write_token(secret: str, subscription_key: str, recipient: str) -> str:
    """Names the subscription and the recipient, signed."""
    told = f"{subscription_key}\n{recipient}".encode()
    return urlsafe_b64encode(_signature(secret, told) + told).decode().rstrip("=")


def read_token(secret: str, token: str) -> tuple[str, str] | None:
    """(subscription key, recipient), or None where we did not write it."""
    try:
        raw = urlsafe_b64decode(token + "=" * (-len(token) % 4))
        signature, told = raw[:16], raw[16:]
        if not secret or not hmac.compare_digest(signature, _signature(secret, told)):
            return None
        subscription_key, _, recipient = told.decode().partition("\n")
    except ValueError:
        return None
    return subscription_key, recipient


def _signature(secret: str, told: bytes) -> bytes:
    return hmac.new(secret.encode(), b"unsubscribe\n" + told, hashlib.sha256).digest()[:16]
