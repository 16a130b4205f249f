"""`claimwire digest`: compose, preview and send by hand what the DAG sends by itself."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from claimwire.errors import DeliveryError, NotFound

if TYPE_CHECKING:
    from claimwire.catalog.subscriptions import Subscription
    from claimwire.digest.compose import Digest
    from claimwire.settings import Settings


@click.command()
@click.option("--subscription", "key", default="", help="Only this one; by default all that are enabled.")
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="A day of the subscription's zone; by default today.")
@click.option("--preview", type=click.Path(dir_okay=False, path_type=Path), help="Write the page there; send nothing.")
@click.option("--send", is_flag=True, help="Send it; otherwise the text is only shown.")
@click.option(
    "--bounced", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A delivery notification to note."
)
def digest(key: str, day: datetime | None, preview: Path | None, bounced: Path | None, *, send: bool) -> None:
    """Compose the daily digest; show it, write it to a file, or send it once."""
    from claimwire.settings import read_settings

    if preview and send:
        raise click.UsageError("--preview sends nothing: leave out --send")
    settings, now = read_settings(), datetime.now(UTC)
    if bounced:
        _note(bounced, settings)
        return
    subscriptions = _chosen(settings, key, only_one=preview is not None)
    problems = []
    for subscription in subscriptions:
        wanted = day.date() if day else now.astimezone(subscription.zone).date()
        if send:
            problems += _send(subscription, wanted, now, settings)
        else:
            _show(_compose(subscription, wanted, now, settings), preview)
    if problems:
        raise DeliveryError("; ".join(problems))


def _chosen(settings: "Settings", key: str, *, only_one: bool) -> "list[Subscription]":
    from claimwire.catalog.subscriptions import load_subscriptions
    from claimwire.digest.send import check_sinks

    known = load_subscriptions(settings.data_dir)
    check_sinks(known)
    chosen = [each for each in known if key in {"", each.key}]
    if key and not chosen:
        raise NotFound(f"no subscription is called {key}; there are {', '.join(each.key for each in known) or 'none'}")
    if only_one and len(chosen) > 1:
        raise click.UsageError("--preview shows one digest: name it with --subscription")
    return chosen


def _compose(subscription: "Subscription", day: date, now: datetime, settings: "Settings") -> "Digest":
    from claimwire.digest.compose import compose_digest
    from claimwire.warehouse.migrate import open_migrated

    engine = open_migrated(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        return compose_digest(connection, subscription, day, now, settings)


def _show(composed: "Digest", preview: Path | None) -> None:
    from claimwire.digest.preview import plain_text, standalone_page

    if preview is None:
        click.echo(f"Subject: {composed.stored.subject}\n\n{plain_text(composed.stored)}", nl=False)
        return
    preview.parent.mkdir(parents=True, exist_ok=True)
    preview.write_text(standalone_page(composed.stored), encoding="utf-8")
    click.echo(f"{preview}: {composed.stored.subject}")


def _send(subscription: "Subscription", day: date, now: datetime, settings: "Settings") -> list[str]:
    """Sends it and says what became of it; gives what went wrong."""
    from claimwire.digest.send import send_digest
    from claimwire.digest.sinks import Outlets
    from claimwire.warehouse.engine import open_engine

    composed = _compose(subscription, day, now, settings)
    engine = open_engine(settings.warehouse_url)
    tally = send_digest(engine, subscription, composed, Outlets(settings), lambda: datetime.now(UTC))
    told = ", ".join(f"{count} {state}" for state, count in sorted(tally.went_out.items())) or "nothing left to send"
    click.echo(f"{subscription.key} {day}: {told}")
    return list(tally.notes)


def _note(path: Path, settings: "Settings") -> None:
    """Takes a delivery status notification into the ledger."""
    from claimwire.digest.bounce import read_bounces
    from claimwire.warehouse.digests import note_bounce
    from claimwire.warehouse.migrate import open_migrated
    from claimwire.warehouse.writing import write

    engine = open_migrated(settings.warehouse_url)
    for bounce in read_bounces(path.read_bytes()):
        note = partial(note_bounce, message_id=bounce.message_id, recipient=bounce.recipient, reason=bounce.reason)
        is_known = write(engine, note)
        click.echo(f"{bounce.recipient}: {bounce.reason}" + ("" if is_known else " (not one of our deliveries)"))
