"""Names in sentences that stand on a list."""

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
