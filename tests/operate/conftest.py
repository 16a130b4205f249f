"""A real mail server on loopback, and settings that send to it."""

import pytest
from aiosmtpd.controller import Controller

from claimwire.operate.environment import free_port
from claimwire.settings import Settings


class Mailbox:
    """Keeps what it is handed."""

    def __init__(self) -> None:
        self.mails: list[str] = []
        self.port = free_port()

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  # aiosmtpd's own name
        self.mails.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture
def mailbox():
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def settings(warehouse, mailbox, tmp_path) -> Settings:
    return Settings(
        warehouse_url=warehouse.url.render_as_string(hide_password=False),
        var_dir=tmp_path / "var",
        smtp_url=f"smtp://127.0.0.1:{mailbox.port}?tls=none",
        mail_from="claimwire@example.org",
        operators=("night@example.org",),
    )
