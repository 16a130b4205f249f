"""The cluster of docker-compose.yml without Docker: same commands, same environment, hosts mapped to loopback."""

import os
import re
import secrets
import shutil
import signal
import subprocess
import time
from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from claimwire.operate.environment import free_port

ROOT = Path(__file__).resolve().parent.parent
VARIABLE = re.compile(r"\$\{(\w+)(?::(-|\?)([^}]*))?\}")


def fill(text: str, env: dict[str, str]) -> str:
    """Compose's substitution: `${X}`, `${X:-default}`, `${X:?message}` and `$$`."""

    def value(match: re.Match[str]) -> str:
        name, kind, rest = match.groups()
        if env.get(name):
            return env[name]
        if kind == "?":
            raise SystemExit(f"{name}: {rest}")
        return rest or ""

    return VARIABLE.sub(value, text.replace("$$", "\0")).replace("\0", "$")


def make_secrets() -> dict[str, str]:
    """What a filled-in .env would hold."""
    names = (
        "POSTGRES_PASSWORD",
        "REDIS_PASSWORD",
        "AIRFLOW_JWT_SECRET",
        "AIRFLOW_SECRET_KEY",
        "AIRFLOW_ADMIN_PASSWORD",
    )
    made = {name: secrets.token_urlsafe(24) for name in names}
    made["AIRFLOW_FERNET_KEY"] = urlsafe_b64encode(os.urandom(32)).decode()
    return made | {"CLAIMWIRE_CONTACT": "test@example.org"}


