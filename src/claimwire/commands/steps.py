"""The steps of the pipeline as a person runs them: with progress on a terminal, and their lines below it."""

from collections.abc import Sequence
from datetime import datetime

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from claimwire import pipeline
from claimwire.model import Tally
from claimwire.operate.report import read_report
from claimwire.settings import Settings
from claimwire.warehouse.migrate import open_migrated


def collect_now(settings: Settings, console: Console, now: datetime, feeds: Sequence[str] = ()) -> None:
    """Fetches what is due, or these feeds, and says what came of it."""
    engine = open_migrated(settings.warehouse_url)
    # One round, not a bundle after the other: while one host rests, others are asked.
    due = [key for bundle in pipeline.plan_collection(settings, now, feeds) for key in bundle]
    with _progress(console) as progress:
        task = progress.add_task("feeds", total=len(due))
        if due:
            pipeline.collect_feeds(settings, now, due, lambda _: progress.advance(task))
    report = read_report(engine, due, now)
    for line in report.lines:
        console.print(line, markup=False, highlight=False)


def detect_now(settings: Settings, console: Console, now: datetime) -> Tally:
    """Reads all unread articles; says how many were flagged."""
    open_migrated(settings.warehouse_url)
    total = Tally()
    with _progress(console) as progress:
        task = progress.add_task("articles", total=None)
        while batches := pipeline.plan_detection(settings, now):
            progress.update(task, total=total.came_in + sum(map(len, batches)))
            for batch in batches:
                total += pipeline.detect_articles(settings, now, batch)
                progress.advance(task, len(batch))
    told = ", ".join(f"{count} {end}" for end, count in total.went_out.items()) or "nothing was unread"
    console.print(f"{total.came_in} articles read: {told}", highlight=False)
    for note in total.notes:
        console.print(note, markup=False, highlight=False)
    return total


def _progress(console: Console) -> Progress:
    columns = (TextColumn("{task.description:9}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
