"""The environment in which Airflow runs on one machine, as measured to work (docs/decisions/0004)."""

import json
import secrets
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

USERS = {"admin": "admin", "analyst": "user", "operator": "op", "viewer": "viewer"}
"""Who may log in to a local Airflow: user name and role. Passwords are made at the first start."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a local installation lives: the project's folders and the port of the page."""

    root: Path  # holds dags/ and plugins/
    airflow_home: Path
    var_dir: Path
    port: int

    @property
    def url(self) -> str:
        """Address of the page, loopback only."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def passwords_file(self) -> Path:
        """JSON of user name to password, readable by its owner only."""
        return self.airflow_home / "passwords.json"


def free_port(wanted: int = 0) -> int:
    """`wanted` if nothing listens there, else a port that is free now."""
    for port in filter(None, (wanted, 0)):
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port_found: int = probe.getsockname()[1]
        return port_found


def make_passwords(place: Place) -> dict[str, str]:
    """Passwords of the local users; made once, kept in a file that only its owner can read."""
    place.airflow_home.mkdir(parents=True, exist_ok=True)
    path = place.passwords_file
    if path.exists():
        found: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    else:
        found = {}
    for user in USERS:
        found.setdefault(user, secrets.token_urlsafe(12))
    path.touch(mode=0o600)
    path.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def airflow_environment(place: Place, inherited: dict[str, str]) -> dict[str, str]:
    """The whole environment for `airflow standalone`.

    Args:
        place: where things are.
        inherited: the environment to build on; what it says of Airflow wins, so that an operator can override.
    """
    scripts = str(Path(sys.executable).parent)
    ours = {
        "AIRFLOW_HOME": str(place.airflow_home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(place.root / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(place.root / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        # SQLite: with the default 32 slots and 5 connections the API server waits for itself and three daemons
        # die of "database is locked"
        "AIRFLOW__CORE__PARALLELISM": "6",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_POOL_SIZE": "30",
        "AIRFLOW__WORKERS__MIN_HEARTBEAT_INTERVAL": "1",  # the default holds a finished task's slot for 5 s
        # the scheduler starts tasks before the API server answers: with the defaults (5 tries, 5 s each) a busy
        # machine's first tasks fail and come again 20 s later
        "AIRFLOW__WORKERS__EXECUTION_API_RETRIES": "10",
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "30",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": ",".join(f"{user}:{role}" for user, role in USERS.items()),
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(place.passwords_file),
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(place.port),
        "AIRFLOW__API__BASE_URL": place.url,  # tasks call back here; the default knows only port 8080
        "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
        "AIRFLOW__CORE__DEFAULT_TIMEZONE": "utc",
        "AIRFLOW__API__INSTANCE_NAME": "claimwire",
        "CLAIMWIRE_VAR_DIR": str(place.var_dir),
        "CLAIMWIRE_DESK_URL": f"{place.url}/plugin/claim-review/review",
        "PYTHONUNBUFFERED": "1",
    }
    env = ours | {key: value for key, value in inherited.items() if key not in {"AIRFLOW_HOME"}}
    env["PATH"] = f"{scripts}:{inherited.get('PATH', '')}"  # standalone starts a plain `airflow`
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process compiles everything again
    return env
