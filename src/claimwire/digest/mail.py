"""A digest as a mail: alternative parts, the chart beside the HTML, headers that programs and people can trust."""

from datetime import date
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from hashlib import sha256
from urllib.parse import quote, urlencode

from claimwire.digest.render import CHART_CID, Parts
from claimwire.digest.wording import one_line
from claimwire.warehouse.digests import Stored

# Seven bits all the way: no server on the way has a reason to re-encode the message.
POLICY = SMTP.clone(cte_type="7bit")


def message_id(subscription_key: str, kind: str, day: date, sequence: int, mail_from: str) -> str:
    """The same for each copy of a digest and for each retry, so that mail programs can see a second copy as such."""
    return f"<{kind}.{subscription_key}.{day.isoformat()}.{sequence}@{_domain(mail_from)}>"


def build_mail(stored: Stored, title: str, parts: Parts, mail_from: str) -> bytes:
    """The mail to the byte, but for the recipient's own headers, which `address_mail` puts before it."""
    domain = _domain(mail_from)
    mail = EmailMessage(policy=POLICY)
    mail["Subject"] = one_line(stored.subject, 300)
    mail["From"] = mail_from
    mail["Date"] = format_datetime(stored.composed_at)
    mail["Message-ID"] = stored.message_id
    mail["List-Id"] = f'"{one_line(title).replace(chr(34), chr(39))}" <{stored.subscription_key}.claimwire.{domain}>'
    mail["Auto-Submitted"] = "auto-generated"
    mail["Precedence"] = "list"
    mail.set_content(parts.text)
    mail.add_alternative(parts.html, subtype="html")
    if parts.chart:
        page = mail.get_payload()[1]  # type: ignore[index]
        page.add_related(  # type: ignore[union-attr]
            parts.chart, "image", "png", cid=f"<{CHART_CID}>", filename="caps.png", disposition="inline"
        )
    _name_boundaries(mail, stored.message_id)
    return mail.as_bytes()


def address_mail(stored: Stored, recipient: str, headers: dict[str, str]) -> bytes:
    """The stored mail with the recipient's headers before it; equal for each retry."""
    own = {"To": f"<{recipient}>"} | headers
    lines = "".join(f"{name}: {one_line(value)}\r\n" for name, value in own.items())
    return lines.encode() + stored.message


def unsubscribe_headers(stored: Stored, mail_from: str, one_click_url: str = "") -> dict[str, str]:
    """`List-Unsubscribe` by mail, and with one click (RFC 8058) where there is an address for it."""
    address = parseaddr(mail_from)[1]
    subject = urlencode({"subject": f"unsubscribe {stored.subscription_key}"}, quote_via=quote)
    by_mail = f"<mailto:{quote(address, safe='@')}?{subject}>"
    if not one_click_url:
        return {"List-Unsubscribe": by_mail}
    return {
        "List-Unsubscribe": f"<{one_click_url}>, {by_mail}",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _domain(mail_from: str) -> str:
    domain = parseaddr(mail_from)[1].rpartition("@")[2] or "localhost"
    return domain.encode("idna").decode()


def _name_boundaries(mail: EmailMessage, seed: str) -> None:
    """Boundaries from the message's name instead of random ones: the same digest is the same bytes."""
    for number, part in enumerate(mail.walk()):
        if part.is_multipart():
            part.set_boundary(f"=_{sha256(f'{seed}{number}'.encode()).hexdigest()[:32]}")
