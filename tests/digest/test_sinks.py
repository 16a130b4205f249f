"""The other ways out, against a real HTTP server and a real folder."""

import asyncio
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx
import pytest
from lxml import etree
from sqlalchemy import Engine, select

from claimwire.digest import sinks
from claimwire.digest.compose import compose_digest
from claimwire.digest.leaving import create_leaving_app
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import SINKS, Outlets, SmtpServer
from claimwire.digest.sinks.slack import slack_message
from claimwire.digest.sinks.webhook import sign
from claimwire.digest.unsubscribe import one_click_url, read_token, write_token
from claimwire.errors import NotFound, SettingsError
from claimwire.model import Tally
from claimwire.settings import Settings
from claimwire.warehouse.tables import deliveries, opt_outs

from .conftest import DAY, NOW, a_subscription, add_item


class Listener:
    """Keeps what was posted to it, and answers as it is told."""

    def __init__(self) -> None:
        self.posts: list[tuple[dict[str, str], bytes]] = []
        self.status = 200
        self.location = ""
        self.is_cutting = False
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.posts.append((dict(self.headers), body))
                if listener.is_cutting:
                    return
                self.send_response(listener.status)
                if listener.location:
                    self.send_header("Location", listener.location)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


@pytest.fixture
def listener() -> Iterator[Listener]:
    listener = Listener()
    thread = threading.Thread(target=listener.server.serve_forever)
    thread.start()
    yield listener
    listener.server.shutdown()
    listener.server.server_close()
    thread.join()


@pytest.fixture
def local(settings: Settings) -> Settings:
    """Settings that let hooks talk to loopback."""
    return replace(settings, allowed_hosts=("127.0.0.1",), webhook_secret="a secret")


def deliver(store: Engine, settings: Settings, **to: list[str]) -> Tally:
    subscription = a_subscription(deliver=to)
    with store.connect() as connection:
        digest = compose_digest(connection, subscription, DAY, NOW, settings)
    return send_digest(store, subscription, digest, Outlets(settings), lambda: NOW)


@pytest.fixture
def told(store: Engine) -> Engine:
    with store.begin() as connection:
        add_item(connection, headline="Hostile <!channel> & *bold* <https://evil.example|click>")
    return store


def state(store: Engine) -> tuple[str, int, str]:
    with store.connect() as connection:
        row = connection.execute(select(deliveries.c.state, deliveries.c.copies, deliveries.c.message)).one()
    return row.state, row.copies, row.message


def test_every_sink_is_in_the_registry() -> None:
    folder = Path(sinks.__file__).parent
    assert {path.stem for path in folder.glob("*.py")} - {"__init__", "port", "posting"} == set(SINKS)


def test_a_sink_that_does_not_exist(store: Engine, settings: Settings) -> None:
    with pytest.raises(NotFound, match="no sink is called pigeon; there are atom, file"):
        deliver(store, settings, pigeon=["roof"])


def test_webhook_is_signed_json_with_codes(told: Engine, local: Settings, listener: Listener) -> None:
    assert deliver(told, local, webhook=[listener.url]).went_out == {"sent": 1}
    [(headers, body)] = listener.posts
    assert headers["X-Claimwire-Signature"] == sign(body, "a secret")
    assert headers["Idempotency-Key"] == "daily.desk.2026-11-20.0@claims.example"
    payload = json.loads(body)
    assert (payload["schema"], payload["day"]) == ("claimwire.digest.v1", "2026-11-20")
    [item] = payload["items"]
    assert (item["act"], item["target"], item["published_at"]) == ("request", ["KP"], "2026-11-20T03:00:00+00:00")


@pytest.mark.parametrize(
    ("status", "expected"),
    [(204, "sent"), (500, "failed"), (503, "failed"), (429, "failed"), (400, "refused"), (410, "refused")],
)
def test_what_a_status_means(told: Engine, local: Settings, listener: Listener, status: int, expected: str) -> None:
    listener.status = status
    deliver(told, local, webhook=[listener.url])
    assert state(told)[0] == expected


