"""The steps by hand. Commands live in `claimwire.commands`, one file a group, and load when they are called."""

import importlib
import os
import sys

import click

from claimwire import __version__
from claimwire.errors import ClaimwireError

COMMANDS = {
    "init": ("init:init", "create or migrate the warehouse; load feeds and registers"),
    "run": ("run:run", "collect, detect, assess, load; ends with a table of what was flagged"),
    "collect": ("collect:collect", "fetch what is due and load articles"),
    "detect": ("detect:detect", "find claims: in unread articles, or in JSON lines"),
    "assess": ("assess:assess", "check flagged items against the registers again"),
    "digest": ("digest:digest", "compose, preview or send digests"),
    "rescan": ("rescan:rescan", "read stored articles again with today's engine"),
    "import": ("importing:import_", "load old news from JSON lines, Parquet or WARC"),
    "export": ("export:export", "flagged items to CSV, Parquet, JSON lines, Excel, Atom"),
    "feeds": ("feeds:feeds", "state of the feeds; check, add, import, export"),
    "watch": ("watch:watch", "find feeds that are silent, broken or out of their band"),
    "registers": ("registers:registers", "load registers and sanctions lists"),
    "parse": ("parse:parse", "any wire format to JSON lines of entries"),
    "explain": ("explain:explain", "why a sentence is or is not a claim"),
    "lint": ("lint:lint", "check lexicons and feeds"),
    "evaluate": ("evaluate:evaluate", "score detection against labelled articles"),
    "bench": ("bench:bench", "speed of detection on this machine"),
    "plot": ("plot:plot", "draw figures against their cap"),
    "db": ("db:db", "check, upgrade, describe, grant, purge"),
    "gold": ("gold:gold", "reviewed items as labelled articles"),
    "review": ("review:review", "the review desk without Airflow"),
    "up": ("up:up", "Airflow with everything in it, on this machine"),
    "doctor": ("doctor:doctor", "what is wrong with this installation, and how to mend it"),
    "housekeeping": ("housekeeping:housekeeping", "retention, vacuum, statistics"),
}
"""Every command: where it is (`module:attribute` under `claimwire.commands`), and what it does in one line."""


class LazyGroup(click.Group):
    """Imports a command's module only when the command is called: help and start-up stay fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Names, in the order of the work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, or None where there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command: click.Command = getattr(importlib.import_module(f"claimwire.commands.{module}"), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list in the help, without importing anything."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, gist) for name, (_, gist) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """One line on stderr and exit code 1 for whatever went wrong; CLAIMWIRE_DEBUG=1 shows where."""
        try:
            return super().invoke(ctx)
        except ClaimwireError as error:
            click.echo(f"claimwire: {error}", err=True)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as error:
            if os.environ.get("CLAIMWIRE_DEBUG"):
                raise
            first = (str(error).splitlines() or [""])[0]
            click.echo(f"claimwire: {type(error).__name__}: {first} (CLAIMWIRE_DEBUG=1 shows where)", err=True)
        return ctx.exit(1)


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="claimwire")
def main() -> None:
    """Watches newswires for claims about sanctions, UN requests and trade quotas."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
