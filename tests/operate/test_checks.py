"""The doctor finds what is wrong and says how to mend it; what is well is well."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from claimwire.catalog import DATA
from claimwire.operate import checks
from claimwire.operate.checks import State
from claimwire.warehouse.tables import feeds

NOW = datetime.now(UTC)


@pytest.fixture
def ailing(settings, tmp_path):
    """A catalogue of our own that a test can spoil."""
    data = tmp_path / "data"
    data.mkdir()
    for path in DATA.iterdir():
        (data / path.name).symlink_to(path)
    return replace(settings, data_dir=data)


def test_a_sound_installation_has_no_fault(settings):
    found = {check.name: check.state for check in checks.run_checks(settings, NOW)}
    assert found.keys() == checks.CHECKS.keys()
    assert State.FAULT not in found.values()
    assert found["mail"] is State.OK


def test_every_fault_comes_with_a_remedy(settings, tmp_path):
    broken = replace(
        settings, warehouse_url=f"sqlite:///{tmp_path / 'none.db'}", smtp_url="smtp://127.0.0.1:1?tls=none"
    )
    found = {check.name: check for check in checks.run_checks(broken, datetime(2001, 1, 1, tzinfo=UTC))}
    assert {name for name, check in found.items() if check.state is State.FAULT} >= {"warehouse", "clock", "mail"}
    assert all(check.remedy for check in found.values() if check.state is not State.OK)
    assert "claimwire init" in found["warehouse"].remedy


def test_a_spoiled_data_file_is_named_with_its_line(ailing):
    path = ailing.data_dir / "subscriptions.yml"
    path.unlink()
    path.write_text("subscriptions:\n  - key: all\n    titel: All\n", encoding="utf-8")
    check = checks.check_catalogue(ailing, NOW)
    assert check.state is State.FAULT
    assert "subscriptions.yml" in check.message
    assert "claimwire lint" in check.remedy


def test_a_warehouse_older_than_the_code_wants_init(settings, warehouse):
    with warehouse.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    check = checks.check_warehouse(settings, NOW)
    assert (check.state, "claimwire init" in check.remedy) == (State.FAULT, True)


def test_feeds_that_nobody_reads_are_told(settings, warehouse):
    with warehouse.begin() as connection:
        connection.execute(
            feeds.insert().values(feed_key="w", publisher="W", url="https://w/", last_good_at=NOW - timedelta(hours=3))
        )
    assert checks.check_feeds(settings, NOW).state is State.WARNING
    assert checks.check_feeds(settings, NOW - timedelta(hours=2.5)).state is State.OK


def test_a_clock_that_is_away_from_the_databases_is_told(settings):
    check = checks.check_clock(settings, NOW + timedelta(hours=2))
    assert check.state is State.WARNING
    assert "s away" in check.message


def test_a_mail_server_that_speaks_no_tls_is_a_fault_where_tls_is_asked(settings, mailbox):
    check = checks.check_mail(replace(settings, smtp_url=f"smtp://127.0.0.1:{mailbox.port}?tls=starttls"), NOW)
    assert check.state is State.FAULT


def test_the_password_of_the_mail_server_is_not_told(settings):
    check = checks.check_mail(replace(settings, smtp_url="smtp://ann:hush@127.0.0.1:1?tls=none"), NOW)
    assert "hush" not in check.message + check.remedy
