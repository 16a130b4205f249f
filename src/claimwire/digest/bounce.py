"""What comes back: a delivery status notification (RFC 3464) names a recipient who did not get a digest after all."""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage, Message
from email.policy import default

from claimwire.digest.wording import one_line
from claimwire.errors import ParseError


@dataclass(frozen=True, slots=True)
class Bounce:
    """One recipient's failure: for good (`5.x.x`), or the server has stopped trying for now."""

    message_id: str
    recipient: str
    status: str
    reason: str

    @property
    def is_permanent(self) -> bool:
        """Whether the address will not take the next one either."""
        return self.status.startswith("5")


def read_bounces(notification: bytes) -> list[Bounce]:
    """Every failure that a notification reports; those of a mere delay are left out.

    Raises:
        ParseError: it is no notification, or does not say which message it is about.
    """
    mail = message_from_bytes(notification, policy=default)
    if mail.get_content_type() != "multipart/report":
        raise ParseError("no delivery status notification: it is not multipart/report")
    message_id = next(_message_ids(mail), "")
    if not message_id:
        raise ParseError("the notification holds no header of the message that it is about")
    return [
        Bounce(message_id, _value(fields, "Final-Recipient"), _value(fields, "Status"), _reason(fields))
        for fields in _recipients(mail)
        if str(fields.get("Action", "")).strip().lower() == "failed"
    ]


def _recipients(mail: EmailMessage) -> Iterator[Message]:
    """The blocks of fields, one a recipient."""
    for part in mail.walk():
        if part.get_content_type() == "message/delivery-status":
            yield from (block for block in part.get_payload() if "Final-Recipient" in block)  # type: ignore[misc]


def _message_ids(mail: EmailMessage) -> Iterator[str]:
    """Of the message that came back, whole or its headers only."""
    for part in mail.walk():
        if part.get_content_type() == "message/rfc822":
            yield str(part.get_payload(0).get("Message-ID", "")).strip()  # type: ignore[union-attr]
        elif part.get_content_type() == "text/rfc822-headers":
            yield str(message_from_bytes(part.get_payload(decode=True)).get("Message-ID", "")).strip()  # type: ignore[arg-type]


def _value(fields: Message, name: str) -> str:
    """The value behind its type: `rfc822; ann@example.org`."""
    return one_line(str(fields.get(name, "")).rpartition(";")[2], 320)


def _reason(fields: Message) -> str:
    return one_line(str(fields.get("Diagnostic-Code") or fields.get("Status") or ""), 300)
