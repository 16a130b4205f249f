"""The desk alone: its login, its refusals, its command."""

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta

import httpx
import pytest
from fastapi import HTTPException

from claimwire.catalog import DATA
from claimwire.errors import SettingsError
from claimwire.review.login import Sessions
from claimwire.review.standalone import check_host, create_standalone, is_loopback

from .conftest import serving
from .wires import NOW

PASSWORD = "correct horse battery"


@pytest.fixture
def alone(engine, wire):
    wire.add()
    app = create_standalone(engine, PASSWORD, "127.0.0.1", lambda: NOW, DATA)
    with serving(app) as address, httpx.Client(base_url=address, trust_env=False) as client:
        yield client


def test_nobody_sees_only_the_login(alone):
    for path in ("/", "/items/1", "/api/items", "/static/desk.js", "/quality", "/nowhere"):
        assert alone.get(path).status_code == 401, path
    page = alone.get("/", headers={"Accept": "text/html"})
    assert page.status_code == 401
    assert 'action="/login"' in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(alone):
    answer = alone.post("/login", data={"name": "ann", "password": PASSWORD})
    cookie = answer.headers["set-cookie"].lower()
    assert answer.status_code == 303
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert alone.get("/").status_code == 200
    assert alone.post("/api/items/1/decisions", json={"action": "confirm", "version": 0}).status_code == 201
    assert alone.get("/api/items/1").json()["reviewer"] == "ann"
    alone.post("/logout")
    assert alone.get("/").status_code == 401


def test_a_wrong_password_or_name_gets_nobody_in(alone):
    assert alone.post("/login", data={"name": "ann", "password": "guess"}).status_code == 401
    assert alone.post("/login", data={"name": "<b>", "password": PASSWORD}).status_code == 401
    assert alone.post("/login", data={}).status_code == 401
    assert alone.get("/").status_code == 401


def test_guessing_is_stopped(alone):
    answers = [alone.post("/login", data={"name": "ann", "password": str(n)}).status_code for n in range(12)]
    assert answers == [401] * 10 + [429] * 2
    assert alone.post("/login", data={"name": "ann", "password": PASSWORD}).status_code == 429


def test_a_login_from_another_site_is_refused(alone):
    data = {"name": "ann", "password": PASSWORD}
    assert alone.post("/login", data=data, headers={"Origin": "https://evil.example"}).status_code == 403


def test_a_foreign_name_for_this_machine_is_refused(alone):
    assert alone.get("/", headers={"Host": "evil.example"}).status_code == 400


def test_scripts_log_in_by_basic(alone):
    assert alone.get("/api/items", auth=("robot", PASSWORD)).status_code == 200
    assert alone.get("/api/items", auth=("robot", "guess")).status_code == 401
    assert alone.get("/api/items", headers={"Authorization": "Basic %%%"}).status_code == 401


def test_a_session_ends_after_half_a_day():
    times = [NOW]
    sessions = Sessions(PASSWORD, lambda: times[-1])
    token = sessions.enter("ann", PASSWORD)

    class Asking:
        cookies = {"claimwire_desk": token}
        headers: dict[str, str] = {}

    assert sessions.find_reviewer(Asking()).name == "ann"
    times.append(NOW + timedelta(hours=13))
    with pytest.raises(HTTPException):
        sessions.find_reviewer(Asking())


@pytest.mark.parametrize(
    ("host", "is_ours"), [("127.0.0.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_loopback_is_known(host, is_ours):
    assert is_loopback(host) is is_ours


def test_it_does_not_open_itself_to_others_without_a_password():
    with pytest.raises(SettingsError):
        check_host("0.0.0.0", "")
    with pytest.raises(SettingsError):
        check_host("192.0.2.1", "short")
    check_host("0.0.0.0", PASSWORD)
    check_host("127.0.0.1", "")


@pytest.mark.slow
def test_the_command_serves_and_refuses(tmp_path, engine):
    start = "from claimwire.cli import main; main()"
    env = {key: value for key, value in os.environ.items() if not key.startswith("CLAIMWIRE_")}
    env |= {"CLAIMWIRE_VAR_DIR": str(tmp_path), "CLAIMWIRE_WAREHOUSE_URL": str(engine.url)}
    refused = subprocess.run(
        [sys.executable, "-c", start, "review", "--host", "0.0.0.0"],
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "CLAIMWIRE_REVIEW_PASSWORD" in refused.stderr
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", start, "review", "--port", "0"], env=env, stdout=subprocess.PIPE, text=True
    )
    try:
        address = re.search(r"http://127\.0\.0\.1:\d+", process.stdout.readline()).group()
        password = process.stdout.readline().split()[1]
        assert httpx.get(address, trust_env=False).status_code == 401
        assert httpx.get(f"{address}/api/items", auth=("ann", password), trust_env=False).status_code == 200
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(10) in {0, -signal.SIGINT, 130, 1}
        process.stdout.close()
