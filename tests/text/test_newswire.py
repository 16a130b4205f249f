import pytest

from claimwire.text.newswire import (
    cut_desk_part,
    desk_note,
    desk_status,
    desk_version,
    is_affiliation,
    take_byline,
    take_credit,
    take_dateline,
)


@pytest.mark.parametrize(
    ("text", "dateline", "agency", "rest"),
    [
        ("PYONGYANG, July 12 (AFP) - The panel", "PYONGYANG, July 12 (AFP)", "AFP", "The panel"),
        ("WASHINGTON (AP) — The panel", "WASHINGTON (AP)", "AP", "The panel"),
        ("UNITED NATIONS, July 12 (Reuters) - The panel", "UNITED NATIONS, July 12 (Reuters)", "Reuters", "The panel"),
        ("SEOUL, July 12 (Yonhap) -- The panel", "SEOUL, July 12 (Yonhap)", "Yonhap", "The panel"),
        (
            "Nations unies (États-Unis), 12 juil 2018 (AFP) - Le",
            "Nations unies (États-Unis), 12 juil 2018 (AFP)",
            "AFP",
            "Le",
        ),
        ("Genève (awp/ats) – La Suisse", "Genève (awp/ats)", "awp/ats", "La Suisse"),
        ("Washington/New York (dpa) - Die USA", "Washington/New York (dpa)", "dpa", "Die USA"),
        ("Naciones Unidas, 12 jul (EFE).- Los", "Naciones Unidas, 12 jul (EFE)", "EFE", "Los"),
        ("MADRID, 12 Jul. (EUROPA PRESS) - El", "MADRID, 12 Jul. (EUROPA PRESS)", "EUROPA PRESS", "El"),
        ("Viena, 23 may (EFE).\n-\nEl canciller", "Viena, 23 may (EFE)", "EFE", "El canciller"),
        ("(ANSA) - ROMA, 12 LUG - Gli", "(ANSA) - ROMA, 12 LUG", "ANSA", "Gli"),
        ("МОСКВА, 12 июля. /ТАСС/. Власти", "МОСКВА, 12 июля. /ТАСС/", "ТАСС", "Власти"),
        ("МОСКВА, 12 июл - РИА Новости. Власти", "МОСКВА, 12 июл - РИА Новости", "РИА Новости", "Власти"),
        ("Москва. 12 июля. ИНТЕРФАКС - Власти", "Москва. 12 июля. ИНТЕРФАКС", "ИНТЕРФАКС", "Власти"),
        ("新华社联合国7月12日电（记者 王某）美国", "新华社联合国7月12日电（记者 王某）", "新华社", "美国"),
        ("【ニューヨーク共同】米国は", "【ニューヨーク共同】", "共同", "米国は"),
        ("[ワシントン 12日 ロイター] - 米国は", "[ワシントン 12日 ロイター]", "ロイター", "米国は"),
        ("(서울=연합뉴스) 김철수 기자 = 미국이", "(서울=연합뉴스) 김철수 기자", "연합뉴스", "미국이"),
        ("نيويورك (رويترز) - طلبت", "نيويورك (رويترز)", "رويترز", "طلبت"),
        ("ANKARA (AA) - Hükümet", "ANKARA (AA)", "AA", "Hükümet"),
    ],
)
def test_datelines_of_many_wires(text: str, dateline: str, agency: str, rest: str) -> None:
    opening = take_dateline(text)
    assert (opening.dateline, opening.agency, opening.text) == (dateline, agency, rest)


@pytest.mark.parametrize(
    "text", ["The panel (AFP) met on Monday - and left.", "Officials met.", "", "AFP reported that - as"]
)
def test_a_sentence_is_no_dateline(text: str) -> None:
    assert take_dateline(text).text == text


@pytest.mark.parametrize(
    ("text", "credit", "rest"),
    [
        ("Un.\nDeux. (ats/afp)", "ats/afp", "Un.\nDeux."),
        ("One.\nReuters/EP", "Reuters/EP", "One."),
        ("One.\nTwo.\n© AFP", "AFP", "One.\nTwo."),
        ("Un.\navec AFP et Reuters", "avec AFP et Reuters", "Un."),
        ("One.\nTwo.\n(AFP)\nbur-abc/de/fg", "AFP", "One.\nTwo."),
        ("One.\nIt was first told by Reuters", "", "One.\nIt was first told by Reuters"),
        ("AFP", "", "AFP"),
    ],
)
def test_credits_stand_at_the_end(text: str, credit: str, rest: str) -> None:
    assert take_credit(text) == (credit, rest)


def test_a_byline_is_a_short_line_with_a_name() -> None:
    assert take_byline("By John Smith\nThe panel met.").byline == "John Smith"
    assert take_byline("Von Anna Schmidt, dpa\nDer Ausschuss").byline == "Anna Schmidt, dpa"
    assert take_byline("By Monday the panel had met.\nIt left.").byline == ""
    assert take_byline("By John Smith").byline == ""


@pytest.mark.parametrize(
    ("title", "slug", "note", "text", "status"),
    [
        ("RECTIFICATIF: la commission", "", "", "", "corrected"),
        ("Korrektur: Ausschuss tagt", "", "", "", "corrected"),
        ("更正：委员会开会", "", "", "", "corrected"),
        ("Correction officers strike", "", "", "", ""),
        ("ANNULATION - la commission", "", "", "", "canceled"),
        ("Annulation : les passagers patientent", "", "", "", ""),
        ("Panel", "Korea-Panel, Kill", "", "", "canceled"),
        ("Panel", "", "The story is withdrawn, it was sent in error", "", "canceled"),
        ("Panel", "", "Adds quote", "EDS: CORRECTS name of official\nThe panel met.", "corrected"),
        ("Panel", "", "", "The minister corrected his figures.\nHe left.", ""),
        ("전문취소: 위원회", "", "", "", "canceled"),
    ],
)
def test_what_desks_say_of_their_copy(title: str, slug: str, note: str, text: str, status: str) -> None:
    assert desk_status(title, slug, note, text) == status


def test_versions_notes_and_affiliations() -> None:
    assert desk_version("AM-Korea, 2nd Ld-Writethru") == "2"
    assert desk_version("", "UPDATE 11-Panel meets") == "11"
    assert desk_version("Broncos lead 2-0") == ""
    assert desk_note("Eds: Adds byline.)") == "Adds byline."
    assert desk_note("Edson wins") == ""
    assert is_affiliation("Associated Press Writer")
    assert not is_affiliation("The writers left")
    assert cut_desk_part("One.\ndpa-Notizblock\n- Adressen") == ("One.", "dpa-Notizblock\n- Adressen")
