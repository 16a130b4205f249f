"""IPTC 7901, the teleprinter format: a header line, the story between STX and ETX, the time after it.

    SOH xyz0123 4 pl 305 …   source and number, priority, category, words
    Politik/USA/             keywords
    STX Headline =           one or more lines, up to "=" or an empty one
    text
    ETX 121436 Jul 18        day, hour, minute, sometimes a zone, month, year

Source: IPTC 7901, and the ZCZC … NNNN frame of the older ITU telegraph rules.
"""

import re
from dataclasses import dataclass
from datetime import datetime

from claimwire.catalog.newswire import load_newswire
from claimwire.model import Entry
from claimwire.parse.reading.frames import CONTROLS, read_frames
from claimwire.parse.reading.status import urgency_of
from claimwire.parse.reading.wire import Wire
from claimwire.text.markup import html_to_text, unwrap_lines
from claimwire.text.newswire import cut_desk_part, take_byline
from claimwire.text.times import parse_time

_FRAME = re.compile(
    r"\x01(?P<head>[^\x02]*)\x02(?P<story>[^\x03\x01]*)(?:\x03(?P<foot>[^\x01]*))?|ZCZC(?P<old>.*?)(?:NNNN|$)", re.S
)
_HEADER = re.compile(
    r"\s*(?P<source>[A-Za-z]{1,8})[\s-]?(?P<number>\d{1,6})\s+(?P<priority>[0-9A-Za-z])\s+(?P<category>[A-Za-z]{1,4})(?:\s+(?P<words>\d+))?(?P<rest>[^\n]*)"
)
_STAMP = re.compile(
    r"(?P<day>\d{2})(?P<hour>\d{2}):?(?P<minute>\d{2})\s*(?P<zone>[A-Z]{1,4}(?=\s))?\s*(?P<month>[^\W\d_]+\.?|\d{2})\s+(?P<year>\d{2,4})"
)
_SIGNATURE = re.compile(r"\n[a-z]{2,5}(?: [a-z0-9]{1,5}){1,6}\s*$")
_MOST_HEADLINE_LINES = 4


def recognises(wire: Wire) -> bool:
    """Whether the frame of control characters, or ZCZC, stands at the beginning."""
    start = wire.head[:200]
    return ("\x01" in start and "\x02" in wire.head) or start.startswith("ZCZC")


def read(wire: Wire) -> list[Entry]:
    """One entry a frame; ParseError where there is no story in any."""
    return read_frames(_FRAME, wire, _entry)


@dataclass(frozen=True, slots=True)
class _Story:
    headline: str
    text: str
    byline: str
    notes: tuple[str, ...]


def _entry(found: re.Match[str], wire: Wire) -> Entry:
    head, story, foot = _parts(found)
    header = _HEADER.match(head)
    facts = header.groupdict() if header else {}
    slug = " ".join(head[header.end() if header else 0 :].split()).strip("/ ")
    told = _told(story)
    sent_at = _stamp(foot, wire) or _stamp(story[-120:], wire)
    name = f"{facts.get('source', '')}{facts.get('number', '')}" or slug or told.headline
    return Entry(
        guid=f"{name}-{sent_at:%Y%m%d}" if sent_at else name,
        format="iptc_7901",
        title=told.headline,
        text=told.text,
        published_at=sent_at,
        updated_at=sent_at,
        byline=told.byline,
        credit=facts.get("source") or "",
        urgency=urgency_of(facts.get("priority")),
        keywords=tuple(filter(None, (facts.get("category"), *(part.strip() for part in slug.split("/"))))),
        note=" ".join(told.notes),
        slug=slug,
    )


def _parts(found: re.Match[str]) -> tuple[str, str, str]:
    """Header, story, footer, without control characters."""
    if found["old"] is not None:
        lines = found["old"].lstrip("\r\n ").split("\n", 1)
        return CONTROLS.sub("", lines[0]), CONTROLS.sub("", lines[-1]), ""
    return tuple(CONTROLS.sub("", found[name] or "") for name in ("head", "story", "foot"))  # type: ignore[return-value]


def _told(story: str) -> _Story:
    """Headline, then lines that end in "=" (byline, notes), then the text."""
    lines = [line.rstrip() for line in story.replace("\r\n", "\n").replace("\r", "\n").strip("\n ").split("\n")]
    headline, lines = _headline(lines)
    notes: list[str] = []
    byline = ""
    while lines and (not lines[0].strip() or lines[0].endswith("=") or take_byline(f"{lines[0]}\n.").byline):
        line = lines.pop(0).strip(" =")
        name = take_byline(f"{line}\n.").byline
        byline = byline or name
        if line and not name:
            notes.append(line.strip("()"))
    text, for_desks = cut_desk_part("\n".join(lines))
    text = html_to_text(text) if re.search(r"<(?:p|br|body)\b", text, re.I) else unwrap_lines(_SIGNATURE.sub("", text))
    return _Story(headline, text, byline, (*notes, *([" ".join(for_desks.split())] if for_desks else ())))


def _headline(lines: list[str]) -> tuple[str, list[str]]:
    """The first line, or the lines up to one that ends in "=" where one of the next few does."""
    first = lines[: lines.index("")] if "" in lines else lines
    closing = [number for number, line in enumerate(first[:_MOST_HEADLINE_LINES], start=1) if line.endswith("=")]
    length = closing[0] if closing else 1
    return " ".join(" ".join(lines[:length]).rstrip("= ").split()), lines[length:]


def _stamp(text: str, wire: Wire) -> datetime | None:
    found = _STAMP.search(text)
    month = load_newswire().month(found["month"]) if found else None
    if not found or not month:
        return None
    year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    zone = "Z" if found["zone"] in {"GMT", "UTC", "Z"} else ""
    return parse_time(f"{year}-{month:02d}-{found['day']}T{found['hour']}:{found['minute']}{zone}", wire.zone)
