"""What a phrase of a lexicon finds, and what it must not."""

import time

import pytest

from claimwire.catalog.claims import load_claims
from claimwire.detect.concepts import Finder

from .lexica import a_finder, seen

ENGLISH = """
    concepts:
      sanctions: sanction, sanctions, economic sanctions
      asset_freeze: freez* ~ assets, asset freeze*
      embargo: oil embargo, *embargo
      oil: oil
      sanctions_committee: sanctions committee
      request: call* on
      approve: adopt*
      impose: adopt*
    states: {US: "US, U.S., America", TR: Turkey}
    adjectives: {US: american*}
    markers: {addressee: "à, on", target: "on"}
    traps:
      - {cues: criminal sanctions, reason: courts}
"""


@pytest.fixture(scope="module")
def english() -> Finder:
    return a_finder(ENGLISH)


def test_the_longest_phrase_wins_within_a_group(english: Finder) -> None:
    assert seen(english, "New economic sanctions") == [("sanctions", "economic sanctions")]


def test_goods_inside_a_measure_are_told_too(english: Finder) -> None:
    assert seen(english, "an oil embargo") == [("embargo", "oil embargo"), ("oil", "oil")]


def test_a_word_ends_where_it_ends(english: Finder) -> None:
    assert seen(english, "boiling, unsanctioned, oiled") == []


def test_wildcards_at_either_end(english: Finder) -> None:
    found = {("embargo", "embargo"), ("approve", "adopting"), ("impose", "adopting")}
    assert set(seen(english, "Ölembargo adopting")) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("freezing assets", "freezing assets"),
        ("froze; freezing all the old bank assets now", "freezing all the old bank assets"),
        ("freezing one two three four five assets", "freezing one two three four five assets"),
        ("freezing one two three four five six assets", None),
    ],
)
def test_a_gap_spans_up_to_five_words(english: Finder, text: str, found: str | None) -> None:
    assert seen(english, text) == ([("asset_freeze", found)] if found else [])


def test_line_breaks_and_punctuation_part_words(english: Finder) -> None:
    assert seen(english, "«economic\n  sanctions», call\non") == [
        ("sanctions", "economic\n  sanctions"),
        ("request", "call\non"),
        ("addressee", "on"),
        ("target", "on"),
    ]


def test_a_trap_vetoes_the_measure_it_touches(english: Finder) -> None:
    assert seen(english, "criminal sanctions; sanctions") == [
        ("trap", "criminal sanctions"),
        ("sanctions", "sanctions"),
    ]


def test_an_organ_swallows_the_measure_in_its_name(english: Finder) -> None:
    assert seen(english, "the sanctions committee") == [("sanctions_committee", "sanctions committee")]


def test_capitals_count_where_the_phrase_has_them(english: Finder) -> None:
    assert seen(english, "US and U.S. but not us; Turkey ate turkey") == [("US", "US"), ("US", "U.S"), ("TR", "Turkey")]


def test_an_adjective_needs_no_capital(english: Finder) -> None:
    assert seen(english, "AMERICANS, american") == [("US", "AMERICANS"), ("US", "american")]


def test_accents_count_in_short_words_only(english: Finder) -> None:
    assert seen(english, "à a A") == [("addressee", "à"), ("addressee", "A")]


def test_missing_and_decomposed_accents_are_found() -> None:
    finder = a_finder("states: {US: États-Unis}")
    for text in ("Etats-Unis", "ETATS UNIS", "E\u0301tats-Unis", "États‑Unis"):
        assert seen(finder, text) == [("US", text)]


def test_glued_prefixes_articles_and_suffixes() -> None:
    finder = a_finder(
        "concepts: {sanctions: عقوبات اقتصادية}\nstates: {IQ: العراق}",
        articles=["ال", "وال", "لل"],
        prefixes=["و", "ب"],
        suffixes=["ها"],
        has_case=False,
    )
    for text in ("العقوبات الاقتصادية", "وعقوبات اقتصادية", "عقوبات اقتصاديةها"):
        assert [concept for concept, _ in seen(finder, text)] == ["sanctions"]
    assert seen(finder, "سعراق") == []


def test_no_spaces_and_brackets() -> None:
    finder = a_finder("concepts: {sanctions: 制裁, import_ban: 禁止~进口}\nstates: {RU: '对[俄]'}", segmentation="none")
    assert seen(finder, "美对俄制裁，禁止从俄进口") == [
        ("RU", "俄"),
        ("sanctions", "制裁"),
        ("import_ban", "禁止从俄进口"),
    ]


def test_brackets_take_one_word_of_several() -> None:
    finder = a_finder("concepts: {steel: 'imports of [iron]'}")
    assert seen(finder, "Imports of iron; an iron will") == [("steel", "iron")]


def test_particles_follow_without_a_space() -> None:
    finder = a_finder("concepts: {sanctions: '*제재'}\nstates: {IR: 이란}", segmentation="particles", has_case=False)
    assert seen(finder, "이란에 대북제재를") == [("IR", "이란"), ("sanctions", "제재")]
    assert seen(finder, "핵이란") == []


def test_offsets_are_exact_after_letters_that_fold_to_more_or_less(english: Finder) -> None:
    text = "ﬁne\u200b \u0301\u0301ß… «oil»"
    assert seen(english, text) == [("oil", "oil")]


@pytest.mark.parametrize(
    "text",
    [
        "freez" * 4000,
        "(" * 20000,
        "a " * 10000,
        "oil embargo " * 1000,
        "criminal sanctions " * 1000,
        "x" * 20000 + "embargo" * 2000,
    ],
)
def test_ten_times_the_text_costs_no_more_than_some_ten_times(english: Finder, text: str) -> None:
    english.find(text)
    once = min(_seconds(english, text) for _ in range(3))
    often = min(_seconds(english, text * 10) for _ in range(3))
    assert often < 30 * once + 0.05  # a square would be a hundred times


def _seconds(finder: Finder, text: str) -> float:
    start = time.process_time()
    finder.find(text)
    return time.process_time() - start


def test_every_kind_of_the_vocabulary_is_a_kind_of_mention() -> None:
    finder = a_finder("concepts: {}")
    assert finder.find("anything") == []
    assert {concept.kind for concept in load_claims().concepts.values()} <= {str(kind) for kind in _kinds()}


def _kinds() -> list[str]:
    from claimwire.detect.context import Kind

    return [str(kind) for kind in Kind]
