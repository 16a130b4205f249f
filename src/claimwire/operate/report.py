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
from claimwire.model import Disposition, Outcome
from claimwire.operate.defaults import FAILED_SHARE
from claimwire.warehouse.outages import Suspicion, forgive_outage
from claimwire.warehouse.tables import feeds, fetches
from claimwire.warehouse.writing import write


@dataclass(frozen=True, slots=True)
class Report:
    """One collection: lines to log, what came of how many feeds, and what is wrong with it as a whole, if anything.

    `counts` has asked, answered, failed and put_off feeds, and new articles.
    """

    lines: tuple[str, ...]
    counts: dict[str, int]
    problem: str


def read_report(engine: Engine, feed_keys: Sequence[str], since: datetime) -> Report:
    """The report of the fetches since a time; an outage of our own network is forgiven on the way."""
    write(engine, lambda connection: _forgive(connection, since))
    with engine.connect().execution_options(readonly=True) as connection:
        rows = _fetches_since(connection, since, feed_keys)
    # A drop folder has a fetch a file: what is counted is feeds.
    outcomes = Counter(outcome for _, outcome in {(row["feed_key"], row["outcome"]) for row in rows})
    failed = [row for row in rows if row["outcome"] not in GOOD | {Outcome.NETWORK_DOWN}]
    counts = {
        "asked": len(feed_keys),
        "answered": sum(outcomes[outcome] for outcome in GOOD),
        "failed": len({row["feed_key"] for row in failed}),
        "put_off": len(set(feed_keys) - {row["feed_key"] for row in rows}),
        "new": sum(map(_new, rows)),
    }
    lines = [_summary(counts, outcomes)]
    if down := outcomes[Outcome.NETWORK_DOWN]:
        lines.append(
            f"our own network is down: {down} feeds could not be reached, none is blamed; tried again in 5 min"
        )
    return Report((*lines, *_table(rows, failed)), counts, _problem(feed_keys, rows, counts["failed"]))


def _table(rows: Sequence[dict[str, Any]], failed: Sequence[dict[str, Any]]) -> list[str]:
    """A line a feed: those that failed, the worst first, then those that brought something."""
    told = sorted(failed, key=lambda row: -row["weight"]) + [row for row in rows if row["outcome"] == Outcome.NEW]
    if not told:
        return []
    head = f"{'outcome':16} {'new':>5} {'unchanged':>9} {'other':>5}  why"
    return [head, *(_line(row) for row in told)]


def _line(row: dict[str, Any]) -> str:
    ends = row["dispositions"]
    new, unchanged = _new(row), ends.get(str(Disposition.UNCHANGED), 0)
    other = sum(ends.values()) - new - unchanged
    return f"{row['outcome']:16} {new:5} {unchanged:9} {other:5}  {row['message']}"


def _new(row: dict[str, Any]) -> int:
    return sum(row["dispositions"].get(str(end), 0) for end in FRESH)


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


def _summary(counts: dict[str, int], outcomes: Counter[str]) -> str:
    told = [f"{count} {outcome}" for outcome, count in outcomes.most_common()]
    told += [f"{counts['put_off']} put off"] if counts["put_off"] else []
    return f"{counts['asked']} feeds: {', '.join(told) or 'nothing was due'}; {counts['new']} new articles"


def _problem(feed_keys: Sequence[str], rows: Sequence[dict[str, Any]], failed: int) -> str:
    """Why the run should be red; empty where it should not. A feed put off leaves no fetch and is still due."""
    asked = {row["feed_key"] for row in rows}
    if feed_keys and not asked:
        return f"none of {len(feed_keys)} feeds left a trace: the warehouse or the workers failed; see `collect`"
    if failed > 3 and failed > FAILED_SHARE * len(asked):
        return f"{failed} of {len(asked)} feeds failed while our network is up; the lines above say why"
    return ""
