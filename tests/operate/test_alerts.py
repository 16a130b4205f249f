"""Operators hear of a fault once, and once more when it is over; a real mail server listens."""

from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

from claimwire.operate.alerts import Alert, end_alert, raise_alert
from claimwire.operate.runs import tell_failed, tell_well

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def test_an_alert_is_told_once_while_it_is_open_and_once_when_it_ends(warehouse, settings, mailbox):
    alert = Alert("DAG collect_wires", "collect_wires failed", "disk full")

    assert raise_alert(warehouse, settings, alert, NOW)
    assert not raise_alert(warehouse, settings, alert, NOW)
    assert end_alert(warehouse, settings, alert.key, NOW)
    assert not end_alert(warehouse, settings, alert.key, NOW)
    assert raise_alert(warehouse, settings, alert, NOW), "a new fault is told again"

    assert len(mailbox.mails) == 3
    assert "collect_wires failed" in mailbox.mails[0]
    assert "well again" in mailbox.mails[1]
    assert "disk full" in mailbox.mails[1]


def test_an_alert_that_reached_nobody_is_tried_again(warehouse, settings, mailbox):
    deaf = replace(settings, smtp_url="smtp://127.0.0.1:1?tls=none")
    alert = Alert("DAG x", "x failed", "why")
    assert not raise_alert(warehouse, deaf, alert, NOW)
    assert raise_alert(warehouse, settings, alert, NOW)
    assert len(mailbox.mails) == 1


def test_a_failed_run_says_which_task_why_and_where_its_log_is(warehouse, settings, mailbox):
    context = {
        "dag_run": SimpleNamespace(dag_id="daily_digest", run_id="scheduled__1"),
        "task_instance": SimpleNamespace(task_id="send", map_index=3, log_url="http://127.0.0.1/log"),
        "exception": RuntimeError("mail server said 451"),
    }
    assert tell_failed(settings, context)
    assert tell_well(settings, {"dag_run": context["dag_run"]})
    for word in ("daily_digest failed", "scheduled__1", "send 3", "mail server said 451", "http://127.0.0.1/log"):
        assert word in mailbox.mails[0]


def test_a_subject_cannot_bring_headers_of_its_own(warehouse, settings, mailbox):
    raise_alert(warehouse, settings, Alert("k", "x\r\nBcc: everybody@example.org", "text"), NOW)
    head = mailbox.mails[0].split("\r\n\r\n")[0]
    assert "\nBcc:" not in head
