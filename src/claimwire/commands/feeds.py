"""`claimwire feeds`: their state; trying them out; adding, importing and exporting them."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, get_args

import click

from claimwire.catalog.feeds import Kind

if TYPE_CHECKING:
    from claimwire.fetch.round import Catch
    from claimwire.fetch.state import FeedState
    from claimwire.settings import Settings


@click.group(invoke_without_command=True)
@click.pass_context
def feeds(ctx: click.Context) -> None:
    """State of the feeds, the worst first; or check, add, import, export."""
    if ctx.invoked_subcommand is None:
        from claimwire.settings import read_settings

        show_states(read_settings(), datetime.now(UTC))


def show_states(settings: "Settings", now: datetime) -> None:
    """Prints a table of all feeds in the warehouse."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from claimwire.fetch.state import FeedState
    from claimwire.warehouse.feeds import read_states
    from claimwire.warehouse.migrate import open_migrated

    engine = open_migrated(settings.warehouse_url)
    with engine.connect().execution_options(readonly=True) as connection:
        states = {key: FeedState(**row) for key, row in read_states(connection).items()}
    table = Table(
        "feed", "state", "last outcome", "last good", "next", "a day", "what happened", title=f"{len(states)} feeds"
    )
    for key, state in sorted(states.items(), key=lambda item: (-item[1].failures, item[0])):
        table.add_row(*map(Text, _state_cells(key, state, now)))
    Console().print(table)


@feeds.command()
@click.argument("keys", nargs=-1)
def check(keys: tuple[str, ...]) -> None:
    """Fetch every feed once (or only KEYS), keep nothing, and say what is wrong with which."""
    from rich.console import Console

    from claimwire.errors import ClaimwireError
    from claimwire.fetch.outcomes import NETWORK
    from claimwire.fetch.probe import find_faults
    from claimwire.settings import read_settings

    now = datetime.now(UTC)
    console = Console()
    catches = _probe_all(read_settings(), keys)
    dark = [catch for catch in catches if catch.response.outcome in NETWORK | {"network_down"}]
    if len(catches) > 2 and len(dark) == len(catches):
        raise ClaimwireError(f"none of {len(catches)} feeds can be reached: our own network is down")
    faulty = 0
    for catch in sorted(catches, key=lambda one: one.feed.key):
        faults = find_faults(catch, now)
        faulty += bool(faults)
        told = "; ".join(faults) or f"{len(catch.entries)} entries, well"
        console.print(f"{catch.feed.key}: {told}", markup=False, highlight=False, soft_wrap=True)
    if faulty:
        raise ClaimwireError(f"{faulty} of {len(catches)} feeds need a look")


@feeds.command()
@click.argument("url")
@click.option("--key", default="", help="Stable name; made from the host by default.")
@click.option("--publisher", default="", help="Who publishes it; the feed's title by default.")
@click.option("--language", default="", help="ISO 639-1; told from its entries by default.")
@click.option("--kind", type=click.Choice(get_args(Kind)), default="newspaper", show_default=True)
def add(url: str, key: str, publisher: str, language: str, kind: str) -> None:
    """Find the feed at URL, or behind the page there, and write its block into the catalogue."""
    from claimwire.catalog.blocks import NewFeed, add_feeds
    from claimwire.errors import ClaimwireError
    from claimwire.fetch.client import Client
    from claimwire.fetch.probe import discover_feed, entries_per_day, language_of
    from claimwire.settings import read_settings
    from claimwire.text.language import UNDETERMINED

    settings = read_settings()
    client = Client(settings.user_agent, allowed_hosts=settings.allowed_hosts)
    found = discover_feed(client, url)
    if not language and language_of(found.entries) == UNDETERMINED:
        raise ClaimwireError(f"{found.url} does not tell its language: say --language")
    new = NewFeed(
        url=found.url,
        publisher=publisher or found.title or url,
        language=language or language_of(found.entries),
        source=f"added by hand on {datetime.now(UTC):%Y-%m-%d}",
        key=key,
        title=found.title,
        kind=kind,
        entries_per_day=entries_per_day(found.entries),
    )
    written = add_feeds(settings.data_dir, [new])
    if not written:
        raise ClaimwireError(f"{found.url} is in the catalogue already")
    click.echo(f"{found.url} ({len(found.entries)} entries, '{new.language}') written to {written[0]}; look at it once")


@feeds.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--language", default="en", show_default=True, help="Of feeds that name none.")
def import_(file: Path, language: str) -> None:
    """Write a block for each feed of an OPML FILE that is not in the catalogue yet."""
    from claimwire.catalog.blocks import add_feeds
    from claimwire.catalog.opml import read_opml
    from claimwire.settings import read_settings

    listed = read_opml(file.read_bytes(), language, f"imported from {file.name} on {datetime.now(UTC):%Y-%m-%d}")
    written = add_feeds(read_settings().data_dir, listed)
    click.echo(f"{len(listed)} feeds listed, {len(written)} written to {len(set(written))} files")


@feeds.command()
@click.argument("file", type=click.File("wb"), default="-")
def export(file: BinaryIO) -> None:
    """Write the catalogue's feeds as OPML to FILE or standard output."""
    from claimwire.catalog.feeds import load_feeds
    from claimwire.catalog.opml import write_opml
    from claimwire.settings import read_settings

    file.write(write_opml(load_feeds(read_settings().data_dir)))


def _probe_all(settings: "Settings", keys: tuple[str, ...]) -> "list[Catch]":
    """One catch of each feed that has an address, fetched as politely as in a collection."""
    import os
    import socket

    from claimwire.catalog.feeds import load_feeds
    from claimwire.errors import NotFound
    from claimwire.fetch.client import Client
    from claimwire.fetch.folder import drop_path
    from claimwire.fetch.probe import Prober
    from claimwire.fetch.round import Due, Round
    from claimwire.fetch.schedule import first_state
    from claimwire.settings import read_secret
    from claimwire.warehouse.leases import HostLeases
    from claimwire.warehouse.migrate import open_migrated

    chosen = {feed.key: feed for feed in load_feeds(settings.data_dir) if feed.url and (feed.key in keys or not keys)}
    if unknown := set(keys) - set(chosen):
        raise NotFound(f"no feed with an address is called {', '.join(sorted(unknown))}; `claimwire feeds` lists them")
    engine = open_migrated(settings.warehouse_url)
    prober = Prober()
    work = Round(
        Client(settings.user_agent, allowed_hosts=settings.allowed_hosts),
        HostLeases(engine, f"{socket.gethostname()}:{os.getpid()}:check"),
        prober,
        clock=lambda: datetime.now(UTC),
        folders=lambda feed: drop_path(feed, settings.data_dir, settings.var_dir),
        secret=read_secret,
    )
    work.collect([Due(feed, first_state(feed)) for feed in chosen.values()])
    return prober.catches


def _state_cells(key: str, state: "FeedState", now: datetime) -> tuple[str, ...]:
    from claimwire.fetch.health import span

    good = f"{span(now - state.last_good_at)} ago" if state.last_good_at else "never"
    due = "now" if state.next_poll_at is None or state.next_poll_at <= now else f"{state.next_poll_at:%H:%MZ}"
    daily = "" if state.entries_per_day is None else f"{state.entries_per_day:.1f}"
    told = state.message.removeprefix(f"feed {key}: ")
    return key, state.state, state.last_outcome or "", good, due, daily, told
