from hypothesis import given
from hypothesis import strategies as st

from claimwire.extract.versions import Change, diff_words

TEXTS = st.lists(st.sampled_from(["The", "panel", "asked", "met.", "\n", "要", "求", "é"]), max_size=40).map(" ".join)


def is_changed(changes: list[Change]) -> bool:
    return any(kind != "=" and words.strip() for kind, words in changes)


def test_a_changed_word_is_told_alone() -> None:
    assert diff_words("The panel asked for a halt.\nTwo.", "The panel asked for a pause.\nTwo.") == [
        ("=", "The panel asked for a "),
        ("-", "halt.\n"),
        ("+", "pause.\n"),
        ("=", "Two."),
    ]


def test_signs_without_spaces_are_compared_one_by_one() -> None:
    assert diff_words("委员会提议", "委员会决议") == [("=", "委员会"), ("-", "提"), ("+", "决"), ("=", "议")]


def test_a_new_paragraph_is_new_and_the_rest_kept() -> None:
    assert diff_words("One.\nTwo.", "One.\nNew.\nTwo.") == [("=", "One.\n"), ("+", "New.\n"), ("=", "Two.")]


def test_space_alone_is_no_change() -> None:
    assert not is_changed(diff_words("One  two.", "One two.\n"))
    assert is_changed(diff_words("One two.", "One 2."))


@given(old=TEXTS, new=TEXTS)
def test_a_diff_holds_both_texts(old: str, new: str) -> None:
    changes = diff_words(old, new)
    assert "".join(words for kind, words in changes if kind != "-").split() == new.split()
    assert "".join(words for kind, words in changes if kind != "+").split() == old.split()
    assert is_changed(changes) == (old.split() != new.split())
