"""A local Airflow as one child: started in its own process group, watched, stopped whole."""

import os
import signal
import subprocess  # nosec B404  # our own airflow, and ps
import time
from collections.abc import Callable
from pathlib import Path

import requests

from claimwire.errors import ClaimwireError
from claimwire.operate.environment import Place

STOP_SECONDS = 30


class Standalone:
    """`airflow standalone` and all that it spawns.

    A SIGTERM to the parent alone would orphan its children, and a SIGINT to the group hangs: so the group gets SIGTERM.
    """

    def __init__(self, place: Place, env: dict[str, str]) -> None:
        self.place, self._env = place, env
        self.log = place.var_dir / "logs" / "airflow.log"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it; returns at once. One that an earlier start left behind (a kill -9) is stopped first.

        Raises:
            ClaimwireError: Airflow is not installed.
        """
        self.log.parent.mkdir(parents=True, exist_ok=True)
        self._stop_left_over()
        airflow = Path(self._env["PATH"].split(":")[0]) / "airflow"
        if not airflow.exists():
            raise ClaimwireError(
                "Airflow is not installed here: pip install 'claimwire[airflow]', or use `claimwire run`"
            )
        with self.log.open("ab") as out:
            self._process = subprocess.Popen(  # noqa: S603  # nosec B603  # our own interpreter's airflow
                [str(airflow), "standalone"],
                env=self._env,
                stdout=out,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
            )
        self._pid_file.write_text(str(self._process.pid), encoding="ascii")

    def wait_healthy(self, timeout_seconds: float, tick: Callable[[str], None]) -> None:
        """Until all four components say healthy; then the task API is warmed, which the first task would pay for.

        Raises:
            ClaimwireError: it died, or is not healthy in time; the text names the log.
        """
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                raise ClaimwireError(f"Airflow stopped while starting; the reason stands at the end of {self.log}")
            state = self._health()
            tick(", ".join(f"{name} {status}" for name, status in state.items()) or "waiting for the API server")
            if len(state) == 4 and set(state.values()) == {"healthy"}:
                requests.get(f"{self.place.url}/execution/health", timeout=60)
                return
            time.sleep(0.5)
        raise ClaimwireError(f"Airflow is not healthy after {timeout_seconds:.0f} s; see {self.log}")

    def _health(self) -> dict[str, str]:
        try:
            body = requests.get(f"{self.place.url}/api/v2/monitor/health", timeout=5).json()
        except (requests.RequestException, ValueError):
            return {}
        parts = ("metadatabase", "scheduler", "triggerer", "dag_processor")
        return {part: str((body.get(part) or {}).get("status")) for part in parts}

    def is_running(self) -> bool:
        """Whether the parent still lives."""
        return self._process is not None and self._process.poll() is None

    def stop(self) -> None:
        """Stops the whole group; kills what has not gone after half a minute. Safe to repeat."""
        if self._process is None:
            return
        _stop_group(self._process.pid, self._process.poll)
        self._process.wait(timeout=5)
        self._process = None
        self._pid_file.unlink(missing_ok=True)

    @property
    def _pid_file(self) -> Path:
        return self.place.airflow_home / "standalone.pid"

    def _stop_left_over(self) -> None:
        if not self._pid_file.exists():
            return
        group = int(self._pid_file.read_text(encoding="ascii"))
        told = subprocess.run(["ps", "-A", "-o", "pgid=,command="], capture_output=True, text=True, check=False)  # noqa: S607  # nosec B603 B607
        members = [line for line in told.stdout.splitlines() if line.split(maxsplit=1)[0] == str(group)]
        if any("airflow" in line for line in members):  # the number may be another's by now
            _stop_group(group, lambda: None)
        self._pid_file.unlink()


def _stop_group(group: int, reap: Callable[[], object]) -> None:
    """SIGTERM to all, and a kill for those that have not gone after half a minute."""
    for sign, patience in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 5)):
        if not _signal_group(group, sign):
            break
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline and _signal_group(group, 0):
            reap()
            time.sleep(0.1)


def _signal_group(group: int, sign: int) -> bool:
    """Whether anybody of the group was there to hear it."""
    try:
        os.killpg(group, sign)
    except (ProcessLookupError, PermissionError):
        return False
    return True
