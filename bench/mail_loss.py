"""What a mail server costs that is killed while a digest goes out: who has it, who has it twice, who has not."""

import re
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from claimwire.errors import ClaimwireError
from claimwire.operate.environment import free_port

if TYPE_CHECKING:
    from bench.loss import Loss

TWO_INTERVALS_SECONDS = 600.0
RECIPIENTS = 200
COPIES_BEFORE = 5
UNKNOWN = "SELECT count(*) FROM deliveries WHERE state = 'unknown'"
RECIPIENT = re.compile(r"^X-RcptTo: (.+)$", re.MULTILINE | re.IGNORECASE)


def lose_mail(loss: "Loss") -> str:
    """Kills the mail server amid a digest's recipients; says how long until it was sent to all, and what it cost.

    Raises:
        ClaimwireError: somebody has none or two, or the digest is not green after two intervals.
    """
    port, box = free_port(), loss.cluster.folder / "mailbox"
    _tell_airflow(loss, port)
    due_at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
    _subscribe(Path(loss.cluster.extra["CLAIMWIRE_DATA_DIR"]), due_at)
    server = _serve(port, box)
    while datetime.now(UTC) < due_at + timedelta(seconds=1):  # a digest is due from its hour on
        time.sleep(0.2)
    loss.api.trigger("daily_digest", {})
    _wait_for_copies(box, COPIES_BEFORE)
    begun = time.monotonic()
    server.kill()
    server.wait()
    had = len(_owners(box))
    time.sleep(15)  # the next try finds nobody
    server = _serve(port, box)
    try:
        _wait_green(loss, box, begun)
    finally:
        server.kill()
        server.wait()
    told = f"{had} mails before the kill; {_verdict(loss, box)}"
    if max(_owners(box).values()) > 1:
        raise ClaimwireError(told)
    return f"green after {time.monotonic() - begun:.0f} s; {told}"


def _tell_airflow(loss: "Loss", port: int) -> None:
    loss.api.call("DELETE", "connections/claimwire_smtp")
    loss.api.call(
        "POST",
        "connections",
        connection_id="claimwire_smtp",
        conn_type="smtp",
        host="127.0.0.1",
        port=port,
        extra='{"tls": "none"}',
    )


def _subscribe(data: Path, due_at: datetime) -> None:
    """One daily digest for many recipients in place of the packaged subscriptions."""
    recipients = [f"reader-{number}@example.org" for number in range(RECIPIENTS)]
    desk = {"key": "desk", "title": "Desk", "at": f"{due_at:%H:%M}", "deliver": {"smtp": recipients}}
    place = data / "subscriptions.yml"
    place.unlink()
    place.write_text(yaml.safe_dump({"subscriptions": [desk]}), encoding="utf-8")


def _serve(port: int, box: Path) -> "subprocess.Popen[bytes]":
    handler = ("-c", "aiosmtpd.handlers.Mailbox", str(box))
    return subprocess.Popen([sys.executable, "-m", "aiosmtpd", "-n", "-l", f"127.0.0.1:{port}", *handler])


def _owners(box: Path) -> Counter[str]:
    """How many copies each recipient has."""
    mails = [path.read_text(encoding="utf-8", errors="replace") for path in (box / "new").glob("*")]
    return Counter(name for mail in mails for name in RECIPIENT.findall(mail))


def _wait_for_copies(box: Path, copies: int) -> None:
    for _ in range(12_000):
        if len(list((box / "new").glob("*"))) >= copies:
            return
        time.sleep(0.01)
    raise ClaimwireError("no mail came within two minutes")


def _wait_green(loss: "Loss", box: Path, begun: float) -> None:
    while time.monotonic() - begun < TWO_INTERVALS_SECONDS:
        time.sleep(2)
        run = loss.api.call("GET", "dags/daily_digest/dagRuns?order_by=-run_after&limit=1")["dag_runs"][0]
        unknown = loss.count(UNKNOWN)
        if run["state"] == "success" and RECIPIENTS - unknown <= len(_owners(box)) and unknown <= 1:
            return
    raise ClaimwireError(f"the digest is not out within two intervals: {_verdict(loss, box)}")


def _verdict(loss: "Loss", box: Path) -> str:
    """Who has it, and what the ledger says of the copy that was on the line: `unknown`, and never sent again."""
    owners = _owners(box)
    twice = sum(copies > 1 for copies in owners.values())
    return f"{len(owners)} of {RECIPIENTS} have it, {twice} twice, {loss.count(UNKNOWN)} the ledger calls unknown"
