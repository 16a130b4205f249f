"""What the order model sees of a scene: words, signs and ideographs, with what the lexicons see in them."""

from claimwire.detect.features_act import Scene
from claimwire.detect.features_order import MOST_TOKENS, read_tokens
from claimwire.detect.library import Library
from claimwire.detect.models_choice import load_judge
from claimwire.detect.reading import read_article
from claimwire.model import Article

LIBRARY = Library()


def scene(text: str, language: str = "en") -> Scene:
    context = read_article(Article("a", "", text, language=language), LIBRARY)
    return load_judge().scene(context.views[0], "sanction")


def test_tokens_are_words_and_signs_at_their_places() -> None:
    told = scene("Norway's envoy, 52, lifts sanctions.")
    text = told.view.sentence.text
    assert [text[token.start : token.end] for token in read_tokens(told)] == [
        "Norway", "'", "s", "envoy", ",", "52", ",", "lifts", "sanctions", ".",
    ]  # fmt: skip


def test_ideographs_stand_alone() -> None:
    told = scene("挪威对甘比亚实施制裁。", "zh")
    assert {len(told.view.sentence.text[token.start : token.end]) for token in read_tokens(told)} == {1}


def test_a_token_tells_its_word_its_concept_and_its_way_from_the_measure() -> None:
    by_word = {
        token.features[3]: set(token.features) for token in read_tokens(scene("Norway lifts sanctions on Gambia"))
    }
    assert {"from 0", "concept sanctions", "kind measure", "field text", "category sanction"} <= by_word[
        "word en sanctions"
    ]
    assert {"tells lift", "kind act", "ending en fts"} <= by_word["word en lifts"]
    assert any(feature.startswith("from -") for feature in by_word["word en norway"])
    assert "sign A" in by_word["word en gambia"]


def test_a_long_sentence_is_cut_around_its_measure() -> None:
    told = scene("talk " * 200 + "about the sanctions on Gambia " + "and more talk " * 200)
    tokens = read_tokens(told)
    assert len(tokens) == MOST_TOKENS
    assert any("from 0" in token.features for token in tokens)


def test_a_scene_without_a_word_still_has_a_token() -> None:
    judge, context = load_judge(), read_article(Article("a", "", " ", language="en"), LIBRARY)
    scenes = [judge.scene(view, "sanction") for view in context.views]
    assert all(read_tokens(told) for told in scenes)
    assert [token.features[:1] for token in read_tokens(scene("…"))] == [("category sanction",)]
