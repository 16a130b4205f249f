"""The compose file keeps what docs/operators.md promises; compose's own schema, as far as we use it, is written out."""

import re
from pathlib import Path

import pytest
import yaml
from bench.compose import fill, make_secrets

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
COMPOSE = yaml.safe_load(TEXT)
SERVICES = COMPOSE["services"]
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
AIRFLOW = {"api-server", "scheduler", "dag-processor", "triggerer", "worker", "init"}
SECRETS = {
    "POSTGRES_PASSWORD", "REDIS_PASSWORD", "AIRFLOW_FERNET_KEY", "AIRFLOW_JWT_SECRET", "AIRFLOW_SECRET_KEY",
    "AIRFLOW_ADMIN_PASSWORD",
}  # fmt: skip
KNOWN = {
    "build": str, "image": str, "restart": str, "read_only": bool, "tmpfs": list, "volumes": list, "environment": dict,
    "depends_on": dict, "deploy": dict, "security_opt": list, "cap_drop": list, "command": list, "healthcheck": dict,
    "env_file": list, "ports": list, "configs": list, "stop_grace_period": str,
}  # fmt: skip
DURATION = re.compile(r"(\d+h)?(\d+m)?(\d+s)?")

every_service = pytest.mark.parametrize("name", sorted(SERVICES))


def test_it_has_the_services_of_a_cluster_and_no_unknown_section():
    assert set(SERVICES) == AIRFLOW | {"postgres", "redis", "mailpit"}
    assert {key for key in COMPOSE if not key.startswith("x-")} == {"name", "services", "configs", "volumes"}


@every_service
def test_a_service_has_known_keys_of_the_right_kind(name):
    for key, value in SERVICES[name].items():
        assert isinstance(value, KNOWN[key]), f"{name}.{key}"
    for variable, value in SERVICES[name].get("environment", {}).items():
        assert isinstance(value, str), f"{name}: {variable} would be read as {type(value).__name__}"
    for other, condition in SERVICES[name].get("depends_on", {}).items():
        assert other in SERVICES
        wants = condition["condition"]
        assert wants in {"service_healthy", "service_completed_successfully"}
        assert wants != "service_healthy" or "healthcheck" in SERVICES[other]
    for volume in SERVICES[name].get("volumes", ()):
        assert volume.partition(":")[0] in COMPOSE["volumes"]


@every_service
def test_a_service_is_bounded_watched_pinned_and_started_again(name):
    service = SERVICES[name]
    limits = service["deploy"]["resources"]["limits"]
    assert re.fullmatch(r"\d+[mg]", limits["memory"])
    assert float(limits["cpus"]) > 0
    assert re.fullmatch(r"[\w./-]+:\d[\w.-]*|[\w./-]+:v\d[\w.-]*", service["image"]), "a tag that moves is no pin"
    if name == "init":
        assert service["restart"] == "no"
        return
    assert service["restart"] == "unless-stopped"
    check = service["healthcheck"]
    assert check["test"][0] in {"CMD", "CMD-SHELL"}
    assert all(DURATION.fullmatch(check[key]) for key in ("interval", "timeout"))


@pytest.mark.parametrize("name", sorted(AIRFLOW))
def test_our_containers_have_no_right_that_they_do_not_need(name):
    service = SERVICES[name]
    assert service["read_only"]
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_loopback_is_published():
    for service in SERVICES.values():
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ()))


@pytest.mark.parametrize("secret", sorted(SECRETS))
def test_it_refuses_to_start_without_a_secret(secret):
    filled = make_secrets()
    del filled[secret]
    with pytest.raises(SystemExit, match=secret):
        fill(TEXT, filled)


def test_no_secret_has_a_default_or_is_written_down():
    for name in SECRETS:
        assert f"${{{name}:-" not in TEXT
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE), f"{name} is to be left empty in .env.example"


def test_the_example_names_every_variable_and_no_other():
    used = set(re.findall(r"(?<!\$)\$\{(\w+)", TEXT))
    assert set(re.findall(r"^(\w+)=", EXAMPLE, re.MULTILINE)) == used


def test_the_image_is_slim_pinned_and_runs_as_nobody_special():
    image = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    bases = re.findall(r"^FROM (\S+)", image, re.MULTILINE)
    assert all(re.fullmatch(r"python:3\.1\d+(\.\d+)?-slim-\w+", base) for base in bases)
    assert re.findall(r"^USER (\S+)", image, re.MULTILINE)[-1] == "50000:0"
    assert "-c constraints.txt" in image
    assert "HEALTHCHECK" in image
