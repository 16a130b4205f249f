"""What `claimwire doctor` looks at: one function a question, each with the way to mend it."""

import re
import shutil
import smtplib
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from importlib import metadata
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from claimwire.digest.sinks.port import SmtpServer
from claimwire.digest.sinks.smtp import open_line
from claimwire.errors import ClaimwireError
from claimwire.settings import Settings

CLOCKS_APART_SECONDS = 60.0


class State(StrEnum):
    """How a check ended."""

    OK = "ok"
    WARNING = "warning"
    FAULT = "fault"


@dataclass(frozen=True, slots=True)
class Check:
    """One question answered; `remedy` says what to do where the state is not ok."""

    name: str
    state: State
    message: str
    remedy: str = ""


def check_python(_settings: Settings, _now: datetime) -> Check:
    """Whether the interpreter is one that we test on."""
    found = ".".join(map(str, sys.version_info[:3]))
    if (3, 11) <= sys.version_info[:2] <= (3, 13):
        return Check("python", State.OK, found)
    return Check("python", State.FAULT, f"{found} is not supported", "install Python 3.11, 3.12 or 3.13")


def check_packages(_settings: Settings, _now: datetime) -> Check:
    """Whether the known bad combinations are absent."""
    celery, airflow = _version("celery"), _version("apache-airflow-core")
    if celery >= (5, 7):
        return Check("packages", State.FAULT, "celery 5.7 breaks CeleryExecutor", "pip install 'celery<5.7'")
    if not airflow:
        return Check(
            "packages",
            State.WARNING,
            "Airflow is not installed",
            "fine for the library alone, else pip install 'claimwire[airflow]'",
        )
    if not (3, 1) <= airflow < (3, 4):
        return Check("packages", State.WARNING, "this Airflow was not tested", "use Airflow 3.1 to 3.3")
    return Check("packages", State.OK, f"Airflow {'.'.join(map(str, airflow))}")


def check_catalogue(settings: Settings, _now: datetime) -> Check:
    """Whether the data files can be read."""
    from claimwire.catalog.feeds import load_feeds
    from claimwire.catalog.lexicons import load_lexicons
    from claimwire.catalog.registers import load_registers
    from claimwire.catalog.subscriptions import load_subscriptions

    try:
        load_registers(settings.data_dir)
        counts = [len(load(settings.data_dir)) for load in (load_feeds, load_lexicons, load_subscriptions)]
    except ClaimwireError as error:
        return Check("catalogue", State.FAULT, str(error), "mend that line, then run `claimwire lint`")
    return Check("catalogue", State.OK, "{} feeds, {} lexicons, {} subscriptions".format(*counts))


def check_warehouse(settings: Settings, _now: datetime) -> Check:
    """Whether the warehouse answers and has the schema of this code."""
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import check_migrated
    from claimwire.warehouse.tables import flagged_items

    begun = time.monotonic()
    try:
        engine = open_engine(settings.warehouse_url)
        check_migrated(engine)
        with engine.connect().execution_options(readonly=True) as connection:
            items = connection.scalar(select(func.count()).select_from(flagged_items))
    except ClaimwireError as error:
        return Check("warehouse", State.FAULT, str(error), "run `claimwire init`")
    except SQLAlchemyError as error:
        reason = str(error.__cause__ or error).splitlines()[0]
        return Check("warehouse", State.FAULT, reason, "is the server up, and CLAIMWIRE_WAREHOUSE_URL right?")
    return Check(
        "warehouse", State.OK, f"{items} flagged items, answered in {(time.monotonic() - begun) * 1000:.0f} ms"
    )


def check_feeds(settings: Settings, now: datetime) -> Check:
    """Whether feeds are being read."""
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.tables import feeds

    try:
        with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
            rows = connection.execute(select(feeds.c.state, feeds.c.last_good_at).where(feeds.c.is_enabled)).all()
    except SQLAlchemyError:
        return Check(
            "feeds", State.WARNING, "not known while the warehouse is out of reach", "mend the warehouse first"
        )
    good = [row.last_good_at for row in rows if row.last_good_at]
    quarantined = sum(row.state == "quarantined" for row in rows)
    told = f"{len(rows)} feeds, {len(good)} ever read, {quarantined} quarantined"
    if not good or max(good) < now - timedelta(hours=1):
        return Check(
            "feeds",
            State.WARNING,
            f"{told}; none read within the last hour",
            "is collect_wires running? try `claimwire collect`",
        )
    return Check("feeds", State.OK, told)


