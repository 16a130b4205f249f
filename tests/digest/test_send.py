"""Each recipient gets exactly one copy, whatever the mail server does; where nobody can tell, one more and no third."""

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from claimwire.digest.compose import compose_digest
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.model import Tally
from claimwire.settings import Settings
from claimwire.warehouse.digests import LEASE, opt_out
from claimwire.warehouse.tables import deliveries

from .conftest import DAY, NOW, a_subscription, add_item
from .post_office import PostOffice

ANN, BOB, CYD = "ann@example.org", "bob@example.org", "cyd@example.org"
THREE = a_subscription(deliver={"smtp": [ANN, BOB, CYD]})


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def office(tmp_path: Path) -> Iterator[PostOffice]:
    office = PostOffice(tmp_path, free_port())
    office.open()
    yield office
    office.close()


@pytest.fixture
def send(store: Engine, settings: Settings, office: PostOffice) -> Callable[..., Tally]:
    """Composes and sends the day's digest as a task does, at `at`."""
    with store.begin() as connection:
        add_item(connection)

    def run(subscription: Any = THREE, at: datetime = NOW, **changes: Any) -> Tally:
        with store.connect() as connection:
            digest = compose_digest(connection, subscription, DAY, NOW, settings)
        outlets = Outlets(settings, replace(office.server, **changes))
        return send_digest(store, subscription, digest, outlets, lambda: at)

    return run


def ledger(store: Engine) -> dict[str, tuple[str, int, int]]:
    """Recipient: state, attempts, copies."""
    columns = deliveries.c
    with store.connect() as connection:
        rows = connection.execute(select(columns.recipient, columns.state, columns.attempts, columns.copies))
        return {row.recipient: (row.state, row.attempts, row.copies) for row in rows}


def test_three_recipients_get_one_copy_each_and_a_repetition_sends_nothing(
    send: Callable[..., Tally], office: PostOffice, store: Engine
) -> None:
    assert send().went_out == {"sent": 3}
    assert send().went_out == {}
    assert office.copies == {ANN: 1, BOB: 1, CYD: 1}
    assert ledger(store) == dict.fromkeys((ANN, BOB, CYD), ("sent", 1, 1))


def test_each_copy_names_its_recipient_only(send: Callable[..., Tally], office: PostOffice) -> None:
    send()
    letters = [office.mail(number) for number in range(3)]
    assert [letter["To"] for letter in letters] == [ANN, BOB, CYD]
    assert {letter["Message-ID"] for letter in letters} == {"<daily.desk.2026-11-20.0@claims.example>"}


def test_server_down_then_up(send: Callable[..., Tally], office: PostOffice, store: Engine) -> None:
    office.close()
    tally = send()
    assert tally.went_out == {"failed": 3}
    assert "cannot be reached" in tally.notes[0]
    reopened = PostOffice(office.certificate.parent, office.port)
    reopened.open()
    try:
        office.certificate = reopened.certificate
        assert send().went_out == {"sent": 3}
        assert reopened.copies == {ANN: 1, BOB: 1, CYD: 1}
    finally:
        reopened.close()
    assert ledger(store)[ANN] == ("sent", 2, 1)


@pytest.mark.parametrize("hook", ["on_rcpt", "on_data"])
def test_temporary_refusal_is_tried_again_for_that_one_only(
    send: Callable[..., Tally], office: PostOffice, store: Engine, hook: str
) -> None:
    setattr(office.manners, hook, lambda to: "451 try later" if to == BOB else None)
    assert send().went_out == {"sent": 2, "failed": 1}
    assert ledger(store)[BOB] == ("failed", 1, 0)
    setattr(office.manners, hook, lambda _: None)
    assert send().went_out == {"sent": 1}
    assert office.copies == {ANN: 1, BOB: 1, CYD: 1}


@pytest.mark.parametrize("hook", ["on_rcpt", "on_data"])
def test_permanent_refusal_of_one_of_three(
    send: Callable[..., Tally], office: PostOffice, store: Engine, hook: str
) -> None:
    setattr(office.manners, hook, lambda to: "550 no such box" if to == BOB else None)
    tally = send()
    assert tally.went_out == {"sent": 2, "refused": 1}
    assert tally.notes == ("desk to bob@example.org by smtp: refused, 550 no such box",)
    assert send().went_out == {}
    assert office.copies == {ANN: 1, CYD: 1}
    assert ledger(store)[BOB] == ("refused", 1, 0)


def test_line_cut_after_data_costs_one_copy_more_at_most(
    send: Callable[..., Tally], office: PostOffice, store: Engine
) -> None:
    office.manners.cut_after_data = {BOB}
    assert send().went_out == {"sent": 2, "unknown": 1}
    assert ledger(store)[BOB] == ("unknown", 1, 1)
    assert send().went_out == {"unknown": 1}
    assert send().went_out == {}
    assert office.copies == {ANN: 1, BOB: 2, CYD: 1}
    assert ledger(store)[BOB] == ("unknown", 2, 2)


def test_second_copy_that_is_acknowledged_is_counted(
    send: Callable[..., Tally], office: PostOffice, store: Engine
) -> None:
    office.manners.cut_after_data = {BOB}
    send()
    office.manners.cut_after_data = set()
    office.manners.on_data = lambda _: "451 busy"
    assert send().went_out == {"failed": 1}
    assert ledger(store)[BOB] == ("unknown", 2, 1)
    office.manners.on_data = lambda _: None
    assert send().went_out == {"sent": 1}
    assert ledger(store)[BOB] == ("sent", 3, 2)


