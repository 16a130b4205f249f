"""Names in sentences that stand on a list."""

import pytest

from claimwire.assess.names import ListedName, NameIndex

SHIP = 9074729
INDEX = NameIndex.of(
    [
        ListedName(1, "ZOLTAN VON KARPATHY", "un_sc", "FDi.001", "person"),
        ListedName(2, "Zoltan Karpathy", "un_sc", "FDi.001", "person"),
        ListedName(3, "Star of Sylvania", "ofac", "9", "vessel", SHIP),
        ListedName(4, "Grand Fenwick Shipping Company", "uk", "FDN0002", "entity"),
        ListedName(5, "Kim", "uk", "FDN0003", "person"),
    ]
)


def found(text: str) -> list[tuple[int, str, float]]:
    return [(match.listed.id, match.text, match.score) for match in INDEX.find(text)]


def test_a_name_is_found_in_any_order_and_case() -> None:
    assert found("The Treasury put Karpathy, Zoltán on its list.") == [(2, "Karpathy, Zoltán", 100.0)]


def test_a_letter_of_the_spelling_may_differ() -> None:
    [(listed, written, score)] = found("Grand Fenwick Shiping Company was named.")
    assert (listed, written) == (4, "Grand Fenwick Shiping Company")
    assert 92 <= score < 100


def test_a_namesake_is_not_found() -> None:
    assert found("Maria Karpathy said that Zoltan was ill.") == []


def test_short_names_are_words_too_often() -> None:
    assert found("Kim said so.") == []


def test_a_ship_is_found_by_its_number_whatever_it_is_called_now() -> None:
    [match] = INDEX.find(f"The tanker Sea Rose (IMO {SHIP}) was stopped.")
    assert (match.listed.id, match.score) == (3, 100.0)
    assert match.explanation == f"the same IMO number, {SHIP}, on ofac as Star of Sylvania"


def test_a_match_explains_itself() -> None:
    [match] = INDEX.find("Zoltan Karpathy was listed.")
    assert match.explanation == "“Zoltan Karpathy” and “Zoltan Karpathy” (un_sc FDi.001): the same words"


FAMOUS = NameIndex.of(
    ListedName(place, name, "ofac", str(place), "person")
    for place, name in enumerate(
        [
            "GAGARIN, Yuri",
            "Mikhail Gorbachev",
            "Yulia Tymoshenko",
            "Mahmoud Darwish",
            "Mao Zedong",
            "Kim Dae Jung",
            "Nikos Kazantzakis",
            "毛泽东",
            "Vladimir Gurion",
        ]
    )
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("В список внесли Юрия Гагарина и Михаила Горбачёва.", {"GAGARIN, Yuri", "Mikhail Gorbachev"}),
        ("До переліку внесли Юлію Тимошенко.", {"Yulia Tymoshenko"}),
        ("قال محمود درويش إنه باق.", {"Mahmoud Darwish"}),
        ("名单上有毛泽东的名字。", {"Mao Zedong", "毛泽东"}),
        ("명단에는 김대중이 있다.", {"Kim Dae Jung"}),
        ("Ο Νίκος Καζαντζάκης γράφει.", {"Nikos Kazantzakis"}),
        ("Президент Украины Владимир ответил.", set()),  # ukrainy sounds like gurion, and is not like it
        ("政策维持不变。", set()),
        ("Mao and Zedong, as two.", set()),
    ],
)
def test_a_name_is_found_by_its_sound_in_another_script(text: str, names: set[str]) -> None:
    assert {match.listed.name for match in FAMOUS.find(text)} == names


def test_a_match_by_sound_says_how_like_the_letters_are() -> None:
    [match] = FAMOUS.find("قال محمود درويش إنه باق.")
    assert match.score < 80
    assert match.explanation == ("“محمود درويش” and “Mahmoud Darwish” (ofac 3): sounds alike, 74 of 100 letters")
