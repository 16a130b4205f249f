"""What a step tells people, on the page of its task: its log lines are a field under *Rendered Templates*."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from airflow.sdk import get_current_context
from claimwire_airflow import step

LONGEST = 3900
"""Airflow cuts a rendered field at 4,096 characters."""


class Told(logging.Handler):
    """Keeps what is said, as far as there is room for it."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []
        self.left = LONGEST

    def emit(self, record: logging.LogRecord) -> None:
        """One line."""
        line = record.getMessage()
        if self.left >= 0:
            self.left -= len(line) + 1
            self.lines.append(line if self.left >= 0 else "… the rest is in the log")


def tell(name: str, *args: Any) -> Any:
    """Runs a step as `step` does; what it logs is shown with its task too, green or red."""
    with _shown():
        return step(name, *args)


@contextmanager
def _shown() -> Iterator[None]:
    told, logger, task = Told(), logging.getLogger("claimwire"), get_current_context()["task"]
    logger.addHandler(told)
    try:
        yield
    finally:
        logger.removeHandler(told)
        task.told = "\n".join(told.lines)
        task.template_fields = ("told",)  # the arguments, hundreds of feed names, would stand before it
        task.overwrite_rtif_after_execution = True
