"""Both parts as a reader sees them: hostile text stays text, right-to-left stays right, and the mail stays small."""

import re
from datetime import timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

import pytest
from lxml import etree, html
from sqlalchemy import Engine

from claimwire.digest.compose import Digest, compose_digest
from claimwire.digest.preview import plain_text, standalone_page
from claimwire.digest.render import HTML_LIMIT_BYTES
from claimwire.digest.sinks.port import read_parts
from claimwire.digest.wording import fill, one_line
from claimwire.settings import Settings

from .conftest import DAY, NOW, a_subscription, add_item, add_quota, add_thread

TAGS = {"html", "head", "meta", "title", "style", "body", "table", "tbody", "tr", "td", "a", "b", "bdi", "br", "span"}

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "Peace\r\nBcc: everybody@example.org\r\n\r\n<h1>Ours now</h1>",
    "{{ 7 * 7 }} {% for x in y %}",
    "</td></tr></table><style>td{display:none}</style>",
    "\u202ehsilgne\u202c \u2066x\u2069 \u200b",
    "=?utf-8?B?QmNjOiBhQGI=?=",
    "<![endif]--><!-- ",
    "\x00\x07\x1b[31mred",
    "&lt;b&gt; &amp;amp; \ud83d",
]


def composed(store: Engine, settings: Settings, **wishes: Any) -> Digest:
    with store.connect() as connection:
        return compose_digest(connection, a_subscription(**wishes), DAY, NOW, settings)


def mail_of(digest: Digest) -> EmailMessage:
    return message_from_bytes(digest.stored.message, policy=default)


@pytest.mark.parametrize("hostile", HOSTILE)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_hostile_text_stays_text_everywhere(store: Engine, settings: Settings, hostile: str, language: str) -> None:
    kept = hostile.encode("utf-8", "replace").decode()
    with store.begin() as connection:
        add_item(
            connection,
            headline=kept,
            evidence=kept + " asked",
            publisher=kept,
            actor=[kept],
            target=[kept],
            attribution=kept,
            quantity=kept,
            commodity=[f"other:{kept}"],
            url="javascript:alert(1)",
            findings=[{"check": "x", "message": kept}],
            marks=[{"start": 0, "end": 5, "role": "act", "gloss": kept}],
        )
    digest = composed(store, settings, language=language, title=kept.replace("\x00", "")[:100])
    page, text, _ = read_parts(digest.stored)
    tags = {element.tag for element in html.fromstring(page.encode()).iter() if isinstance(element.tag, str)}
    assert tags <= TAGS
    assert "javascript:" not in page
    assert "onerror" not in [name for element in html.fromstring(page.encode()).iter() for name in element.attrib]
    assert not re.search(r"[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066\u2067]", text)
    mail = mail_of(digest)
    assert mail["Bcc"] is None
    assert "\n" not in str(mail["Subject"])
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert set(mail.keys()) == {
        *("Subject", "From", "Date", "Message-ID", "List-Id", "Auto-Submitted", "Precedence"),
        *("MIME-Version", "Content-Type"),
    }


def test_links_lead_to_the_web_only(store: Engine, settings: Settings) -> None:
    urls = [
        "javascript:alert(1)",
        "data:text/html,x",
        "https://wire.example/ok",
        "https://x y/",
        "//no.example",
        "http://[",
    ]
    with store.begin() as connection:
        for number, url in enumerate(urls):
            add_item(connection, url=url, target=[f"T{number}"])
    page = read_parts(composed(store, settings).stored)[0]
    links = {link.get("href") for link in html.fromstring(page.encode()).iter("a")}
    assert {link for link in links if "desk.example" not in link} == {"https://wire.example/ok"}


def test_right_to_left_sentences_stand_right(store: Engine, settings: Settings) -> None:
    sentences = {"ar": "طلبت فريدونيا من المجلس وقف الصادرات.", "he": "פרידוניה ביקשה מהמועצה להפסיק את היצוא."}
    with store.begin() as connection:
        for language, sentence in sentences.items():
            add_item(connection, evidence=sentence, language=language, target=[language.upper()])
        add_item(connection, evidence="Фридония попросила Совет.", language="ru", target=["BY"])
    page, text, _ = read_parts(composed(store, settings).stored)
    quotes = html.fromstring(page.encode()).xpath("//td[contains(@class, 'quote')]")
    assert {(quote.get("lang"), quote.get("dir")) for quote in quotes} == {("ar", "rtl"), ("he", "rtl"), ("ru", "ltr")}
    for sentence in sentences.values():
        assert f"\u2068{sentence}\u2069" in text


