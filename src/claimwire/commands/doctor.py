"""`claimwire doctor`: what is wrong with this installation, and how to mend it."""

from datetime import UTC, datetime

import click
from rich.console import Console

from claimwire.errors import ClaimwireError

COLOURS = {"ok": "green", "warning": "yellow", "fault": "red"}


@click.command()
def doctor() -> None:
    """Check versions, data files, warehouse, feeds, disk, clock and mail; exit 1 on a fault."""
    from claimwire.operate.checks import State, run_checks
    from claimwire.settings import read_settings

    console = Console()
    faults = 0
    for check in run_checks(read_settings(), datetime.now(UTC)):
        colour = COLOURS[check.state]
        console.print(f"[{colour}]{check.state:8}[/] {check.name:10} ", end="")
        console.print(check.message + (f" — {check.remedy}" if check.remedy else ""), markup=False, highlight=False)
        faults += check.state is State.FAULT
    if faults:
        raise ClaimwireError(f"{faults} faults; each line above says what to do")
