"""The worked examples of docs/adding.md and README, run as they stand there."""

import re
from pathlib import Path

import yaml

from claimwire.catalog import DATA
from claimwire.catalog.feeds import load_feeds
from claimwire.catalog.lexicons import load_lexicons
from claimwire.detect.engine import Detector
from claimwire.model import Article

ROOT = Path(__file__).resolve().parents[1]


def blocks(page: str) -> list[str]:
    return re.findall(r"```yaml\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


def copy_of_data(folder: Path, own: str) -> Path:
    """The packaged data, all linked but the one folder that an example adds to."""
    root = folder / "data"
    root.mkdir()
    for path in DATA.iterdir():
        if path.name != own:
            (root / path.name).symlink_to(path)
    (root / own).mkdir()
    for path in (DATA / own).iterdir():
        (root / own / path.name).symlink_to(path)
    return root


def test_a_feed_is_one_block(tmp_path):
    for page, key in (("docs/adding.md", "harbour-times-world"), ("README.md", "harbour-times")):
        root = copy_of_data(tmp_path / key if (tmp_path / key).mkdir() is None else tmp_path, "feeds")
        example = next(block for block in blocks(page) if "Harbour Times" in block)
        (root / "feeds" / "harbour-times.yml").write_text(example, encoding="utf-8")
        added = {feed.key: feed for feed in load_feeds(root)}[key]
        assert added.publisher == "Harbour Times"
        assert len(load_feeds(root)) == len(load_feeds(DATA)) + 1


def test_a_phrase_is_one_line(tmp_path):
    example = next(block for block in blocks("docs/adding.md") if "concepts:" in block)
    (concept, phrases), *_ = yaml.safe_load(example)["concepts"].items()
    added = phrases.split(", ")[-1]
    root = copy_of_data(tmp_path, "lexicons")
    lexicon = (DATA / "lexicons" / "en.yml").read_text(encoding="utf-8")
    (root / "lexicons" / "en.yml").unlink()
    (root / "lexicons" / "en.yml").write_text(
        re.sub(rf"^(  {concept}: )", rf"\g<1>{added}, ", lexicon, count=1, flags=re.MULTILINE), encoding="utf-8"
    )
    sentence = "The bloc declared a commerce blackout of Ruritania."
    assert Detector(DATA).is_closed(sentence)
    assert not Detector(root).is_closed(sentence)


def test_a_language_is_data_alone(tmp_path):
    """A made-up tongue with one word, put beside the others, opens the gate and is read."""
    root = copy_of_data(tmp_path, "lexicons")
    lexicon = (DATA / "lexicons" / "it.yml").read_text(encoding="utf-8")
    made_up = re.sub(r"^language: it$", "language: eo", lexicon, flags=re.MULTILINE)
    made_up = re.sub(r"^name: .*$", "name: Esperanto", made_up, flags=re.MULTILINE)
    made_up = re.sub(r"^(  embargo: )", r"\g<1>komercbaro, ", made_up, count=1, flags=re.MULTILINE)
    (root / "lexicons" / "eo.yml").write_text(made_up, encoding="utf-8")
    assert "eo" in load_lexicons(root)
    detector = Detector(root)
    assert not detector.is_closed("La komercbaro kontraŭ Ruritanio")
    assert isinstance(detector.detect(Article("1", "", "La komercbaro kontraŭ Ruritanio daŭras.", "eo")), list)