def check_disk(settings: Settings, _now: datetime) -> Check:
    """Whether there is room for what comes."""
    place = next(path for path in (settings.var_dir, *settings.var_dir.parents) if path.exists())
    free = shutil.disk_usage(place).free / 2**30
    if free < 2:
        return Check("disk", State.FAULT, f"{free:.1f} GiB free at {place}", "make room, or run `claimwire db purge`")
    return Check("disk", State.OK, f"{free:.0f} GiB free")


def check_clock(settings: Settings, now: datetime) -> Check:
    """Whether this machine's clock can be right: beside the release's year, and beside the database server's clock."""
    from claimwire.warehouse.engine import open_engine

    told, remedy = f"{now:%Y-%m-%d %H:%MZ}", "set the clock (NTP): dates of claims and hours of digests hang on it"
    if now < datetime(2026, 1, 1, tzinfo=UTC):
        return Check("clock", State.FAULT, f"it says {told}", remedy)
    try:
        with open_engine(settings.warehouse_url).connect().execution_options(readonly=True) as connection:
            server = connection.scalar(select(func.now()))
    except SQLAlchemyError:
        return Check("clock", State.OK, told)
    away = abs(((server if server.tzinfo else server.replace(tzinfo=UTC)) - now).total_seconds()) if server else 0.0
    if away > CLOCKS_APART_SECONDS:
        return Check("clock", State.WARNING, f"{told}, the database's clock is {away:.0f} s away", remedy)
    return Check("clock", State.OK, told)


def check_zones(settings: Settings, _now: datetime) -> Check:
    """Whether the time zones that the data files name are known here; all times of ours are UTC."""
    from claimwire.catalog.feeds import load_feeds
    from claimwire.catalog.subscriptions import load_subscriptions

    try:
        names = {feed.timezone for feed in load_feeds(settings.data_dir)} - {""}
        names |= {str(each.timezone) for each in load_subscriptions(settings.data_dir)}
        for name in names:
            ZoneInfo(name)
    except (ClaimwireError, ZoneInfoNotFoundError) as error:
        return Check("zones", State.FAULT, str(error), "pip install --upgrade tzdata, or mend the name")
    return Check("zones", State.OK, f"{len(names)} time zones known")


def check_mail(settings: Settings, _now: datetime) -> Check:
    """Whether the mail server answers and takes our login, where one is set."""
    remedy = "set CLAIMWIRE_SMTP_URL or the connection claimwire_smtp to send digests"
    if not settings.smtp_url:
        return Check("mail", State.WARNING, "no mail server is set", remedy)
    try:
        server = SmtpServer.from_url(settings.smtp_url)
        with open_line(server) as line:
            line.noop()
    except (OSError, smtplib.SMTPException, ClaimwireError) as error:
        return Check("mail", State.FAULT, str(error), "is CLAIMWIRE_SMTP_URL right, and the server up?")
    return Check("mail", State.OK, f"{server.host} answers")


CHECKS: dict[str, Callable[[Settings, datetime], Check]] = {
    "python": check_python,
    "packages": check_packages,
    "catalogue": check_catalogue,
    "warehouse": check_warehouse,
    "feeds": check_feeds,
    "disk": check_disk,
    "clock": check_clock,
    "zones": check_zones,
    "mail": check_mail,
}


def run_checks(settings: Settings, now: datetime) -> Iterator[Check]:
    """Every check, in the order in which faults explain one another."""
    for check in CHECKS.values():
        yield check(settings, now)


def _version(package: str) -> tuple[int, ...]:
    """The version's numbers; empty where the package is not installed."""
    try:
        return tuple(int(part) for part in re.findall(r"\d+", metadata.version(package))[:3])
    except metadata.PackageNotFoundError:
        return ()
