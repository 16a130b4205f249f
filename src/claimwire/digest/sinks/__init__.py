"""The ways out, one module a sink. A new one is a module, its line in `SINKS` and its test."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from claimwire.digest.sinks.atom import open_atom
from claimwire.digest.sinks.file import open_file
from claimwire.digest.sinks.port import Outlets, Receipt, Sink, SmtpServer
from claimwire.digest.sinks.slack import open_slack
from claimwire.digest.sinks.smtp import open_smtp
from claimwire.digest.sinks.webhook import open_webhook

SINKS: dict[str, Callable[[Outlets], AbstractContextManager[Sink]]] = {
    "atom": open_atom,
    "file": open_file,
    "slack": open_slack,
    "smtp": open_smtp,
    "webhook": open_webhook,
}

__all__ = ["SINKS", "Outlets", "Receipt", "Sink", "SmtpServer"]
