from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from claimwire.errors import ParseError, RefusedBytes
from claimwire.parse import parse_entries

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>t</title>
<language>fr</language><item><title>L'ONU &lt;b&gt;saisie&lt;/b&gt; &amp;amp; plus</title><link>/a/1</link>
<guid isPermaLink="false">g1</guid><pubDate>{date}</pubDate><description>Court</description>
<content:encoded><![CDATA[<p>Un.</p><p>Deux &amp; trois<br>quatre</p>]]></content:encoded></item></channel></rss>"""


def feed_of(date: str) -> bytes:
    return RSS.format(date=date).encode()


def test_an_item_of_rss_becomes_plain_text_with_absolute_link() -> None:
    (entry,) = parse_entries(feed_of("Thu, 12 Jul 2018 20:36:00 +0200"), base_url="https://example.org/feed")
    assert entry.guid == "g1"
    assert entry.url == "https://example.org/a/1"
    assert entry.title == "L'ONU saisie & plus"
    assert entry.text == "Un.\nDeux & trois\nquatre"
    assert entry.summary == "Court"
    assert entry.language == "fr"
    assert entry.published_at == datetime(2018, 7, 12, 18, 36, tzinfo=UTC)
    assert entry.format == "rss"


def test_a_time_without_zone_is_read_in_the_feeds_zone() -> None:
    seoul = ZoneInfo("Asia/Seoul")
    (entry,) = parse_entries(feed_of("2018-07-13 05:36:00"), zone=seoul)
    assert entry.published_at == datetime(2018, 7, 12, 20, 36, tzinfo=UTC)
    (entry,) = parse_entries(feed_of("Thu, 12 Jul 2018 20:36:00 GMT"), zone=seoul)
    assert entry.published_at == datetime(2018, 7, 12, 20, 36, tzinfo=UTC)


@pytest.mark.parametrize(
    "body", [b"", b" \n", b"root:x:0:0", b"<!DOCTYPE html><html><body>Moved</body></html>", b"\0" * 99]
)
def test_what_is_no_feed_is_said_to_be_none(body: bytes) -> None:
    with pytest.raises(ParseError):
        parse_entries(body)


def flood(pattern: str, count: int = 3000) -> str:
    return "<x " + " ".join(pattern.format(n=n) for n in range(count)) + ">"


@pytest.mark.parametrize("pattern", ['a{n}="1"', "a{n}='>'", "a{n}=1", 'a{n}=">"'])
def test_attribute_floods_are_refused_unread(pattern: str) -> None:
    body = f"<rss version='2.0'><channel>{flood(pattern)}</x></channel></rss>"
    for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-32", "cp037"):
        with pytest.raises(RefusedBytes, match="attributes"):
            parse_entries(f"<?xml version='1.0' encoding='{encoding}'?>{body}".encode(encoding))


@pytest.mark.parametrize(("charset", "less"), [("utf-7", b"+ADw-"), ("unicode_escape", b"\\x3c")])
def test_a_flood_hidden_by_its_charset_is_refused(charset: str, less: bytes) -> None:
    body = f"<rss version='2.0'><channel>{flood('a{n}=1')}</x></channel></rss>".encode().replace(b"<", less)
    with pytest.raises(RefusedBytes, match="attributes"):
        parse_entries(f"<?xml version='1.0' encoding='{charset}'?>".encode() + body)
    with pytest.raises(RefusedBytes, match="attributes"):
        parse_entries(body, f"text/xml; charset={charset}")


@pytest.mark.parametrize(
    "declaration",
    [
        f'<!ENTITY a "{"x" * 5000}">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;">',
        "<!ENTITY a PUBLIC 'x' 'http://x'>",
    ],
)
def test_entities_that_read_or_explode_are_refused(declaration: str) -> None:
    with pytest.raises(RefusedBytes, match="entity"):
        parse_entries(f"<!DOCTYPE rss [{declaration}]><rss version='2.0'><channel/></rss>".encode())