def test_a_retry_posts_the_same_bytes(told: Engine, local: Settings, listener: Listener) -> None:
    listener.status = 503
    deliver(told, local, webhook=[listener.url])
    listener.status = 200
    assert deliver(told, local, webhook=[listener.url]).went_out == {"sent": 1}
    assert listener.posts[0][1] == listener.posts[1][1]
    assert state(told)[:2] == ("sent", 1)


def test_no_answer_is_unknown_and_tried_once_more(told: Engine, local: Settings, listener: Listener) -> None:
    listener.is_cutting = True
    for _ in range(3):
        deliver(told, local, webhook=[listener.url])
    assert len(listener.posts) == 2
    assert state(told)[:2] == ("unknown", 2)


def test_redirects_are_not_followed(told: Engine, local: Settings, listener: Listener) -> None:
    listener.status, listener.location = 307, listener.url + "/elsewhere"
    deliver(told, local, webhook=[listener.url])
    assert len(listener.posts) == 1
    assert state(told) == ("refused", 0, "HTTP 307: redirects are not followed; name the final address")


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/",
        "https://localhost/",
        "https://10.1.2.3/",
        "https://[::1]/",
        "https://169.254.169.254/latest/meta-data",
        "https://2130706433/",
        "https://user@example.org/",
        "https://example.org:8443/",
        "http://93.184.216.34/",
        "file:///etc/passwd",
        "ftp://example.org/",
        "no address",
    ],
)
def test_hooks_into_our_own_network_are_refused(told: Engine, settings: Settings, url: str) -> None:
    assert deliver(told, settings, webhook=[url]).went_out == {"refused": 1}


def test_slack_gets_text_that_can_call_nobody(told: Engine, local: Settings, listener: Listener) -> None:
    assert deliver(told, local, slack=[listener.url]).went_out == {"sent": 1}
    message = json.loads(listener.posts[0][1])
    assert message["text"] == "1 new: US asks UN to halt oil exports to North Korea"
    item = message["blocks"][1]["text"]["text"]
    assert item.startswith("<https://desk.example/review/items/1|Hostile &lt;!channel&gt; &amp; *bold* &lt;https")
    assert item.count("<") == 1


def test_slack_stays_below_its_limits(told: Engine, settings: Settings) -> None:
    with told.begin() as connection:
        for number in range(60):
            add_item(connection, target=[f"T{number}"], evidence="x" * 5000)
    with told.connect() as connection:
        digest = compose_digest(connection, a_subscription(limit=60), DAY, NOW, settings)
    blocks = slack_message(digest.stored)["blocks"]
    assert len(blocks) <= 50
    assert max(len(block["text"]["text"]) for block in blocks) <= 3000


