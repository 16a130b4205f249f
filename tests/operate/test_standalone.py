"""Airflow's processes are stopped as a whole, those of a start that was killed too. A script stands in for Airflow."""

import os
import signal
import subprocess
import time

import pytest

from claimwire.errors import ClaimwireError
from claimwire.operate.environment import Place, free_port
from claimwire.operate.standalone import Standalone


@pytest.fixture
def place(tmp_path):
    place = Place(root=tmp_path, airflow_home=tmp_path / "home", var_dir=tmp_path / "var", port=free_port())
    place.airflow_home.mkdir()
    program = tmp_path / "bin" / "airflow"
    program.parent.mkdir()
    program.write_text("#!/bin/bash\n(exec -a airflow-scheduler sleep 300) &\nsleep 300 &\nwait\n", encoding="utf-8")
    program.chmod(0o755)
    return place


def start(place) -> tuple[Standalone, int]:
    airflow = Standalone(place, {"PATH": f"{place.root / 'bin'}:{os.environ['PATH']}"})
    airflow.start()
    group = int((place.airflow_home / "standalone.pid").read_text())
    deadline = time.monotonic() + 5
    while len(members(group)) < 3 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert len(members(group)) == 3
    return airflow, group


def members(group: int) -> list[str]:
    told = subprocess.run(["ps", "-A", "-o", "pgid=,stat=,command="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in told.stdout.splitlines()]
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]


def test_stopping_leaves_no_process(place):
    airflow, group = start(place)
    airflow.stop()
    airflow.stop()
    assert members(group) == []
    assert not (place.airflow_home / "standalone.pid").exists()


def test_what_a_killed_start_left_behind_is_stopped_by_the_next(place):
    first, orphaned = start(place)
    os.kill(orphaned, signal.SIGKILL)  # the parent alone: its children live on and hold the port
    first._process.wait()
    assert len(members(orphaned)) == 2

    second, group = start(place)

    assert members(orphaned) == []
    second.stop()
    assert members(group) == []


def test_a_number_that_is_anothers_by_now_is_left_alone(place):
    with subprocess.Popen(["sleep", "300"], start_new_session=True) as innocent:
        (place.airflow_home / "standalone.pid").write_text(str(innocent.pid))
        airflow, _ = start(place)
        airflow.stop()
        assert innocent.poll() is None
        innocent.kill()


def test_an_airflow_that_dies_while_starting_is_told_with_its_log(place):
    (place.root / "bin" / "airflow").write_text("#!/bin/sh\nexit 3\n", encoding="utf-8")
    airflow = Standalone(place, {"PATH": f"{place.root / 'bin'}:{os.environ['PATH']}"})
    airflow.start()
    with pytest.raises(ClaimwireError, match=r"stopped while starting.*airflow\.log"):
        airflow.wait_healthy(10, lambda _: None)
    airflow.stop()


def test_without_airflow_it_says_what_to_install(place):
    (place.root / "bin" / "airflow").unlink()
    with pytest.raises(ClaimwireError, match="pip install"):
        Standalone(place, {"PATH": str(place.root / "bin")}).start()
