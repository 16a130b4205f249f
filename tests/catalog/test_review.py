"""The desk's vocabulary: the reasons of the taxonomy, each once, and a typo told with its line."""

import pytest

from claimwire.catalog.review import load_review
from claimwire.errors import CatalogError

REASONS = [
    "not_a_claim",
    "wrong_sense_sanction",
    "wrong_sense_quota",
    "wrong_sense_embargo",
    "wrong_sense_other",
    "background_only",
    "opinion_or_analysis",
    "hypothetical_only",
    "wrong_type",
    "wrong_modality",
    "wrong_actor",
    "wrong_target",
    "wrong_commodity",
    "wrong_quantity_or_unit",
    "wrong_date_or_period",
    "wrong_attribution",
    "span_error",
    "out_of_scope",
    "satire_or_fabricated",
    "source_unusable",
    "translation_error",
]


def test_every_reason_of_the_taxonomy_is_there():
    assert sorted(load_review().rejection_reasons) == sorted(REASONS)


def test_labels_fit_a_key():
    labels = [reason.label for reason in load_review().rejection_reasons.values()]
    assert len(set(labels)) == len(labels)
    assert all(len(label) <= 24 for label in labels)


@pytest.mark.parametrize("line", ["four_eyes: [sports]", "four_eys: []", "rejection_reasons: {a: {label: x}}"])
def test_a_typo_is_told(tmp_path, line):
    (tmp_path / "review.yml").write_text(f"source: test\n{line}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"review\.yml"):
        load_review(tmp_path)
