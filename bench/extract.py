"""Pages a second: bare trafilatura, our whole path on every page, and our path with the lexicon gate first.

    python -m bench.extract [--pages N] [FOLDER]

FOLDER holds real pages (*.html); without it pages are made up here, of the size and clutter of a news page. All three
are measured in turn over the same pages, in processor time, so that other load on the machine counts for none. The
whole path is decoding, guard, extraction, date, language, dateline, credit, and the digest and bands by which
reprints are found.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import trafilatura
import yaml

from claimwire.catalog.feeds import Feed
from claimwire.detect.engine import load_detector
from claimwire.extract.article import extract_article
from claimwire.extract.page import page_if_needed
from claimwire.extract.stories import bands, digest
from claimwire.model import Entry

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LEAST_KEPT, LEAST_GATED = 0.85, 8.0
SHARE_OF_MATTER = 0.06  # of ordinary pages, so many hold a word of the lexicons' anchors
STORIES = Path(__file__).resolve().parent.parent / "tests" / "golden" / "stories.yml"
ORDINARY = {
    "en": "The mayor opened the new swimming pool on Saturday. Visitors queued for hours in the rain. Tickets cost six "
    "pounds for adults. A brass band played old songs by the river. The bakery sold out before noon. Two dogs won "
    "prizes at the show. Trains will run later than usual on Sunday. The museum lent three paintings to the school.",
    "fr": "Le maire a inauguré samedi la nouvelle piscine. Les visiteurs ont patienté sous la pluie. La fanfare a joué "
    "au bord de la rivière. La boulangerie a tout vendu avant midi. Deux chiens ont remporté un prix. Les trains "
    "circuleront plus tard dimanche. Le musée a prêté trois tableaux au collège. La récolte de prunes est tardive.",
    "de": "Der Bürgermeister hat am Samstag das neue Schwimmbad eröffnet. Die Besucher standen lange im Regen. Eine "
    "Kapelle spielte am Fluss. Die Bäckerei war vor Mittag ausverkauft. Zwei Hunde gewannen Preise. Die Züge fahren am "
    "Sonntag später. Das Museum lieh der Schule drei Gemälde. Die Pflaumen reifen in diesem Jahr spät.",
}


def main() -> None:
    """Prints the three rates and their ratios; exit code 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    options.add_argument("folder", nargs="?", type=Path, help="real pages, *.html")
    options.add_argument("--pages", type=int, default=150)
    given = options.parse_args()
    pages = [path.read_bytes() for path in sorted(given.folder.glob("*.html"))[: given.pages]] if given.folder else []
    pages = pages or list(made_up_pages(given.pages))
    is_closed = load_detector().is_closed
    feed = Feed(
        publisher="Bench", kind="newspaper", source="made up", key="bench", url="https://b.example/", language="en"
    )
    ways: dict[str, Callable[[bytes], object]] = {
        "bare trafilatura": bare,
        "whole path, every page": lambda page: whole(page, feed),
        "whole path, gate first": lambda page: whole(page_if_needed(page, feed, is_closed), feed),
    }
    for work in ways.values():
        work(pages[0])  # imports and caches are no page's cost
    rates = measure(ways, pages)
    opened = sum(page_if_needed(page, feed, is_closed) is not None for page in pages)
    size = sum(map(len, pages)) / len(pages) / 1000
    print(f"{len(pages)} pages of {size:,.0f} kB on average, {opened} of them open the gate")
    kept = rates["whole path, every page"] / rates["bare trafilatura"]
    gated = rates["whole path, gate first"] / rates["bare trafilatura"]
    for name, rate in rates.items():
        print(f"{name:24} {rate:8.1f} pages/s  {rate / rates['bare trafilatura']:6.2f} ×")
    is_good = kept >= LEAST_KEPT and gated >= LEAST_GATED
    print(f"bars: every page ≥ {LEAST_KEPT} ×, gate first ≥ {LEAST_GATED} ×: {'kept' if is_good else 'MISSED'}")
    raise SystemExit(not is_good)


