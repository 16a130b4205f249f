"""Telling the operators, once when something breaks and once when it is well again, by mail and web hook."""

import json
import logging
import smtplib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from typing import Any

from sqlalchemy import Connection, Engine, select, update

from claimwire.digest.sinks.port import SmtpServer
from claimwire.digest.sinks.posting import post_json
from claimwire.digest.sinks.smtp import open_line
from claimwire.errors import SettingsError
from claimwire.settings import Settings
from claimwire.warehouse.tables import alerts
from claimwire.warehouse.writing import upsert, write

LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Alert:
    """What operators should know. `key` says what it is about: while it is open they are not told again."""

    key: str
    subject: str
    text: str


def raise_alert(engine: Engine, settings: Settings, alert: Alert, now: datetime) -> bool:
    """Opens an alert and tells the operators, unless it is open and told already; whether anybody was told now."""
    with engine.connect().execution_options(readonly=True) as connection:
        row = connection.execute(select(alerts).where(alerts.c.alert_key == alert.key)).mappings().first()
    if row and row["ended_at"] is None and row["told_at"]:
        return False
    is_told = tell(settings, alert)
    fresh = {
        "alert_key": alert.key,
        "message": alert.text,
        "since_at": row["since_at"] if row and row["ended_at"] is None else now,
        "told_at": now if is_told else None,
        "ended_at": None,
    }
    write(engine, lambda connection: upsert(connection, alerts, [fresh]))
    return is_told


def end_alert(engine: Engine, settings: Settings, key: str, now: datetime) -> bool:
    """Closes an open alert and says that all is well; whether there was one that anybody had been told of."""

    def close(connection: Connection) -> Mapping[str, Any] | None:
        is_open = (alerts.c.alert_key == key) & alerts.c.ended_at.is_(None)
        row = connection.execute(select(alerts).where(is_open)).mappings().first()
        connection.execute(update(alerts).where(is_open).values(ended_at=now))
        return dict(row) if row else None

    row = write(engine, close)
    if row is None or row["told_at"] is None:
        return False
    text = f"It was broken since {row['since_at']:%Y-%m-%d %H:%MZ}:\n\n{row['message']}"
    return tell(settings, Alert(key, f"{key} is well again", text))


def tell(settings: Settings, alert: Alert) -> bool:
    """Sends to all operators and the web hook; whether any of them took it. What failed is logged, never raised."""
    return any([_mail(settings, alert), _post(settings, alert)])


def _mail(settings: Settings, alert: Alert) -> bool:
    if not settings.operators or not settings.smtp_url:
        return False
    message = EmailMessage()
    message["Subject"] = "claimwire: " + " ".join(alert.subject.split())[:180]
    message["From"] = settings.mail_from
    message["To"] = ", ".join(settings.operators)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(alert.text)
    try:
        with open_line(SmtpServer.from_url(settings.smtp_url)) as line:
            line.send_message(message)
    except (OSError, smtplib.SMTPException, SettingsError) as error:
        LOG.warning("operators could not be told by mail: %s", error)
        return False
    return True


def _post(settings: Settings, alert: Alert) -> bool:
    if not settings.alert_webhook:
        return False
    body = json.dumps({"text": f"{alert.subject}\n{alert.text}", "key": alert.key}, ensure_ascii=False).encode()
    receipt = post_json(settings.alert_webhook, body, {}, settings, lambda: None)
    if receipt.state != "sent":
        LOG.warning("operators could not be told by web hook: %s", receipt.message)
    return receipt.state == "sent"
