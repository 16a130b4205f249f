"""The environment of a local Airflow: secrets kept, operators' own settings respected."""

import socket
import stat

from claimwire.operate.environment import USERS, Place, airflow_environment, free_port, make_passwords


def place_in(folder) -> Place:
    return Place(root=folder, airflow_home=folder / "home", var_dir=folder / "var", port=8099)


def test_passwords_are_made_once_and_only_their_owner_can_read_them(tmp_path):
    place = place_in(tmp_path)
    first = make_passwords(place)
    assert make_passwords(place) == first
    assert first.keys() == USERS.keys()
    assert len(set(first.values())) == len(USERS)
    assert stat.S_IMODE(place.passwords_file.stat().st_mode) == 0o600


def test_what_the_operator_set_wins_and_the_rest_is_as_measured(tmp_path):
    env = airflow_environment(
        place_in(tmp_path),
        {
            "PATH": "/bin",
            "AIRFLOW__CORE__PARALLELISM": "3",
            "AIRFLOW_HOME": "/elsewhere",
            "PYTHONDONTWRITEBYTECODE": "1",
        },
    )
    assert env["AIRFLOW__CORE__PARALLELISM"] == "3"
    assert env["AIRFLOW_HOME"] == str(tmp_path / "home"), "another project's home must not be used"
    assert env["AIRFLOW__API__HOST"] == "127.0.0.1"
    assert env["AIRFLOW__API__BASE_URL"].endswith(":8099")
    assert int(env["AIRFLOW__WORKERS__EXECUTION_API_RETRIES"]) > 5, "first tasks fail while the API server starts"
    assert "PYTHONDONTWRITEBYTECODE" not in env


def test_a_port_that_is_taken_is_not_given_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        busy = taken.getsockname()[1]
        assert free_port(busy) != busy
    assert free_port(busy) == busy