def bare(page: bytes) -> object:
    """What the comparison is with: the library alone, with the options that we use."""
    return trafilatura.extract(page, fast=True, include_comments=False, include_tables=False)


def whole(page: bytes | None, feed: Feed) -> object:
    """An entry without a date or text of its own, as a news sitemap gives it."""
    entry = Entry(guid="g", format="sitemap", url="https://b.example/1")
    article = extract_article(entry, feed, page, NOW)
    return article, bands(digest(article.text), NOW.date())


def measure(ways: dict[str, Callable[[bytes], object]], pages: list[bytes]) -> dict[str, float]:
    """Pages a second of each way; the median of three turns."""
    turns: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(3):
        for name, work in ways.items():
            begun = time.process_time()
            for page in pages:
                work(page)
            turns[name].append(len(pages) / (time.process_time() - begun))
    return {name: statistics.median(rates) for name, rates in turns.items()}


def made_up_pages(number: int) -> Iterator[bytes]:
    """Pages with menus, teasers, scripts and comments around a story; a few of them hold one that matters."""
    chance = random.Random(7)
    matters = yaml.safe_load(STORIES.read_text(encoding="utf-8"))
    for count in range(number):
        language = chance.choice(list(ORDINARY))
        plain = ORDINARY[language].split(". ")
        story = chance.choice(matters) if chance.random() < SHARE_OF_MATTER else None
        lines = [story["lead"], *story["background"]] if story else [sentences(chance, plain) for _ in range(9)]
        yield page_of(chance, lines, plain, f"{count}").encode()


def sentences(chance: random.Random, plain: list[str]) -> str:
    """A paragraph of five."""
    return ". ".join(chance.choice(plain) for _ in range(5)) + "."


def page_of(chance: random.Random, lines: list[str], plain: list[str], name: str) -> str:
    """The markup of one page: some 150 kB and 4,000 elements, as news pages have."""
    menu = "".join(
        f'<li class="nav__item"><a href="/s/{n}" data-track="nav-{n}">Section {n}</a></li>' for n in range(80)
    )
    teasers = "".join(teaser(chance, plain, n) for n in range(220))
    comments = "".join(
        f'<li class="comment"><b>Reader {n}</b><p>{sentences(chance, plain)}</p></li>' for n in range(40)
    )
    script = ";".join(f"window.cfg['k{n}']={{a:{n},b:'{chance.random()}'}}" for n in range(400))
    facts = '{"@type":"NewsArticle","datePublished":"2026-11-24T08:00:00+01:00"}'
    story = "".join(f"<p>{line} <a href='/t/{at}'>{line[:20]}</a></p>" for at, line in enumerate(lines))
    return "".join(
        (
            f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{name}</title>",
            f"<script type='application/ld+json'>{facts}</script><script>{script}</script>",
            f"<style>{'.a{color:red}' * 400}</style></head><body><header><nav><ul>{menu}</ul></nav></header>",
            f"<main><article><h1>{name}</h1><div class='body'><p>PARIS (Sample Wire) - {lines[0]}</p>{story}</div>",
            f"</article><aside>{teasers}</aside></main><section id='comments'><ul>{comments}</ul></section>",
            f"<footer><ul>{menu}</ul></footer></body></html>",
        )
    )


def teaser(chance: random.Random, plain: list[str], n: int) -> str:
    """One of the boxes that lead to other stories."""
    head, text = chance.choice(plain), chance.choice(plain)
    return (
        f'<div class="grid__cell"><div class="teaser teaser--{n % 4}"><a class="teaser__link" href="/a/{n}"><figure>'
        f'<img src="/i/{n}.jpg" srcset="/i/{n}@2.jpg 2x" alt=""><figcaption>Photo {n}</figcaption></figure>'
        f'<h3 class="teaser__title"><span>{head}</span></h3></a><div class="teaser__body"><p>{text}.</p>'
        f'<span class="teaser__meta"><time>{n % 24}:00</time> <a href="/by/{n}">Writer {n}</a></span></div></div></div>'
    )


if __name__ == "__main__":
    main()
