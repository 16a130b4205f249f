"""Hostile content is shown as text, links lead to the web only, and nothing endless stops a page."""

from html.parser import HTMLParser

import pytest

from claimwire.review.marks import cut_body, cut_sentence
from claimwire.review.shown import safe_url, short, visible

from .wires import HOSTILE, WIRES


class Tags(HTMLParser):
    """Collects every tag with its attributes, as a browser would see them."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


def tags_of(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.found


@pytest.mark.parametrize("number", range(len(HOSTILE)))
def test_hostile_feed_content_is_text(wire, login, number):
    text, url = HOSTILE[number]
    item_id = wire.add(evidence=text[:5000], headline=text, url=url)
    ann = login("ann")
    for path in ("/", f"/items/{item_id}"):
        answer = ann.get(path)
        assert answer.status_code == 200
        assert len(answer.content) < 100_000
        tags = tags_of(answer.text)
        assert [attrs.get("src") for tag, attrs in tags if tag == "script"] == ["/static/desk.js"]
        assert not [tag for tag, _ in tags if tag in {"img", "iframe", "object", "base", "meta http-equiv"}]
        assert not [name for _, attrs in tags for name in attrs if name.startswith("on")]
        links = [attrs["href"] for tag, attrs in tags if tag == "a" and attrs.get("href")]
        assert all(link.startswith(("/", "?", "#", "http://", "https://")) for link in links), links
        assert "\u202e" not in answer.text
        assert "\u2066" not in answer.text


def test_template_code_in_content_is_not_run(wire, login):
    item_id = wire.add(evidence="{{ 7*191 }} sanctions", headline="{{ 7*191 }}")
    html = login("ann").get(f"/items/{item_id}").text
    assert "1337" not in html
    assert "{{ 7*191 }}" in html


def test_hostile_notes_and_assignees_are_text(wire, login):
    item_id = wire.add()
    ann = login("ann")
    evil = "<img src=x onerror=alert(1)>"
    ann.post(f"/api/items/{item_id}/decisions", json={"action": "note", "note": evil, "version": 0})
    ann.post(f"/api/items/{item_id}/decisions", json={"action": "assign", "assignee": evil, "version": 1})
    for path in ("/", f"/items/{item_id}"):
        assert not [tag for tag, _ in tags_of(ann.get(path).text) if tag == "img"]


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", " javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,x", "vbscript:x", "//evil",
     "http://", "https://[::1", "https://a\nb.example", "https://a.example/\u202e", "file:///etc/passwd", "", None],
)  # fmt: skip
def test_only_web_links_are_links(url):
    assert safe_url(url) == ""


def test_web_links_stay_as_they_are():
    assert safe_url("https://example.org/ä?a=1&b=<x>") == "https://example.org/ä?a=1&b=<x>"


def test_controls_become_visible_and_offsets_stay():
    text = "a\x00b\u202ec\u200cd\u200fe"
    assert visible(text) == "a\ufffdb\ufffdc\u200cd\u200fe"
    assert short("x" * 500, 10) == "x" * 10 + "…"


def test_a_sentence_is_cut_by_its_marks_and_loses_nothing():
    evidence = WIRES[2][3]
    marks = [
        {"start": 10, "end": 23, "role": "actor", "gloss": "EU"},
        {"start": 16, "end": 20, "role": "measure", "gloss": "in"},
    ]
    parts = cut_sentence(evidence, 10, marks, {})
    assert "".join(part.text for part in parts) == evidence
    assert [(part.role, part.gloss) for part in parts[:3]] == [("actor", "EU"), ("measure", "in; EU"), ("actor", "EU")]


def test_a_gloss_says_in_english_what_the_phrase_means():
    marks = [
        {"start": 0, "end": 1, "role": "act", "gloss": "ask: خواست*", "code": "request"},
        {"start": 1, "end": 2, "role": "target", "gloss": "state: ایران", "code": "IR"},
        {"start": 2, "end": 3, "role": "measure", "gloss": "sanctions", "code": "sanctions"},
    ]
    parts = cut_sentence("abc", 0, marks, {"ask": "asks or calls on"})
    assert [part.gloss for part in parts] == ["asks or calls on [خواست*]", "Iran [ایران]", "sanctions"]


@pytest.mark.parametrize("mark", [{"start": -5, "end": 3}, {"start": 5, "end": 5}, {"start": 3, "end": 10**9}])
def test_a_mark_outside_of_the_sentence_is_left_out(mark):
    assert [part.role for part in cut_sentence("sanctions", 0, [mark | {"role": "act"}], {})] == [""]


def test_an_article_is_shown_around_its_sentence_only():
    evidence = "The ban was lifted."
    item = {"evidence": evidence, "evidence_start": 50_000, "marks": []}
    body = cut_body("x" * 50_000 + evidence + "y" * 50_000, item, {})
    assert (body.is_found, body.is_cut_before, body.is_cut_after) == (True, True, True)
    assert len(body.before) + len(body.after) < 20_000


def test_a_sentence_that_moved_is_found_and_one_that_went_is_said_to_be_gone():
    item = {"evidence": "The ban stays.", "evidence_start": 0, "marks": []}
    assert cut_body("New first line. The ban stays. Last.", item, {}).before == "New first line. "
    assert not cut_body("Another text.", item, {}).is_found
