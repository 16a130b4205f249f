"""Notifications of other servers, and what the ledger makes of them."""

import pytest
from sqlalchemy import Engine, insert, select

from claimwire.digest.bounce import Bounce, read_bounces
from claimwire.errors import ParseError
from claimwire.warehouse.digests import note_bounce
from claimwire.warehouse.tables import deliveries, digests

from .conftest import DAY, NOW

NOTIFICATION = b"""From: MAILER-DAEMON@mail.example
To: digest@claims.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

This is the mail system.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example

Final-Recipient: rfc822; Ann@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user
 here

Final-Recipient: rfc822; bob@example.org
Action: delayed
Status: 4.4.1

--b
Content-Type: %s

%sMessage-ID: <daily.desk.2026-11-20.0@claims.example>
Subject: 1 new

--b--
"""


@pytest.mark.parametrize("kind", [b"text/rfc822-headers", b"message/rfc822"])
def test_a_failure_is_read_and_a_delay_is_not(kind: bytes) -> None:
    [bounce] = read_bounces(NOTIFICATION % (kind, b""))
    assert bounce == Bounce(
        "<daily.desk.2026-11-20.0@claims.example>", "Ann@example.org", "5.1.1", "smtp; 550 5.1.1 no such user here"
    )
    assert bounce.is_permanent


@pytest.mark.parametrize("mail", [b"", b"Subject: out of office\n\nI am away", b"\x00\xff" * 100])
def test_other_mail_is_no_bounce(mail: bytes) -> None:
    with pytest.raises(ParseError, match="no delivery status notification"):
        read_bounces(mail)


def test_a_notification_about_nothing() -> None:
    with pytest.raises(ParseError, match="no header of the message"):
        read_bounces(NOTIFICATION % (b"text/plain", b""))


def test_the_ledger_takes_it(store: Engine) -> None:
    message_id = "<daily.desk.2026-11-20.0@claims.example>"
    with store.begin() as connection:
        digest = {"subscription_key": "desk", "day": DAY, "window_from": NOW, "window_to": NOW, "composed_at": NOW}
        digest |= {"subject": "1 new", "message_id": message_id, "message": b""}
        [digest_id] = connection.execute(insert(digests).values(digest)).inserted_primary_key
        row = {"digest_id": digest_id, "sink": "smtp", "recipient": "ann@example.org", "state": "sent", "copies": 1}
        connection.execute(insert(deliveries).values(row))
        assert note_bounce(connection, message_id, "Ann@Example.org", "550 no such user")
        assert not note_bounce(connection, message_id, "cyd@example.org", "550 no such user")
        told = connection.execute(select(deliveries.c.state, deliveries.c.message)).one()
    assert tuple(told) == ("refused", "bounced: 550 no such user")
