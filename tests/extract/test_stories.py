"""Reprints of one dispatch are one story; the next step of its matter is another, however much it repeats."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from claimwire.extract.stories import BANDS, bands, bands_to_meet, digest, estimate_likeness, is_same_copy
from claimwire.model import Article

STORIES = yaml.safe_load((Path(__file__).parent.parent / "golden" / "stories.yml").read_text(encoding="utf-8"))
LEAST_RECALL = 0.95
DAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Pair:
    edit: str
    first: Article
    second: Article


def article(story: dict[str, Any], title: str, paragraphs: list[str]) -> Article:
    when = datetime(2026, 11, 24, tzinfo=UTC)
    return Article(id=title, title=title, text="\n".join(paragraphs), language=story["language"], published_at=when)


def reprints() -> Iterator[Pair]:
    """What desks do to a dispatch, alone and together."""
    for story in STORIES:
        title, retitle = story["title"], story["retitle"]
        lead, relead, rest = story["lead"], story["relead"], story["background"]
        copy = article(story, title, [lead, *rest])
        edits = {
            "headline": (retitle, [lead, *rest]),
            "credit": (title, [lead, *rest, "Reuters/EP"]),
            "new lead": (title, [relead, *rest]),
            "cut by a third": (title, [lead, *rest[:4]]),
            "cut to half": (title, [lead, *rest[:3]]),
            "headline, new lead": (retitle, [relead, *rest]),
            "headline, cut": (retitle, [lead, *rest[:3]]),
            "new lead, cut": (retitle, [relead, *rest[:4]]),
            "lead on top": (retitle, [relead, lead, *rest]),
            "paragraph dropped": (title, [lead, *rest[:2], *rest[3:]]),
            "lines joined": (title, [f"{lead} {rest[0]}", *rest[1:]]),
        }
        for edit, (headline, paragraphs) in edits.items():
            yield Pair(f"{story['language']}: {edit}", copy, article(story, headline, paragraphs))


def next_steps() -> Iterator[Pair]:
    """Steps against each other and against the first, with the whole background and with half of it."""
    for story in STORIES:
        rest = story["background"]
        tellings = [(story["title"], story["lead"]), *((step["title"], step["lead"]) for step in story["steps"])]
        for (title, lead), (other_title, other_lead) in combinations(tellings, 2):
            for kept in (len(rest), 3):
                first, second = (
                    article(story, title, [lead, *rest]),
                    article(story, other_title, [other_lead, *rest[:kept]]),
                )
                yield Pair(f"{story['language']}: {title} / {other_title} ({kept})", first, second)


def test_reprints_are_known_for_what_they_are() -> None:
    pairs = list(reprints())
    missed = [pair.edit for pair in pairs if not (meet(pair) and is_same_copy(pair.first, pair.second))]
    assert 1 - len(missed) / len(pairs) >= LEAST_RECALL, missed


def test_different_steps_of_a_matter_never_merge() -> None:
    merged = [pair.edit for pair in next_steps() if is_same_copy(pair.first, pair.second)]
    assert merged == []


def meet(pair: Pair) -> bool:
    return not set(bands(digest(pair.first.text), DAY)).isdisjoint(bands_to_meet(digest(pair.second.text), DAY))


def test_dispatches_of_different_matters_do_not_meet() -> None:
    texts = ["\n".join([story["lead"], *story["background"]]) for story in STORIES]
    for one, other in combinations(texts, 2):
        assert estimate_likeness(digest(one), digest(other)) < 0.1
        assert set(bands(digest(one), DAY)).isdisjoint(bands(digest(other), DAY))


def test_a_digest_is_the_same_in_every_process() -> None:
    signature = digest("One two three four five six.")
    assert signature.hex()[:32] == digest("one, two: three four FIVE six").hex()[:32]
    assert len(set(bands(signature, DAY))) == BANDS
    assert bands(signature, DAY)[0] == 49541739339715874


@pytest.mark.parametrize("day", [date.min, date(1066, 10, 14), DAY, date.max])
def test_bands_are_whole_numbers_of_63_bits_in_any_year(day: date) -> None:
    signature = digest("One two three four five six.")
    assert all(0 <= number < 1 << 63 for number in (*bands(signature, day), *bands_to_meet(signature, day)))


@pytest.mark.parametrize("days", range(-5, 6))
def test_copies_meet_within_five_days_of_each_other_and_not_after_months(days: int) -> None:
    signature = digest("One two three four five six.")
    for start in range(40):
        day = DAY + timedelta(start)
        assert set(bands(signature, day)) <= set(bands_to_meet(signature, day + timedelta(days)))
        assert set(bands(signature, day)).isdisjoint(bands_to_meet(signature, day + timedelta(60)))


@pytest.mark.parametrize("text", ["", " \n", "!?"])
def test_a_text_without_words_is_nobodys_copy(text: str) -> None:
    assert digest(text) == b""
    assert bands(b"", DAY) == bands_to_meet(b"", DAY) == []
    blank = article(STORIES[0], "Same", [text])
    assert not is_same_copy(blank, blank)


def test_a_reprint_comes_soon_and_in_the_same_language() -> None:
    story = STORIES[0]
    copy = article(story, story["title"], [story["lead"], *story["background"]])
    assert is_same_copy(copy, copy)
    assert not is_same_copy(copy, replace(copy, language="fr"))
    assert not is_same_copy(copy, replace(copy, published_at=datetime(2026, 11, 24, tzinfo=UTC) + timedelta(days=30)))
