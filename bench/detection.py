"""Articles a second: detection from JSON line to claims, beside a keyword alert and spaCy's phrase matcher.

    python -m bench.detection [--articles N] [FILE.jsonl]

Without FILE the articles are made up of sentences of our own: ordinary news of 1.3 kB, at which the gate closes, and
flagged articles of 1,200 characters from the golden sentences of all languages. All ways read the same articles in the
same run, in processor time, so that other load on the machine counts for none.
"""

import argparse
import json
import random
import re
import resource
import time
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path

from bench.extract import ORDINARY
from claimwire.catalog.golden import load_golden
from claimwire.catalog.lexicons import load_lexicons
from claimwire.commands.detect import answer
from claimwire.detect.engine import load_detector

GOLDEN = Path(__file__).resolve().parent.parent / "tests" / "golden" / "claims"
ALERT = ("sanctions", "sanctioning", "embargo", "quota", "tariff", "asset_freeze", "export_ban", "import_ban")
CLOSED_BYTES, OPEN_LETTERS = 1300, 1200
LEAST_CLOSED, LEAST_OPEN, MOST_START, MOST_MEMORY = 20_000, 300, 1.5, 300


def main() -> None:
    """Prints rates, ratios, start-up and memory; exit code 1 where a bar is missed."""
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else "")
    options.add_argument("file", nargs="?", type=Path, help="articles as JSON lines")
    options.add_argument("--articles", type=int, default=400)
    given = options.parse_args()
    start = time.process_time()
    detector = load_detector()
    for language in detector.library.lexicons:
        detector.library.finder(language)
    started = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    lines = given.file.read_bytes().splitlines() if given.file else [*closed(given.articles), *opened(given.articles)]
    parted: dict[bool, list[bytes]] = {True: [], False: []}
    for line in lines:
        row = json.loads(line)
        parted[detector.is_closed(f"{row['title']}\n{row['text']}")].append(line)
    ours = {is_closed: rate(lambda line: answer(detector, json.loads(line)), parted[is_closed]) for is_closed in parted}
    print(f"start-up with all lexicons {started:.2f} s, {memory:.0f} MB")
    for name, work in (("claimwire", None), ("keyword alert", alert()), ("spaCy PhraseMatcher", spacy_matcher())):
        rates = ours if work is None else {is_closed: rate(work, parted[is_closed]) for is_closed in parted}
        ratios = f"{ours[True] / rates[True]:8.2f} x {ours[False] / rates[False]:8.2f} x" if work else ""
        print(f"{name:20} {rates[True]:10,.0f} ordinary/s {rates[False]:10,.0f} flagged/s  {ratios}")
    missed = ours[True] < LEAST_CLOSED or ours[False] < LEAST_OPEN or started > MOST_START or memory > MOST_MEMORY
    raise SystemExit(1 if missed else 0)


def rate(work: Callable[[bytes], object], lines: list[bytes], seconds: float = 2.0) -> float:
    """Articles a second of processor time, after a first round that pays for what is made when first needed."""
    if not lines:
        return float("nan")
    for line in lines[: min(len(lines), 200)]:
        work(line)
    done, begun = 0, time.process_time()
    for line in cycle(lines):
        work(line)
        done += 1
        if done % 50 == 0 and time.process_time() - begun > seconds:
            break
    return done / (time.process_time() - begun)


def closed(number: int) -> Iterator[bytes]:
    """Ordinary news of 1.3 kB."""
    chance = random.Random(1)
    for index in range(number):
        language = chance.choice(list(ORDINARY))
        sentences = re.split(r"(?<=\.) ", ORDINARY[language])
        text = ""
        while len(text.encode()) < CLOSED_BYTES:
            text += chance.choice(sentences) + " "
        yield _line(index, language, sentences[0], text)


def opened(number: int) -> Iterator[bytes]:
    """Articles of 1,200 characters: a headline and two sentences that hold claims, the rest passed over or ordinary."""
    chance, golden = random.Random(2), load_golden(GOLDEN)
    for index in range(number):
        language = chance.choice(list(golden))
        found = [case.text for case in golden[language].found]
        other = [case.text for case in golden[language].passed_over] + ORDINARY.get(language, "").split(". ")
        text = " ".join(chance.choices(found, k=2))
        while len(text) < OPEN_LETTERS:
            text += " " + chance.choice(other)
        yield _line(index, language, chance.choice(found), text[:OPEN_LETTERS])


def _line(index: int, language: str, title: str, text: str) -> bytes:
    row = {"id": str(index), "lang": language, "title": title, "text": text, "published_at": "2018-07-12"}
    return json.dumps(row, ensure_ascii=False).encode()


def _keywords() -> list[str]:
    """The plain phrases of the eight best-known measures, in all languages."""
    lexicons = load_lexicons()
    phrases = (
        phrase for language in lexicons for name in ALERT for phrase in lexicons[language].concepts.get(name, ())
    )
    forms = {phrase.text.strip("*") for phrase in phrases}
    return sorted(form for form in forms if not set(form) & set("*~["))


def alert() -> Callable[[bytes], object]:
    """What a keyword alert does: one pattern of all words, without regard to case."""
    pattern = re.compile("|".join(map(re.escape, sorted(_keywords(), key=len, reverse=True))), re.IGNORECASE)

    def work(line: bytes) -> object:
        row = json.loads(line)
        return bool(pattern.search(row["title"]) or pattern.search(row["text"]))

    return work


def spacy_matcher() -> Callable[[bytes], object]:
    """SpaCy's phrase matcher with a blank pipeline, on lower case."""
    import spacy
    from spacy.matcher import PhraseMatcher

    pipeline = spacy.blank("xx")
    matcher = PhraseMatcher(pipeline.vocab, attr="LOWER")
    matcher.add("MEASURE", list(pipeline.tokenizer.pipe(_keywords())))

    def work(line: bytes) -> object:
        row = json.loads(line)
        return matcher(pipeline(f"{row['title']}\n{row['text']}"))

    return work


if __name__ == "__main__":
    main()
