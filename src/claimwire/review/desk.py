"""What every route of the desk works with: the warehouse, the rules, the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Connection, Engine

from claimwire.catalog.review import ReviewRules


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk; `clock` gives the present time, aware UTC."""

    engine: Engine
    rules: ReviewRules
    data_dir: Path
    clock: Callable[[], datetime]
    login_url: str = ""  # where to log in, with a login of our own

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that only reads, so that it waits for no writer."""
        with self.engine.connect().execution_options(readonly=True) as connection:
            yield connection


def current_desk(request: Request) -> Desk:
    """The desk of the app that serves this request."""
    desk: Desk = request.app.state.desk
    return desk


AtDesk = Annotated[Desk, Depends(current_desk)]
