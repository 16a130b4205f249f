"""Features: what the models see, in words that a linguist can read."""

from claimwire.detect.context import Context
from claimwire.detect.features import gather_facts, sentence_features
from claimwire.detect.features_act import act_features, scene_features
from claimwire.detect.library import Library
from claimwire.detect.models_choice import load_judge
from claimwire.detect.reading import read_article
from claimwire.model import Article


def read(title: str, text: str) -> Context:
    return read_article(Article("a", title, text, language="en"), Library())


CONTEXT = read("Norway lifts sanctions", "The measures hurt Gambia.\nIts\nexports fell after the embargo.")


def test_a_sentence_sees_the_title_and_its_neighbours() -> None:
    features = sentence_features(CONTEXT, gather_facts(CONTEXT), 1)
    assert {"title sanctions", "before sanctions", "has actor GM"} <= set(features)


def test_names_fit_on_a_line() -> None:
    facts = gather_facts(CONTEXT)
    names = [name for index in range(len(CONTEXT.views)) for name in sentence_features(CONTEXT, facts, index)]
    assert names
    assert not any("\n" in name for name in names)


def test_a_scene_knows_the_word_that_tells_the_act() -> None:
    scene = load_judge().scene(CONTEXT.views[0], "sanction")
    assert scene.offer.act == "lift"
    assert "frame lifted" in scene_features(scene)
    assert "offered by lifted" in act_features(scene)["lift"]


def test_an_empty_article_has_no_features_but_its_own() -> None:
    empty = read("", "")
    assert gather_facts(empty).measures == {}