def test_matched_words_are_marked_in_place(store: Engine, settings: Settings) -> None:
    sentence = "弗里多尼亚要求安理会停止出口。"
    marks = [
        {"start": 105, "end": 107, "role": "act", "gloss": "ask", "code": "request"},
        {"start": 106, "end": 109, "role": "addressee", "gloss": "overlaps, so it is left out", "code": "UN"},
        {"start": 110, "end": 114, "role": "measure", "gloss": "ban on exports: 停止出口", "code": "export_ban"},
        {"start": 0, "end": 3, "role": "target", "gloss": "elsewhere in the text", "code": "KP"},
        {"start": 100, "end": 105, "role": "target", "gloss": "who acts here", "code": "US"},
        {"start": 107, "end": 110, "role": "act", "gloss": "of another claim", "code": "impose"},
        {"start": 107, "end": 110, "role": "hedge", "gloss": "nothing here is hedged"},
    ]
    with store.begin() as connection:
        place = {"evidence_start": 100, "evidence_end": 100 + len(sentence)}
        add_item(connection, evidence=sentence, marks=marks, language="zh", **place)
    page, text, _ = read_parts(composed(store, settings).stored)
    [quote] = html.fromstring(page.encode()).xpath("//td[contains(@class, 'quote')]")
    assert "".join(quote.itertext()) == sentence
    assert [mark.text for mark in quote.iter("span")] == ["弗里多尼亚", "要求", "停止出口"]
    assert "“弗里多尼亚” (actor: US), “要求” (act: ask), “停止出口” (measure: export ban)" in text


@pytest.mark.parametrize("script", ["plain ", "Санкции ", "制裁措施和出口禁令", "عقوبات "])
def test_ten_thousand_items_stay_small_and_readable(store: Engine, settings: Settings, script: str) -> None:
    with store.begin() as connection:
        for number in range(120):
            add_item(connection, evidence=(script * 200)[:1500], target=[f"T{number}"], priority=float(number % 100))
    page, text, _ = read_parts(composed(store, settings, limit=100).stored)
    assert len(page.encode()) <= HTML_LIMIT_BYTES
    assert re.search(r"… and \d+ more: UN request \d+\. See the rest on the desk", text)
    assert "https://desk.example/review/?status=any&since=2026-11-19" in text


def test_the_page_is_well_formed(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        cap = add_quota(connection)
        thread = add_thread(connection, "oil")
        broken = {"act": "violate", "category": "trade_quota", "measure": "quota"}
        add_item(connection, thread_id=thread, quota_id=cap, share_of_quota=1.5, **broken)
        add_item(connection, thread_id=thread, target=["RU"], event_from=DAY + timedelta(days=1), modality="planned")
    digest = composed(store, settings)
    page = read_parts(digest.stored)[0]
    # libxml2 mends what it can and says so; nothing but the names that are newer than its HTML 4 may be said.
    parser = etree.HTMLParser(recover=True)
    etree.fromstring(page.encode(), parser)
    assert [error.message for error in parser.error_log if "Tag bdi invalid" not in error.message] == []
    assert page.count("<table") == page.count("</table>")
    assert "@media (prefers-color-scheme: dark)" in page
    assert 'style="' in page
    assert [defect for part in mail_of(digest).walk() for defect in part.defects] == []
    [picture] = [part for part in mail_of(digest).walk() if part.get_content_type() == "image/png"]
    assert picture["Content-ID"] == "<caps@digest>"
    assert 'src="cid:caps@digest"' in page
    assert "CAP-REF: 150%" in html.fromstring(page.encode()).xpath("//img/@alt")[0]
    assert "data:image/png;base64," in standalone_page(digest.stored)


def test_all_that_html_says_the_text_says_too(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        thread = add_thread(connection, "oil")
        add_item(connection, thread_id=thread, findings=[{"check": "c", "message": "crude, not refined"}], origins=3)
        add_item(connection, target=["RU"], priority=20.0)
    page, text, _ = read_parts(composed(store, settings).stored)
    body = html.fromstring(page.encode()).find("body")
    spoken = _letters(text)
    assert [leaf for leaf in body.itertext() if _letters(leaf) not in spoken] == []


def _letters(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\r\nb", "a b"),
        ("a\u2028b\u0085c", "a b c"),
        ("a\u202eb", "ab"),
        ("می\u200cخواهد", "می\u200cخواهد"),
        (None, ""),
        ("x" * 30, "x" * 9 + "…"),
    ],
)
def test_one_line(text: str | None, expected: str) -> None:
    assert one_line(text, 10) == expected


def test_fill_drops_what_has_no_value() -> None:
    phrase = "halt [{goods} ]exports[ to {target}]"
    assert fill(phrase, goods="", target="X") == "halt exports to X"
    assert fill(phrase, goods="{target}", target="[y]") == "halt {target} exports to [y]"


def test_plain_text_lines_fit_a_terminal(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection, evidence="A long sentence about a cap that was broken. " * 10)
    text = plain_text(composed(store, settings).stored)
    assert max(len(line) for line in text.splitlines() if "://" not in line) <= 100
