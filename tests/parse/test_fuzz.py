"""Whatever bytes come, parsing gives entries or raises ParseError: nothing else may come out."""

import json
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.errors import ParseError
from claimwire.model import Entry
from claimwire.parse import parse_entries

FEEDS = Path(__file__).parent.parent / "golden" / "feeds"
SAMPLES = {path.name: path.read_bytes() for path in sorted(FEEDS.iterdir()) if not path.name.endswith(".expect.json")}
STARTS = [
    *(b"", b"<nitf>", b"<newsItem>", b"<urlset><url>", b"<NewsML><NewsItem><NewsComponent>"),
    *(b"<rss version='2.0'><channel><item>", b"<feed xmlns='http://www.w3.org/2005/Atom'><entry>"),
    *(b"\xff\xfe<\0r\0s\0s\0>\0", b"\x01abc0001 4 i 10\r\n\x02"),
    b"\x16\x16\x01a0001\x1fx\r\nr i\x13\x11 x 01-01 10\r\n\x02^",
]
JSON_KEYS = [
    *("uri", "headline", "headlines", "bodies", "body_html", "subject", "item", "version", "bylines", "altids"),
    *("versioncreated", "pubstatus", "value", "role", "code", "located", "nitf", "id", "authors", "content_html"),
]
LEAVES = (
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=12) | st.just("2026-11-24T10:00:00Z")
)
TREES = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(JSON_KEYS), inner, max_size=5)
)
ENVELOPES = [
    lambda tree: tree,
    lambda tree: {"data": tree},
    lambda tree: {"data": {"items": tree}},
    lambda tree: {"uri": "urn:x", "headline": tree, "subject": tree, "bodies": tree, "located": tree},
    lambda tree: {"version": "https://jsonfeed.org/version/1", "items": tree, "authors": tree},
]


def parse(body: bytes, content_type: str = "") -> list[Entry]:
    try:
        entries = parse_entries(body, content_type, "https://base.example/")
    except ParseError as error:
        # The last net in `parse_entries` is for faults of the libraries; ours would show as one of these.
        if isinstance(error.__cause__, TypeError | AttributeError | LookupError):
            raise error.__cause__ from error
        return []
    for entry in entries:
        times = (entry.published_at, entry.updated_at, entry.embargoed_until)
        assert all(moment is None or moment.tzinfo is not None for moment in times)
        assert all(isinstance(text, str) for text in (entry.guid, entry.title, entry.text, entry.version, entry.url))
    return entries


@st.composite
def mutated(draw: st.DrawFn) -> bytes:
    """A sound file with a piece cut out, doubled or overwritten, or its end cut off."""
    body = SAMPLES[draw(st.sampled_from(sorted(SAMPLES)))]
    start = draw(st.integers(0, len(body)))
    end = draw(st.integers(start, min(len(body), start + 200)))
    put = draw(
        st.binary(max_size=30)
        | st.just(body[start:end] * 2)
        | st.sampled_from([b"<", b"&", b"]]>", b"\0", b'"', b"<!--"])
    )
    return body[:start] + put + (body[end:] if draw(st.booleans()) else b"")


@settings(deadline=None, max_examples=200)
@given(body=mutated())
def test_mutated_files(body: bytes) -> None:
    parse(body)


@settings(deadline=None, max_examples=200)
@given(
    start=st.sampled_from(STARTS),
    rest=st.binary(max_size=200),
    charset=st.sampled_from(["", "utf-8", "utf-16", "x", "idna"]),
)
def test_any_bytes_after_a_promising_start(start: bytes, rest: bytes, charset: str) -> None:
    parse(start + rest, f"text/xml; charset={charset}")


@settings(deadline=None, max_examples=200)
@given(tree=TREES, envelope=st.sampled_from(ENVELOPES))
def test_json_of_any_shape(tree: object, envelope: Callable[[object], object]) -> None:
    parse(json.dumps(envelope(tree)).encode())


def test_every_beginning_of_every_file() -> None:
    for body in SAMPLES.values():
        for length in range(0, len(body), 97):
            parse(body[:length])


def test_nesting_that_would_exhaust_the_stack() -> None:
    parse(b"[" * 200_000)
    parse(b"<nitf>" + b"<p>" * 50_000 + b"</nitf>")
    parse(b"<rss version='2.0'><channel>" + b"<item>" * 20_000)
    parse(
        b"<rss version='2.0'><channel><item><description>"
        + b"&lt;b&gt;" * 20_000
        + b"</description></item></channel></rss>"
    )
