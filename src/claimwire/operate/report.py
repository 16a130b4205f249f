"""What a collection came to, for the people who watch it: a line a feed, worst first, and one verdict."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, select

from claimwire.fetch.outcomes import GOOD, NETWORK
from claimwire.fetch.schedule import NETWORK_DOWN_SECONDS, QUARANTINE_FAILURES
from claimwire.intake import FRESH
from claimwire.model import Outcome
from claimwire.operate.defaults import FAILED_SHARE
from claimwire.warehouse.outages import Suspicion, forgive_outage
from claimwire.warehouse.tables import feeds, fetches
from claimwire.warehouse.writing import write


@dataclass(frozen=True, slots=True)
class Report:
    """One collection: lines to log, how many articles are new, and what is wrong with it as a whole, if anything."""

    lines: tuple[str, ...]
    new: int
    problem: str


def read_report(engine: Engine, feed_keys: Sequence[str], since: datetime) -> Report:
    """The report of the fetches since a time; an outage of our own network is forgiven on the way."""
    write(engine, lambda connection: _forgive(connection, since))
    with engine.connect().execution_options(readonly=True) as connection:
        rows = _fetches_since(connection, since, feed_keys)
    outcomes = Counter(row["outcome"] for row in rows)
    new = sum(row["dispositions"].get(str(end), 0) for row in rows for end in FRESH)
    lines = [_summary(len(feed_keys), outcomes, new)]
    if down := outcomes[Outcome.NETWORK_DOWN]:
        lines.append(
            f"our own network is down: {down} feeds could not be reached, none is blamed; tried again in 5 min"
        )
    failed = [row for row in rows if row["outcome"] not in GOOD | {Outcome.NETWORK_DOWN}]
    lines += [row["message"] for row in sorted(failed, key=lambda row: -row["weight"])]
    lines += [f"feed {row['feed_key']}: {_ends(row)}" for row in rows if row["outcome"] == Outcome.NEW]
    return Report(tuple(lines), new, _problem(feed_keys, rows, len(failed)))


def _forgive(connection: Connection, since: datetime) -> int:
    again_at = since + timedelta(seconds=NETWORK_DOWN_SECONDS)
    return forgive_outage(connection, Suspicion(since, NETWORK | {Outcome.NETWORK_DOWN}, again_at, QUARANTINE_FAILURES))


def _fetches_since(connection: Connection, since: datetime, feed_keys: Sequence[str]) -> list[dict[str, Any]]:
    wanted = set(feed_keys)
    query = (
        select(fetches, feeds.c.host)
        .join(feeds, feeds.c.feed_key == fetches.c.feed_key)
        .where(fetches.c.fetched_at >= since)
        .order_by(fetches.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings() if row["feed_key"] in wanted]


def _summary(asked: int, outcomes: Counter[str], new: int) -> str:
    told = ", ".join(f"{count} {outcome}" for outcome, count in outcomes.most_common()) or "nothing was due"
    return f"{asked} feeds: {told}; {new} new articles"


def _ends(row: dict[str, Any]) -> str:
    return ", ".join(f"{count} {end}" for end, count in row["dispositions"].items() if count)


def _problem(feed_keys: Sequence[str], rows: Sequence[dict[str, Any]], failed: int) -> str:
    """Why the run should be red; empty where it should not. A feed put off leaves no fetch and is still due."""
    asked = {row["feed_key"] for row in rows}
    if feed_keys and not asked:
        return f"none of {len(feed_keys)} feeds left a trace: the warehouse or the workers failed; see `collect`"
    if failed > 3 and failed > FAILED_SHARE * len(asked):
        return f"{failed} of {len(asked)} feeds failed while our network is up; the lines above say why"
    return ""