def test_file_writes_page_text_and_mail(told: Engine, settings: Settings) -> None:
    assert deliver(told, settings, file=["desk"]).went_out == {"sent": 1}
    folder = settings.var_dir / "digests" / "desk"
    assert sorted(path.name for path in folder.iterdir()) == ["2026-11-20.eml", "2026-11-20.html", "2026-11-20.txt"]
    assert "US asks UN to halt oil exports" in (folder / "2026-11-20.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["../up", "/etc", "a/b", ".hidden", "a" * 90, "a\u202eb"])
@pytest.mark.parametrize("sink", ["file", "atom"])
def test_names_that_lead_out_of_the_outbox_are_refused(told: Engine, settings: Settings, name: str, sink: str) -> None:
    assert deliver(told, settings, **{sink: [name]}).went_out == {"refused": 1}
    assert not (settings.var_dir / "digests").exists()


def test_a_full_disk_is_a_failure(told: Engine, settings: Settings) -> None:
    settings.var_dir.mkdir(parents=True)
    (settings.var_dir / "digests").write_text("a file where the folder should be")
    assert deliver(told, settings, file=["desk"]).went_out == {"failed": 1}


def test_atom_keeps_the_newest_digests_once_each(told: Engine, settings: Settings) -> None:
    path = settings.var_dir / "digests" / "desk.atom.xml"
    for key in ("one", "two", "one"):
        subscription = a_subscription(key=key, deliver={"atom": ["desk"]})
        with told.connect() as connection:
            digest = compose_digest(connection, subscription, DAY, NOW, settings)
        send_digest(told, subscription, digest, Outlets(settings), lambda: NOW)
    atom = "{http://www.w3.org/2005/Atom}"
    entries = etree.parse(path).getroot().findall(f"{atom}entry")
    assert [entry.findtext(f"{atom}id") for entry in entries] == [
        f"urn:claimwire:daily.{key}.2026-11-20.0@claims.example" for key in ("two", "one")
    ]
    assert "<script" not in (entries[0].findtext(f"{atom}content") or "")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://u:p%40ss@mail.example", ("mail.example", 587, "u", "p@ss", "starttls")),
        ("smtp://mail.example:2525?tls=none", ("mail.example", 2525, "", "", "none")),
        ("smtps://mail.example", ("mail.example", 465, "", "", "ssl")),
        ("smtp://mail.example:465", ("mail.example", 465, "", "", "ssl")),
        ("smtp://u:p@m.example:25/?disable_ssl=true&disable_tls=true", ("m.example", 25, "u", "p", "none")),
        ("smtp://m.example:587/?__extra__=%7B%22disable_ssl%22%3A+true%7D", ("m.example", 587, "", "", "starttls")),
        ("smtp://m.example:465/?__extra__=%7B%22disable_tls%22%3A+true%7D", ("m.example", 465, "", "", "ssl")),
    ],
)
def test_smtp_url(url: str, expected: tuple[Any, ...]) -> None:
    server = SmtpServer.from_url(url)
    assert (server.host, server.port, server.user, server.password, server.tls) == expected
    assert "p@ss" not in repr(server)


@pytest.mark.parametrize(
    "url",
    ["mail.example", "http://mail.example", "smtp://", "smtp://m?tls=maybe", "smtp://m:port", "smtp://m?__extra__=x"],
)
def test_smtp_url_that_is_none(url: str) -> None:
    with pytest.raises(SettingsError, match="CLAIMWIRE_SMTP_URL"):
        SmtpServer.from_url(url)


def ask(store: Engine, secret: str, method: str, path: str) -> httpx.Response:
    """One request to the page behind `List-Unsubscribe`."""
    app = create_leaving_app(store, secret, lambda: NOW)

    async def send() -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="https://desk.example") as client:
            return await client.request(method, path)

    return asyncio.run(send())


def test_unsubscribing_with_one_click(store: Engine, local: Settings) -> None:
    url = one_click_url(local, "desk", "ann@example.org")
    assert url.startswith("https://desk.example/unsubscribe/")
    path = url.removeprefix("https://desk.example/unsubscribe")
    assert "Send no more digests of “desk” to ann@example.org?" in ask(store, local.webhook_secret, "GET", path).text
    with store.connect() as connection:
        assert connection.execute(select(opt_outs)).all() == []
    for _ in range(2):
        assert ask(store, local.webhook_secret, "POST", path).status_code == 200
    with store.connect() as connection:
        assert connection.execute(select(opt_outs.c.subscription_key, opt_outs.c.recipient)).all() == [
            ("desk", "ann@example.org")
        ]


def test_a_forged_token_changes_nothing(store: Engine, local: Settings) -> None:
    forged = write_token("another secret", "desk", "ann@example.org")
    for token in (forged, "x", "%FF%FE", "a" * 5000):
        assert ask(store, local.webhook_secret, "POST", f"/{token}").status_code == 404
    assert read_token("", write_token("", "desk", "ann@example.org")) is None
    with store.connect() as connection:
        assert connection.execute(select(opt_outs)).all() == []
