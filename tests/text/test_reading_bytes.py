"""From bytes to text: charsets, markup, wrapped lines, times."""

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from claimwire.errors import RefusedBytes
from claimwire.text.charset import decode_text
from claimwire.text.guard import MAX_ATTRIBUTES, drop_floods, refuse_harmful
from claimwire.text.markup import html_to_text, unwrap_lines
from claimwire.text.times import has_zone, parse_time

NEWS = "Совет Безопасности ООН продлил эмбарго на поставки оружия ещё на шесть месяцев, сообщили дипломаты."


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (NEWS.encode(), ""),
        (NEWS.encode(), "text/html; charset=iso-8859-1"),
        (NEWS.encode("cp1251"), "text/xml; charset=windows-1251"),
        (b'<?xml version="1.0" encoding="utf-8"?><a>' + NEWS.encode("cp1251"), ""),
        (b'<meta charset="koi8-r">' + NEWS.encode("koi8-r"), "text/html; charset=nonsense"),
        (f"<a>{NEWS}</a>".encode("utf-16"), ""),
        (f"<a>{NEWS}</a>".encode("utf-16-be"), "text/xml; charset=utf-8"),
        (f"<a>{NEWS}</a>".encode("utf-32"), ""),
        (b"\xef\xbb\xbf" + NEWS.encode(), "text/plain; charset=us-ascii"),
    ],
)
def test_text_is_read_in_what_it_is_written_in(body: bytes, content_type: str) -> None:
    assert NEWS in decode_text(body, content_type)


def test_escapes_of_seven_bits_and_of_mainframes_are_known() -> None:
    assert decode_text("輸入枠を拡大".encode("iso-2022-jp"), "text/html; charset=iso-2022-jp") == "輸入枠を拡大"
    assert "<rss>" in decode_text('<?xml version="1.0" encoding="cp037"?><rss>'.encode("cp037"))


def test_undecodable_bytes_never_fail() -> None:
    assert decode_text(b"\xff\xfe\x00\xd8") == "\ufffd"
    assert decode_text(b"a\x81\xffb", "text/plain; charset=utf-8").startswith("a")


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One.</p><p>Two<br/>three</p>", "One.\nTwo\nthree"),
        ("One &amp; <b>two</b>\n\n  three", "One & two three"),
        ("caf&eacute; &lt;b&gt;", "café <b>"),
        ("<script>x</script><p>a</p><figure><figcaption>b</figcaption></figure><style>c</style>", "a"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
        ("<ul><li>a<li>b</ul>c", "a\nb\nc"),
        ("<?xml version='1.0'?><div>a<p></div>", "a"),
        ("3 < 4 and 5 > 4", "3 < 4 and 5 > 4"),
        ("", ""),
    ],
)
def test_markup_becomes_paragraphs(markup: str, text: str) -> None:
    assert html_to_text(markup) == text


def test_a_flood_in_embedded_markup_loses_its_attributes() -> None:
    flood = "<p " + " ".join(f"a{n}=1" for n in range(2 * MAX_ATTRIBUTES)) + ">text</p>"
    assert html_to_text(flood) == "text"
    assert len(drop_floods(flood)) < len(flood)
    assert drop_floods("<p a=1>text</p>") == "<p a=1>text</p>"


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("One goes on\nhere.\n\nTwo.", "One goes on here.\nTwo."),
        ("   One goes on\nhere.\n   Two.", "One goes on here.\nTwo."),
        ("One.\nTwo.", "One.\nTwo."),
        ("\tOne\nmore.\n\tTwo.\r\n", "One more.\nTwo."),
        ("  One.\n  Two.", "One.\nTwo."),
        ("", ""),
    ],
)
def test_wrapped_lines_become_paragraphs(text: str, paragraphs: str) -> None:
    assert unwrap_lines(text) == paragraphs


def test_comments_and_data_sections_hold_no_tags() -> None:
    words = b"<x " + b" ".join(b"a%d=1" % n for n in range(2 * MAX_ATTRIBUTES)) + b">"
    refuse_harmful(b"<a><!-- " + words + b" --></a>")
    refuse_harmful(b"<a><![CDATA[ " + words + b" ]]></a>")
    for hidden in (b"<a><!-- --> " + words, b"<a b='<!--'>" + words, b"<script>" + words):
        with pytest.raises(RefusedBytes):
            refuse_harmful(hidden)


@pytest.mark.parametrize(
    ("raw", "moment"),
    [
        ("2018-07-12T20:36:00+02:00", "2018-07-12T18:36"),
        ("20180712T203600Z", "2018-07-12T20:36"),
        ("20180712T203600+0200", "2018-07-12T18:36"),
        ("20180712T203600-0330", "2018-07-13T00:06"),
        ("2018-07-12T20:36:00.123Z", "2018-07-12T20:36"),
        ("2018-07-12 20:36", "2018-07-12T11:36"),
        ("20180712", "2018-07-11T15:00"),
        ("2018-07", "2018-06-30T15:00"),
        ("Thu, 12 Jul 2018 20:36:00 EST", "2018-07-13T01:36"),
        ("Thu, 12 Jul 2018 20:36:00", "2018-07-12T11:36"),
    ],
)
def test_times_become_utc(raw: str, moment: str) -> None:
    parsed = parse_time(raw, ZoneInfo("Asia/Seoul"))
    assert parsed is not None
    assert parsed.isoformat()[:16] == moment
    assert parsed.tzinfo is UTC


@pytest.mark.parametrize(
    "raw", ["", None, "yesterday", "2018-13-01", "2018-02-30", "99999999T999999Z", "0000-00-00", "1" * 5000]
)
def test_what_is_no_time_is_none(raw: str | None) -> None:
    assert parse_time(raw) is None


def test_whether_a_time_names_its_zone() -> None:
    assert has_zone("2018-07-12T20:36:00Z")
    assert has_zone("Thu, 12 Jul 2018 20:36:00 GMT")
    assert has_zone("Thu, 12 Jul 2018 20:36:00 +0200")
    assert not has_zone("Thu, 12 Jul 2018 20:36:00")
    assert not has_zone("2018-07-12T20:36")
    assert datetime(2018, 7, 12, tzinfo=UTC) == parse_time("2018-07-12")


@pytest.mark.parametrize("piece", ["<p>x</p>", "<br>x", "<div>", "<table>", "<li>x"])
def test_the_cost_of_markup_grows_with_its_length_alone(piece: str) -> None:
    begun = time.process_time()
    html_to_text(piece * 20_000)
    assert time.process_time() - begun < 5  # a second; when each break moved its neighbours it was thirty