@dataclass
class Cluster:
    """Every service of the compose file as a process group of its own.

    Args:
        folder: for databases, logs and Airflow's home; a short path that every user may enter.
        extra: more environment for all Airflow components.
    """

    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    dotenv: dict[str, str] = field(default_factory=make_secrets)

    def __post_init__(self) -> None:
        self.services: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())["services"]
        self.ports = {"postgres": free_port(), "redis": free_port(), "api-server": free_port(), "health": free_port()}
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self.dotenv["AIRFLOW_PUBLIC_URL"] = self.url
        self.warehouse_url = self._local(fill(self._environment_of("worker")["CLAIMWIRE_WAREHOUSE_URL"], self.dotenv))

    @property
    def url(self) -> str:
        """Address of the API server."""
        return f"http://127.0.0.1:{self.ports['api-server']}"

    def start(self, workers: int = 2) -> None:
        """PostgreSQL, Redis, the init service to its end, then every component."""
        self._start_postgres()
        self._spawn("redis", [*self._command("redis"), "--port", str(self.ports["redis"]), "--bind", "127.0.0.1"])
        time.sleep(0.5)
        init = self._spawn("init", self._command("init"))
        if init.wait(timeout=300) != 0:
            raise SystemExit(f"init failed: {(self.folder / 'init.log').read_text()[-2000:]}")
        for name in ("api-server", "scheduler", "dag-processor", "triggerer"):
            self.start_component(name)
        for number in range(workers):
            self.start_component("worker", number)

    def start_component(self, service: str, number: int = 0) -> None:
        """One Airflow component, as its service says; workers get a name and a log port each."""
        command = self._command(service)
        name = f"{service}-{number}" if service == "worker" else service
        if service == "worker":
            command += ["--celery-hostname", f"{name}@loopback"]
        self._spawn(name, command)

    def kill(self, name: str) -> None:
        """Kill -9 of a whole component, as a dead machine would."""
        os.killpg(self.processes.pop(name).pid, signal.SIGKILL)

    def start_again(self, name: str) -> None:
        """What the restart policy would do."""
        if name == "postgres":
            self._run_postgres()
        elif name == "redis":
            self._spawn("redis", [*self._command("redis"), "--port", str(self.ports["redis"]), "--bind", "127.0.0.1"])
        else:
            service, _, number = name.partition("-") if name.startswith("worker") else (name, "", "0")
            self.start_component(service, int(number or 0))

    def revive(self) -> list[str]:
        """Starts again what ended by itself, as `restart: unless-stopped` does; gives the names."""
        ended = [name for name, process in self.processes.items() if process.poll() is not None and name != "init"]
        for name in ended:
            del self.processes[name]
            self.start_again(name)
        return ended

    def stop(self) -> None:
        """Stops everything that was started here, databases last."""
        order = sorted(self.processes, key=lambda name: name in {"postgres", "redis"})
        for name in order:
            process = self.processes[name]
            is_database = name == "postgres"
            try:
                os.killpg(process.pid, signal.SIGINT if is_database else signal.SIGTERM)
                process.wait(timeout=20)
            except (ProcessLookupError, subprocess.TimeoutExpired):
                process.kill()
        self.processes.clear()

    def _environment_of(self, service: str) -> dict[str, str]:
        return dict(self.services[service].get("environment") or {})

    def _local(self, text: str) -> str:
        text = text.replace("@postgres:5432", f"@127.0.0.1:{self.ports['postgres']}")
        text = text.replace("@redis:6379", f"@127.0.0.1:{self.ports['redis']}")
        return text.replace("http://api-server:8080", self.url)

    def _command(self, service: str) -> list[str]:
        return [fill(str(word), self.dotenv) for word in self.services[service]["command"]]

    def _spawn(self, name: str, command: list[str]) -> subprocess.Popen[bytes]:
        service = "worker" if name.startswith("worker") else name
        env = {key: self._local(fill(str(value), self.dotenv)) for key, value in self._environment_of(service).items()}
        home = self.folder / "airflow"
        home.mkdir(parents=True, exist_ok=True)
        scripts = ROOT / ".venv" / "bin"
        ours = {
            "PATH": f"{scripts}:{os.environ['PATH']}",
            "HOME": str(self.folder),
            "PYTHONPATH": str(ROOT / "src"),
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
            "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(self.ports["api-server"]),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__SCHEDULER__SCHEDULER_HEALTH_CHECK_SERVER_PORT": str(self.ports["health"]),
            "AIRFLOW__LOGGING__WORKER_LOG_SERVER_PORT": str(free_port()),
            "AIRFLOW__LOGGING__TRIGGER_LOG_SERVER_PORT": str(free_port()),
            "CLAIMWIRE_VAR_DIR": str(self.folder / "var"),
        }
        log = (self.folder / f"{name}.log").open("ab")
        process = subprocess.Popen(
            command,
            env=env | ours | self.extra,
            stdout=log,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            cwd=self.folder,
        )
        self.processes[name] = process
        return process

    def _start_postgres(self) -> None:
        """A fresh server with the databases and the password that compose's image would make."""
        data = self.folder / "postgres"
        data.mkdir(parents=True)
        password = self.folder / "password"
        password.write_text(self.dotenv["POSTGRES_PASSWORD"])
        if os.geteuid() == 0:
            for path in (self.folder, data, password):
                shutil.chown(path, "postgres")
        self._postgres(
            "initdb", "-D", str(data), "-U", "airflow", "--pwfile", str(password), "-A", "scram-sha-256", "--no-sync"
        )
        self._run_postgres()
        for name in ("airflow", "claimwire"):
            env = {"PGPASSWORD": self.dotenv["POSTGRES_PASSWORD"]}
            where = ["-h", "127.0.0.1", "-p", str(self.ports["postgres"]), "-U", "airflow", "-d", "postgres"]
            self._until_ready(where, env)
            subprocess.run(
                ["psql", *where, "-c", f"CREATE DATABASE {name}"], env=os.environ | env, check=True, capture_output=True
            )

    def _run_postgres(self) -> None:
        settings = [
            "-c",
            "listen_addresses=127.0.0.1",
            "-k",
            str(self.folder),
            "-p",
            str(self.ports["postgres"]),
            "-c",
            "max_connections=200",
        ]
        command = [
            *self._as_postgres(),
            str(_postgres_program("postgres")),
            "-D",
            str(self.folder / "postgres"),
            *settings,
        ]
        log = (self.folder / "postgres.log").open("ab")
        self.processes["postgres"] = subprocess.Popen(
            command, stdout=log, stderr=subprocess.STDOUT, start_new_session=True, cwd="/"
        )

    def _until_ready(self, where: list[str], env: dict[str, str]) -> None:
        for _ in range(100):
            if (
                subprocess.run(
                    ["psql", *where, "-c", "select 1"], env=os.environ | env, capture_output=True, check=False
                ).returncode
                == 0
            ):
                return
            time.sleep(0.1)
        raise SystemExit("PostgreSQL does not answer")

    def _postgres(self, program: str, *args: str) -> None:
        subprocess.run(
            [*self._as_postgres(), str(_postgres_program(program)), *args], check=True, capture_output=True, cwd="/"
        )

    def _as_postgres(self) -> list[str]:
        return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _postgres_program(name: str) -> Path:
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        raise SystemExit("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1]
