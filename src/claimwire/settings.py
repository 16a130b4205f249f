"""The only reader of the environment. Every variable begins with `CLAIMWIRE_`; `docs/operators.md` lists them."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from claimwire.catalog import DATA
from claimwire.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Settings:
    """How this installation is set up; built once by `read_settings` and handed down."""

    warehouse_url: str = "sqlite:///var/warehouse.db"
    data_dir: Path = DATA
    var_dir: Path = Path("var")
    user_agent: str = "claimwire/0.9 (newswire monitor; set CLAIMWIRE_CONTACT to say who you are)"
    allowed_hosts: tuple[str, ...] = ()  # hosts on private networks that may be fetched all the same
    is_extracting_all: bool = False  # extract every page, not only those the lexicon gate lets through
    smtp_url: str = ""  # smtp://user:password@host:port?tls=starttls|ssl|none
    mail_from: str = "claimwire@localhost"
    desk_url: str = "http://127.0.0.1:8080/plugin/claim-review/review"  # where links in a digest lead
    review_password: str = ""  # of `claimwire review`; made up and printed where there is none
    webhook_secret: str = ""
    operators: tuple[str, ...] = ()  # mail addresses that alerts go to
    alert_webhook: str = ""  # address that alerts are posted to as JSON
    lists: tuple[str, ...] = ()  # sanctions lists to load, as name=path or name=address
    fetch_pool: str = "default_pool"  # Airflow's pool that bounds fetching; a pool that is missing stops it
    retention_days: int = 400  # article texts older than this are purged; claims and decisions stay


def read_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from `environ` (the process's own by default).

    Raises:
        SettingsError: naming the variable and what it may be.
    """
    env = os.environ if environ is None else environ
    base = Settings()
    var_dir = Path(env.get("CLAIMWIRE_VAR_DIR", "var")).absolute()
    contact = env.get("CLAIMWIRE_CONTACT", "").strip()
    return Settings(
        warehouse_url=warehouse_url(env.get("CLAIMWIRE_WAREHOUSE_URL", "") or f"sqlite:///{var_dir / 'warehouse.db'}"),
        data_dir=Path(env.get("CLAIMWIRE_DATA_DIR", "") or DATA).absolute(),
        var_dir=var_dir,
        user_agent=f"claimwire/0.9 (newswire monitor; {contact})" if contact else base.user_agent,
        allowed_hosts=_words(env, "CLAIMWIRE_ALLOWED_HOSTS"),
        is_extracting_all=_flag(env, "CLAIMWIRE_EXTRACT_ALL"),
        smtp_url=env.get("CLAIMWIRE_SMTP_URL", ""),
        mail_from=env.get("CLAIMWIRE_MAIL_FROM", base.mail_from),
        desk_url=env.get("CLAIMWIRE_DESK_URL", base.desk_url).rstrip("/"),
        review_password=env.get("CLAIMWIRE_REVIEW_PASSWORD", ""),
        webhook_secret=env.get("CLAIMWIRE_WEBHOOK_SECRET", ""),
        operators=_words(env, "CLAIMWIRE_OPERATORS"),
        alert_webhook=env.get("CLAIMWIRE_ALERT_WEBHOOK", ""),
        lists=_words(env, "CLAIMWIRE_LISTS"),
        fetch_pool=env.get("CLAIMWIRE_FETCH_POOL", "") or base.fetch_pool,
        retention_days=_number(env, "CLAIMWIRE_RETENTION_DAYS", base.retention_days),
    )


def read_secret(name: str) -> str:
    """A feed's credentials, by the name of the variable that its catalogue block gives; empty where it is not set."""
    return os.environ.get(name, "")


def warehouse_url(raw: str) -> str:
    """A URL that SQLAlchemy takes: `postgres://` and `postgresql://` get the psycopg 3 driver."""
    for prefix in ("postgres://", "postgresql://"):
        if raw.startswith(prefix):
            return "postgresql+psycopg://" + raw.removeprefix(prefix)
    return raw


def _words(env: Mapping[str, str], name: str) -> tuple[str, ...]:
    """What stands between the commas."""
    return tuple(filter(None, (word.strip() for word in env.get(name, "").split(","))))


def _flag(env: Mapping[str, str], name: str) -> bool:
    raw = env.get(name, "").strip().lower()
    if raw not in {"", "0", "1", "true", "false", "yes", "no"}:
        raise SettingsError(f"{name} is {raw!r}; it may be 1 or 0")
    return raw in {"1", "true", "yes"}


def _number(env: Mapping[str, str], name: str, default: int) -> int:
    raw = env.get(name, "").strip()
    if raw and not raw.isdigit():
        raise SettingsError(f"{name} is {raw!r}; it may be a whole number")
    return int(raw) if raw else default
