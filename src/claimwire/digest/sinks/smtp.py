"""Mail: one transaction a recipient on one connection, so that the ledger knows the fate of each copy.

smtplib's `sendmail` hides where in the dialogue a connection died. Here its steps are taken one by one: what dies
before the last dot has not been delivered (RFC 5321, 4.2.5), what dies after it may have been.
"""

import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.utils import parseaddr

from claimwire.digest.mail import address_mail, unsubscribe_headers
from claimwire.digest.sinks.port import Outlets, Receipt, SmtpServer
from claimwire.digest.unsubscribe import one_click_url
from claimwire.warehouse.digests import Stored

_LEADING_DOT = re.compile(rb"(?m)^\.")


@contextmanager
def open_smtp(outlets: Outlets) -> Iterator["_Post"]:
    """A sink that connects at the first mail and hangs up at the end."""
    post = _Post(outlets.smtp_server, outlets)
    try:
        yield post
    finally:
        post.hang_up()


def open_line(server: SmtpServer) -> smtplib.SMTP:
    """A line to a mail server, greeted, encrypted and logged in as its settings say; to be closed by the caller.

    Raises:
        OSError: nobody answers, or not in time.
        smtplib.SMTPException: the server will not have us.
    """
    context = server.context or ssl.create_default_context()
    if server.tls == "ssl":
        line: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_seconds, context=context)
    else:
        line = smtplib.SMTP(server.host, server.port, timeout=server.timeout_seconds)
    try:
        line.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            line.starttls(context=context)
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
    except BaseException:
        line.close()
        raise
    return line


class _Post:
    """One connection to one server."""

    def __init__(self, server: SmtpServer, outlets: Outlets) -> None:
        self._server, self._settings = server, outlets.settings
        self._line: smtplib.SMTP | None = None
        self._is_down = ""  # why it cannot be reached; not asked again for each recipient

    def __call__(self, stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        """One mail to one recipient."""
        if self._is_down:
            return Receipt("failed", self._is_down)
        try:
            line = self._connect()
        except smtplib.SMTPException as error:
            self._is_down = f"{self._server.host}: {_words(error)}"
            return Receipt("failed", self._is_down)
        except (OSError, ssl.SSLError) as error:
            self._is_down = f"{self._server.host}:{self._server.port} cannot be reached: {error.strerror or error}"
            return Receipt("failed", self._is_down)
        return self._send(line, stored, recipient, hand_over)

    def hang_up(self) -> None:
        """Ends the connection; a server that is gone already is no matter."""
        if self._line:
            with suppress(OSError, smtplib.SMTPException):
                self._line.quit()
            self._line.close()
            self._line = None

    def _connect(self) -> smtplib.SMTP:
        if self._line is None:
            self._line = open_line(self._server)
        return self._line

    def _send(self, line: smtplib.SMTP, stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        one_click = one_click_url(self._settings, stored.subscription_key, recipient)
        headers = unsubscribe_headers(stored, self._settings.mail_from, one_click)
        has_left = False
        try:
            if refusal := self._address(line, recipient):
                return refusal
            mail = address_mail(stored, recipient, headers)
            hand_over()
            has_left = True
            line.send(_LEADING_DOT.sub(b"..", mail) + (b"" if mail.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, words = line.getreply()
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            where = "after DATA" if has_left else "before DATA"
            return Receipt("unknown" if has_left else "failed", f"connection lost {where}: {_words(error)}")
        return _receipt(code, words)

    def _address(self, line: smtplib.SMTP, recipient: str) -> Receipt | None:
        """The envelope; a receipt where the server wants no mail to follow."""
        options = []
        local, _, domain = recipient.rpartition("@")
        with suppress(UnicodeError):
            recipient = f"{local}@{domain.encode('idna').decode()}" if not domain.isascii() else recipient
        if not recipient.isascii():
            if not line.has_extn("smtputf8"):
                return Receipt("refused", f"{self._server.host} takes no address beyond ASCII (SMTPUTF8)")
            options.append("SMTPUTF8")
        steps: tuple[Callable[[], tuple[int, bytes]], ...] = (
            lambda: line.mail(parseaddr(self._settings.mail_from)[1], options),
            lambda: line.rcpt(recipient),
            lambda: line.docmd("DATA"),
        )
        for step in steps:
            code, words = step()
            if code not in {250, 251, 354}:
                self._reset(line)
                return _receipt(code, words)
        return None

    def _reset(self, line: smtplib.SMTP) -> None:
        """Ready for the next recipient; a server that closes the line (421) is called again for it."""
        try:
            line.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()

    def _drop(self) -> None:
        if self._line:
            self._line.close()
            self._line = None


def _receipt(code: int, words: bytes) -> Receipt:
    told = f"{code} {words.decode('utf-8', 'replace')}"[:300]
    if code == 250:
        return Receipt("sent", told)
    return Receipt("refused" if code >= 500 else "failed", told)


def _words(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        words = error.smtp_error
        return f"{error.smtp_code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"[:300]
    return str(error)[:300] or type(error).__name__
