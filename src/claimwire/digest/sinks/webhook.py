"""Web hook: the digest as JSON, signed, to any address on the open internet."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from claimwire.digest.sinks.port import Outlets, Receipt, Sink
from claimwire.digest.sinks.posting import post_json
from claimwire.warehouse.digests import Stored


@contextmanager
def open_webhook(outlets: Outlets) -> Iterator[Sink]:
    """A sink that posts JSON.

    `X-Claimwire-Signature: sha256=<hex>` is the HMAC of the body under CLAIMWIRE_WEBHOOK_SECRET; `Idempotency-Key` is
    the same for each retry, so that a receiver can drop a second copy.
    """
    settings = outlets.settings

    def deliver(stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        body = json.dumps(stored.payload, ensure_ascii=False, sort_keys=True).encode()
        headers = {"Idempotency-Key": stored.message_id.strip("<>"), "X-Claimwire-Schema": stored.payload["schema"]}
        if settings.webhook_secret:
            headers["X-Claimwire-Signature"] = sign(body, settings.webhook_secret)
        return post_json(recipient, body, headers, settings, hand_over)

    yield deliver


def sign(body: bytes, secret: str) -> str:
    """The signature that a receiver works out again and compares."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
