"""Languages of headlines and bodies."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimwire.text.language import identify_language


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Council extends the arms embargo by another year"),
        ("fr", "Le Conseil prolonge d'un an l'embargo sur les armes"),
        ("de", "Der Rat verlängert das Waffenembargo um ein Jahr"),
        ("es", "El Consejo prorroga un año el embargo de armas"),
        ("it", "Il Consiglio proroga di un anno l'embargo sulle armi"),
        ("pt", "O Conselho prorroga por um ano o embargo de armas"),
        ("nl", "De Raad verlengt het wapenembargo met een jaar"),
        ("pl", "Rada przedłużyła o rok embargo na broń"),
        ("ru", "Совет продлил на год оружейное эмбарго"),
        ("uk", "Рада продовжила на рік ембарго на зброю"),
        ("tr", "Konsey silah ambargosunu bir yıl daha uzattı"),
        ("ar", "المجلس يمدد حظر الأسلحة لمدة عام"),
        ("fa", "شورا تحریم تسلیحاتی را یک سال تمدید کرد"),
        ("zh", "安理会将武器禁运延长一年"),
        ("ja", "理事会は武器禁輸を一年延長した"),
        ("ko", "이사회는 무기 금수 조치를 1년 연장했다"),
    ],
)
def test_headline(language: str, text: str) -> None:
    assert identify_language(text) == language


@pytest.mark.parametrize("text", ["", "UN", "12 34", "\x00\x01", "🙂🙂🙂"])
def test_nobody_can_tell(text: str) -> None:
    assert identify_language(text) == "und"
    assert identify_language(text, "fr-FR") == "fr"


def test_a_wrong_hint_does_not_win() -> None:
    assert identify_language("The committee met in the evening and agreed on nothing at all.", "fr") == "en"


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_arbitrary_text(text: str) -> None:
    assert 2 <= len(identify_language(text)) <= 3
