"""A wrong lexicon says where it is wrong; a right one reads as it is written."""

from pathlib import Path

import pytest

from claimwire.catalog import DATA
from claimwire.catalog.claims import load_claims
from claimwire.catalog.lexicons import Phrase, load_lexicons
from claimwire.detect.library import Library
from claimwire.errors import CatalogError, NotFound
from claimwire.model import Act, Category, Measure

GOOD = """\
language: xx
name: X
script: Latin
concepts:
  sanctions: sanction*, to  punish = punishes
  export_ban:
"""


def _lexicons(tmp_path: Path, text: str) -> Path:
    (tmp_path / "lexicons").mkdir()
    (tmp_path / "lexicons" / "xx.yml").write_text(text, encoding="utf-8")
    return tmp_path


def test_phrases_are_parted_by_commas_and_may_have_a_gloss(tmp_path: Path) -> None:
    lexicon = load_lexicons(_lexicons(tmp_path, GOOD.replace("  export_ban:\n", "")))["xx"]
    assert lexicon.concepts["sanctions"] == (Phrase("sanction*"), Phrase("to punish", "punishes"))


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (GOOD, "xx.yml:6: concepts.export_ban"),
        (GOOD.replace("  export_ban:", "  export_ban: ban **"), "xx.yml:6: concepts.export_ban"),
        (GOOD.replace("  export_ban:", "  export_ban: [a, b]"), "xx.yml:6: concepts.export_ban"),
        (GOOD.replace("  export_ban:", "  export_ban: on"), "xx.yml:6: concepts.export_ban"),
        (GOOD.replace("name: X", "name: X\nnome: X").replace("  export_ban:\n", ""), "xx.yml:3: nome"),
        (GOOD.replace("  export_ban:", "  export_ban: '!?'"), "xx.yml:6: concepts.export_ban"),
        (GOOD.replace("  export_ban:", "markers: {subject: by}"), "xx.yml:6: markers.subject"),
        (GOOD.replace("  export_ban:", "  export_ban: 'ban"), "xx.yml:"),
    ],
)
def test_what_is_wrong_names_file_line_and_key(tmp_path: Path, text: str, place: str) -> None:
    lexicons = load_lexicons(_lexicons(tmp_path, text))
    with pytest.raises(CatalogError) as caught:
        lexicons["xx"]
    assert str(caught.value).startswith(place)


def test_a_concept_that_the_vocabulary_lacks_is_refused(tmp_path: Path) -> None:
    _lexicons(tmp_path, GOOD.replace("export_ban:", "exprot_ban: ban"))
    (tmp_path / "claims.yml").write_bytes((DATA / "claims.yml").read_bytes())
    with pytest.raises(CatalogError, match=r"xx\.yml: concepts\.exprot_ban: "):
        Library(tmp_path).finder("xx")


def test_no_lexicons_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        load_lexicons(tmp_path)


def test_the_vocabulary_has_every_word_of_the_codebook() -> None:
    claims = load_claims()
    assert set(claims.categories) == set(Category)
    assert set(claims.acts) == set(Act)
    assert set(claims.measures) == set(Measure)
    codes = {concept.code for concept in claims.concepts.values() if concept.kind == "commodity"} - {"other"}
    assert codes == set(claims.commodities)


def test_the_codes_of_concepts_are_those_of_the_vocabulary() -> None:
    claims = load_claims()
    for name, concept in claims.concepts.items():
        if concept.kind in ("measure", "curb"):
            assert concept.code in set(Measure), name
        if concept.kind == "act":
            assert concept.code in set(Act), name


@pytest.mark.parametrize("language", load_lexicons())
def test_each_language_knows_the_core(language: str) -> None:
    lexicon = load_lexicons()[language]
    core = {"sanctions", "embargo", "quota", "tariff", "import_ban", "export_ban", "asset_freeze", "request", "lift"}
    assert lexicon.language == language
    assert core <= set(lexicon.concepts)
    assert {"US", "RU", "CN", "IR", "KP", "JP", "NO"} <= set(lexicon.states)
    assert {"EU", "OPEC"} <= set(lexicon.bodies)
