"""Sentences with exact offsets."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.text.sentences import split_sentences


def texts(text: str, language: str = "en") -> list[str]:
    return [sentence.text for sentence in split_sentences(text, "text", language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It rained. It stopped.", 2),
        ("en", "Mr. Smith met Dr. Jones in the U.S. on Monday. They talked.", 2),
        ("en", "Prices rose 3.5 pct. at the close.", 1),
        ("en", "Trade friction between the\nU.S. and Japan has\nraised fears. It grows.", 2),
        ("en", "One line with an end.\nAnother one.", 2),
        ("en", "A heading\n\nThe text begins.", 2),
        ("de", "Am 12. Juni, d.h. gestern, kam er z.B. an. Er ging.", 2),
        ("ru", "Он продал 5 млн. баррелей нефти. Он ушел.", 2),
        ("zh", "美国表示反对。中国同意！", 2),
        ("ja", "決議は採択された。反対はなかった。", 2),
        ("ar", "قال الوزير ذلك. لن نفعل شيئا؟ نعم.", 3),
        ("xx", "Unknown tongue. But dots.", 2),
    ],
)
def test_count(language: str, text: str, expected: int) -> None:
    assert len(texts(text, language)) == expected


def test_bullets_are_sentences() -> None:
    assert texts("The measures:\n- a ban on coal\n- a ban on oil") == [
        "The measures:",
        "- a ban on coal",
        "- a ban on oil",
    ]


def test_a_title_is_one_sentence() -> None:
    [only] = split_sentences("  Sanctions. Then what? ", "title", "en")
    assert (only.text, only.start, only.end, only.field) == ("Sanctions. Then what?", 2, 23, "title")
    assert split_sentences("", "title", "en") == []


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=300), st.sampled_from(["en", "zh", "ar", "de", "xx", "und", ""]))
def test_offsets_are_exact_and_in_order(text: str, language: str) -> None:
    found = split_sentences(text, "text", language)
    assert all(text[s.start : s.end] == s.text and s.text.strip() == s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    covered = "".join("".join(s.text.split()) for s in found)
    assert covered == "".join(text.split())


def test_lone_surrogates_keep_offsets() -> None:
    assert texts("Bad \ud800 byte. Next.") == ["Bad \ud800 byte.", "Next."]


@pytest.mark.parametrize("piece", ["The U.S. said so. ", "(", "a", "- x\n", ". "])
def test_time_is_linear(piece: str) -> None:
    def seconds(count: int) -> float:
        text = piece * count
        start = time.process_time()
        split_sentences(text, "text", "en")
        return time.process_time() - start

    few, many = (min(seconds(count) for _ in range(3)) for count in (2_000, 20_000))
    assert many < 20 * max(few, 0.002)
