"""A web hook as Slack reads it (Mattermost, Rocket.Chat and others too)."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from claimwire.digest.sinks.port import Outlets, Receipt, Sink
from claimwire.digest.sinks.posting import post_json
from claimwire.warehouse.digests import Stored

BLOCK_LIMIT = 3000  # characters of one section, Slack's own limit
ITEMS = 10  # of the fifty blocks that a message may have


@contextmanager
def open_slack(outlets: Outlets) -> Iterator[Sink]:
    """A sink that posts a short form: what is new with its sentence, and where to read on."""

    def deliver(stored: Stored, recipient: str, hand_over: Callable[[], None]) -> Receipt:
        body = json.dumps(slack_message(stored), ensure_ascii=False).encode()
        return post_json(recipient, body, {}, outlets.settings, hand_over)

    yield deliver


def slack_message(stored: Stored) -> dict[str, Any]:
    """The message's JSON; untrusted text can neither link nor call anybody."""
    told = stored.payload
    blocks = [_section(f"*{escaped(stored.subject)}*\n{escaped(told['counts'])}")]
    for item in told["items"][:ITEMS]:
        link = f"<{item['desk_url']}|{escaped(item['headline']) or item['id']}>"
        blocks.append(_section(f"{link}\n>{escaped(item['evidence'])}"))
    changes = [
        f"• {escaped(each['when'])}: {escaped(each['text'])} — {escaped(each['note'])}" for each in told["changes"]
    ]
    if changes:
        blocks.append(_section("\n".join(changes)))
    return {"text": escaped(stored.subject), "blocks": blocks, "unfurl_links": False}


def escaped(text: str) -> str:
    """Slack's three control characters as entities, and no line breaks: a headline stays a headline."""
    line = " ".join(text.split())
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        line = line.replace(sign, entity)
    return line


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text[:BLOCK_LIMIT]}}
