"""Folded text leads back to the text, letter by letter."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimwire.detect.folding import Fold

FOLD = Fold()


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("États-Unis", "etats unis"),
        ("E\u0301TATS", "etats"),
        ("l’embargo", "l embargo"),
        ("U.S.", "u s"),
        ("Straße", "strasse"),
        ("ﬁnance", "finance"),
        ("İRAN Iran ılık", "iran iran ilik"),
        ("Ｏｉｌ　５０", "oil 50"),
        ("Ёлка ёж", "елка еж"),
        ("عُقُوبَاتٌ", "عقوبات"),
        ("أمريكا إيران آخر", "امريكا ايران اخر"),
        ("تحــريم", "تحريم"),
        ("می‌کند کشورهای", "مي كند كشورهاي"),
        ("۵۰۰ ٥٠٠", "500 500"),
        ("대북제재", "대북제재"),
        ("がガ ﾃﾞ", "がガ テ\u3099"),
        ("zero\u200bwidth \ufeffmark", "zerowidth mark"),
        ("", ""),
    ],
)
def test_letters_fold_to_what_all_spellings_share(text: str, folded: str) -> None:
    assert " ".join(FOLD(text).text.split()) == folded


def test_glued_articles_are_dropped_and_short_words_are_left() -> None:
    fold = Fold(("ال", "وال", "لل"))
    assert fold("العقوبات والحظر للدول الم").text.split() == ["عقوبات", "حظر", "دول", "الم"]


@given(st.text(max_size=200))
def test_each_folded_letter_stems_from_where_it_says(text: str) -> None:
    folded = FOLD(text)
    assert folded.text.startswith(" ")
    assert folded.text.endswith(" ")
    origins = [folded.origin(offset) for offset in range(1, len(folded.text) - 1)]
    assert origins == sorted(origins)
    for offset, origin in enumerate(origins, 1):
        letter = folded.text[offset]
        assert 0 <= origin < len(text)
        assert letter in FOLD(text[origin]).text


@given(st.text(max_size=100))
def test_folding_twice_changes_nothing(text: str) -> None:
    once = FOLD(text).text
    assert FOLD(once).text.split() == once.split()
