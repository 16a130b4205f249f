"""Bytes and texts that nobody meant, thrown at the parsers and at the detector for some minutes.

    nice python -m bench.fuzz [--minutes 10] [--seed 0]

Starts from the golden feeds and sentences and breaks them at random. A finding is an error that is not one of ours, a
claim whose evidence is not what its offsets say, or an input that takes longer than five seconds; each is printed once
a place in the code, with a file that repeats it.
"""

import random
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from bench.golden import GOLDEN, read_sentences
from bench.options import read_options
from claimwire.catalog import DATA
from claimwire.catalog.feeds import load_feeds
from claimwire.detect.engine import load_detector
from claimwire.errors import ClaimwireError
from claimwire.extract.article import extract_article
from claimwire.model import Article
from claimwire.parse import parse_entries

_NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONGEST_SECONDS = 5.0
NASTY = [
    "\0", "\ufeff", "\u202e", "\ud7ff", "\u0301" * 40, "𝔘𝔫", "İ", "ß", "ﬁ", "٣٤٥", "１２３", "9" * 400, "1e999", "-0,0.,",
    "&#0;", "&#x110000;", "<![CDATA[", "]]>", "<!--", "<a href='", "%s%n", "{}", "[" * 200, '"', "\\u0000", "0000-00-00",
    "31.2.2026", "99:99", "500,000,000,000,000 barrels", "« »", "\r\n\r\n", "\t" * 50, "。" * 50, "1/0", "½",
]  # fmt: skip


def broken(chance: random.Random, text: str) -> str:
    """The text with one to eight pieces cut, doubled, moved, or replaced by something nasty."""
    for _ in range(chance.randrange(1, 9)):
        at, to = sorted(chance.randrange(len(text) + 1) for _ in range(2))
        to = min(to, at + chance.choice((1, 4, 30, 400)))
        piece = chance.choice(
            (chance.choice(NASTY), "", text[at:to] * 2, text[at:to][::-1], chr(chance.randrange(1, 0xD800)))
        )
        text = text[:at] + piece + text[to:]
    return text


def broken_bytes(chance: random.Random, body: bytes) -> bytes:
    """The same for bytes: half of the time as text, else with bits turned or the end cut off."""
    if chance.random() < 0.5:
        return broken(chance, body.decode("utf-8", "replace")).encode(
            chance.choice(("utf-8", "utf-16", "cp1251")), "replace"
        )
    changed = bytearray(body)
    for _ in range(chance.randrange(1, 30)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed[: chance.randrange(len(changed))] if chance.random() < 0.3 else changed)


def fuzz_parsers(chance: random.Random, feeds: list[bytes]) -> tuple[bytes, Callable[[], None]]:
    """Broken bytes, and what reads them to articles."""
    body = broken_bytes(chance, chance.choice(feeds))
    feed = load_feeds(DATA)[0]

    def work() -> None:
        for entry in parse_entries(body, chance.choice(("", "text/xml; charset=latin-1", "application/json"))):
            extract_article(entry, feed, body if chance.random() < 0.1 else None, entry.published_at or _NOW)

    return body, work


def fuzz_detector(chance: random.Random, texts: list[tuple[str, str]]) -> tuple[bytes, Callable[[], None]]:
    """A broken text, and what looks for claims in it."""
    picked = [chance.choice(texts) for _ in range(chance.randrange(1, 5))]
    text = broken(chance, " ".join(text for text, _ in picked))
    article = Article("x", text[: chance.randrange(80)], text, chance.choice((picked[0][1], "en", "und", "")), _NOW)

    def work() -> None:
        for claim in load_detector().detect(article):
            told = (article.title if claim.field == "title" else article.text)[claim.start : claim.end]
            if told != claim.evidence:
                raise ValueError(f"evidence {claim.evidence[:60]!r} is not {told[:60]!r}")

    return text.encode("utf-8", "replace"), work


def main() -> None:
    """Prints each finding once, and in the end how much was tried."""
    asked = read_options(__doc__, minutes=(10.0, "how long"), seed=(0, "of the breaking"))
    chance, tried, found = random.Random(asked.seed), Counter[str](), Counter[str]()
    feeds = [
        path.read_bytes() for path in (*GOLDEN.glob("feeds/*"), *DATA.glob("samples/*.*")) if ".expect" not in path.name
    ]
    texts = read_sentences("found", "passed_over")
    until = time.monotonic() + 60 * asked.minutes
    while time.monotonic() < until:
        kind = chance.choice(("parsers", "detector"))
        given, work = fuzz_parsers(chance, feeds) if kind == "parsers" else fuzz_detector(chance, texts)
        tried[kind] += 1
        if (problem := problem_of(work)) and not found[problem]:
            with tempfile.NamedTemporaryFile(prefix=f"fuzz-{kind}-", delete=False) as kept:
                kept.write(given)
            print(f"{kind}: {problem}\n    {kept.name}", flush=True)
        found[problem or ""] += 1
    found.pop("", None)
    print(f"{tried['parsers']:,} inputs to the parsers, {tried['detector']:,} to the detector: {len(found)} findings")


def problem_of(work: Callable[[], None]) -> str:
    """What went wrong and where; empty where nothing did."""
    began = time.perf_counter()
    try:
        work()
    except ClaimwireError:
        pass
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
        last = traceback.extract_tb(error.__traceback__)[-1]
        return f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}: {str(error)[:120]}"
    return "" if time.perf_counter() - began < LONGEST_SECONDS else "took longer than five seconds"


if __name__ == "__main__":
    main()
