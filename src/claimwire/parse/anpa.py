r"""ANPA 1312, the wire format of American newspapers.

    SYN SYN SOH a1234 US keyword          service level and number, keyword
    r i DC3 DC1 am-slug, take 07-12 0412  priority, category, slug and take, day, words
    STX ^AM-Slug,1st Ld-Writethru,0412<   lines from ^ to < head the story: slug, headline, byline, notes
    ^Headline<
    ETX XX-NY-07-12-18 2036EDT<           bureau and time

Source: ANPA 1312 (1989) as agencies send it.
"""

import re
from datetime import datetime
from email.utils import parsedate_to_datetime

from claimwire.model import Entry
from claimwire.parse.reading.frames import CONTROLS, read_frames
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import html_to_text, unwrap_lines
from claimwire.text.newswire import desk_note, desk_version, is_affiliation, take_byline
from claimwire.text.times import in_zone

_FRAME = re.compile(
    r"\x16*\x01(?P<service>[a-z])\s?(?P<number>\d{3,5})\x1f?(?P<keyword>[^\r\n\x02]*)(?P<second>[^\x02]*)\x02"
    r"(?P<story>[^\x03]*)(?P<foot>\x03[^\x01\x04]*)?",
    re.I,
)
_SECOND = re.compile(
    r"\s*(?P<priority>[a-z])\s(?P<category>[a-z])\s?[\x13\x14]?[\x11\x12]?\s?(?P<slug>.*?)\s+\d{1,2}-\d{1,2}\s*\d*\s*$",
    re.I | re.S,
)
_STAMP = re.compile(
    r"(?P<month>\d{1,2})-(?P<day>\d{1,2})-(?P<year>\d{2,4})\s+(?P<hour>\d{2}):?(?P<minute>\d{2})\s?(?P<zone>[A-Z]{1,4})?"
)
_SLUG = re.compile(r"^[A-Z]{2}-")  # the cycle: morning, evening, both
_URGENCIES = {"f": 1, "b": 2, "u": 3, "r": 4, "d": 5, "a": 6, "s": 7, "w": 8, "z": 5}


def recognises(wire: Wire) -> bool:
    """Whether the first frame has the header of ANPA 1312."""
    return bool(_FRAME.match(wire.head)) and (
        "\x1f" in wire.head[:80] or "\x13" in wire.head[:200] or "\x16" in wire.head[:4]
    )


def read(wire: Wire) -> list[Entry]:
    """One entry a frame; ParseError where there is no story in any."""
    return read_frames(_FRAME, wire, _entry)


def _entry(found: re.Match[str], wire: Wire) -> Entry:
    second = _SECOND.match(found["second"].replace("\r\n", "\n"))
    heads, text = _story(found["story"])
    slug = next((head for head in heads if _SLUG.match(head)), "") or _clean(second["slug"] if second else "")
    others = [head for head in heads if head != slug]
    notes = [note for head in others if (note := desk_note(head))]
    bylines = [name for head in others if (name := take_byline(f"{head}\n.").byline)]
    plain = [
        head for head in others if not (desk_note(head) or take_byline(f"{head}\n.").byline or is_affiliation(head))
    ]
    sent_at = _stamp(found["foot"] or "", wire)
    name = (_clean(found["keyword"]) or slug.split(",")[0]).strip("- ").lower()
    return Entry(
        # A new lead keeps its keyword and gets a new number: the keyword and the day name the story.
        guid=f"{name or found['number']}-{sent_at:%Y%m%d}" if sent_at else name or found["number"],
        format="anpa",
        version=desk_version(slug, second["slug"] if second else ""),
        title=plain[0] if plain else text.split("\n", 1)[0],
        text=text,
        published_at=sent_at,
        updated_at=sent_at,
        byline=", ".join(dict.fromkeys(bylines)),
        urgency=_URGENCIES.get(second["priority"].lower()) if second else None,
        keywords=(second["category"].lower(),) if second else (),
        note=" ".join(notes),
        slug=slug,
    )


def _story(raw: str) -> tuple[list[str], str]:
    """The leading lines from ^ to < (they may be wrapped), and the text after them."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    heads: list[str] = []
    while lines and (lines[0].startswith("^") or not _clean(lines[0])):
        head = [lines.pop(0)]
        while lines and not head[-1].rstrip().endswith(("<", "=")) and not lines[0].startswith(("^", "\t", " ", "<")):
            head.append(lines.pop(0))
        heads.append(_clean(" ".join(head)))
    body = "\n".join(CONTROLS.sub("", line).lstrip("^").rstrip(" <") for line in lines)
    is_marked = re.search(r"<(?:p|br)\b", body, re.I)
    return [head for head in heads if head], html_to_text(body) if is_marked else unwrap_lines(body)


def _clean(raw: str) -> str:
    return " ".join(CONTROLS.sub(" ", raw).split()).strip("^<= ")


def _stamp(foot: str, wire: Wire) -> datetime | None:
    found = _STAMP.search(foot)
    if not found:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    try:
        moment = datetime(year, int(found["month"]), int(found["day"]), int(found["hour"]), int(found["minute"]))  # noqa: DTZ001
        named = parsedate_to_datetime(f"{moment:%d} {moment:%b} {moment:%Y %H:%M:00} {found['zone'] or '-0000'}")
    except (ValueError, OverflowError):
        return None
    return in_zone(moment, named.tzinfo or wire.zone)