def test_line_cut_before_data_costs_nothing(send: Callable[..., Tally], office: PostOffice, store: Engine) -> None:
    office.manners.cut_at_rcpt = {BOB}
    assert send().went_out == {"sent": 2, "failed": 1}
    office.manners.cut_at_rcpt = set()
    assert send().went_out == {"sent": 1}
    assert office.copies == {ANN: 1, BOB: 1, CYD: 1}
    assert ledger(store)[BOB] == ("sent", 2, 1)


def test_wrong_password_says_so_and_can_be_mended(send: Callable[..., Tally], office: PostOffice) -> None:
    tally = send(password="wrong")
    assert tally.went_out == {"failed": 3}
    assert "535" in tally.notes[0]
    assert send().went_out == {"sent": 3}


def test_unknown_certificate_is_refused(send: Callable[..., Tally], office: PostOffice) -> None:
    tally = send(context=None)
    assert tally.went_out == {"failed": 3}
    assert "certificate" in tally.notes[0]
    assert office.letters == []


def test_two_workers_at_once(send: Callable[..., Tally], office: PostOffice, store: Engine) -> None:
    gate = threading.Barrier(2)
    office.manners.on_rcpt = lambda _: None
    tallies: list[Tally] = []

    def work() -> None:
        gate.wait()
        tallies.append(send())

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert office.copies == {ANN: 1, BOB: 1, CYD: 1}
    assert sum(tally.went_out["sent"] for tally in tallies) == 3


WORKER = """
import ssl, sys
from datetime import datetime
from pathlib import Path
from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.compose import compose_digest
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets, SmtpServer
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
url, port, certificate, subscription, user, password, now = sys.argv[1:]
engine, now = open_engine(url), datetime.fromisoformat(now)
subscription = Subscription.model_validate_json(subscription)
settings = Settings(mail_from="Claims <digest@claims.example>", desk_url="https://desk.example/review")
context = ssl.create_default_context(cafile=certificate)
server = SmtpServer("127.0.0.1", int(port), user, password, context=context)
with engine.connect() as connection:
    digest = compose_digest(connection, subscription, now.date(), now, settings)
send_digest(engine, subscription, digest, Outlets(settings, server), lambda: now)
"""


@pytest.mark.parametrize(("hook", "copies_of_bob"), [("on_rcpt", 1), ("on_data", 1)])
def test_killed_worker(
    send: Callable[..., Tally], office: PostOffice, store: Engine, hook: str, copies_of_bob: int
) -> None:
    """A worker is killed while the server chews on the second of three."""
    reached, release = threading.Event(), threading.Event()

    def chew(recipient: str) -> str | None:
        if recipient != BOB:
            return None
        reached.set()
        release.wait(20)
        return "451 the client is gone" if hook == "on_data" else None

    setattr(office.manners, hook, chew)
    server = office.server
    arguments = [str(store.url), str(server.port), str(office.certificate), THREE.model_dump_json()]
    arguments += [server.user, server.password, NOW.isoformat()]
    worker = subprocess.Popen([sys.executable, "-c", WORKER, *arguments])
    assert reached.wait(20)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    release.set()
    setattr(office.manners, hook, lambda _: None)
    expected = ("pending", 1, 0) if hook == "on_rcpt" else ("unknown", 1, 1)
    assert ledger(store)[BOB] == expected
    assert send().went_out == {"busy": 1, "sent": 1}, "the dead worker's lease still holds"
    assert send(at=NOW + LEASE + timedelta(seconds=1)).went_out == {"sent": 1}
    assert office.copies == {ANN: 1, BOB: copies_of_bob, CYD: 1}
    assert ledger(store)[BOB] == ("sent", 2, 1 + (hook == "on_data"))


def test_address_beyond_ascii(send: Callable[..., Tally], office: PostOffice) -> None:
    names = ["jürg@bücher.example", "дина@example.org"]
    assert send(a_subscription(deliver={"smtp": names})).went_out == {"sent": 2}
    assert [office.mail(number)["To"] for number in range(2)] == names


def test_server_that_knows_no_smtputf8(store: Engine, settings: Settings, tmp_path: Path) -> None:
    office = PostOffice(tmp_path, free_port(), enable_SMTPUTF8=False)
    office.open()
    subscription = a_subscription(deliver={"smtp": ["дина@example.org", ANN]})
    try:
        with store.connect() as connection:
            digest = compose_digest(connection, subscription, DAY, NOW, settings)
        tally = send_digest(store, subscription, digest, Outlets(settings, office.server), lambda: NOW)
    finally:
        office.close()
    assert tally.went_out == {"refused": 1, "sent": 1}
    assert office.copies == {ANN: 1}


def test_no_mail_server_is_a_failure_that_says_what_to_set(store: Engine, settings: Settings) -> None:
    with store.connect() as connection:
        digest = compose_digest(connection, THREE, DAY, NOW, settings)
    tally = send_digest(store, THREE, digest, Outlets(settings), lambda: NOW)
    assert tally.went_out == {"failed": 3}
    assert "CLAIMWIRE_SMTP_URL" in tally.notes[0]


def test_who_left_gets_nothing(send: Callable[..., Tally], office: PostOffice, store: Engine) -> None:
    with store.begin() as connection:
        opt_out(connection, "desk", BOB, NOW)
    assert send().went_out == {"sent": 2}
    assert office.copies == {ANN: 1, CYD: 1}


def test_dots_and_long_lines_arrive_as_written(send: Callable[..., Tally], office: PostOffice, store: Engine) -> None:
    with store.begin() as connection:
        add_item(connection, target=["RU"], evidence=".A line that begins with a dot. " + "x" * 580)
    send()
    body = office.mail().get_body(("plain",))
    assert body is not None
    assert ".A line that begins with a dot." in body.get_content()
    assert max(len(line) for line in office.letters[0][1].split(b"\r\n")) <= 998
