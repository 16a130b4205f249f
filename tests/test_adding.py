"""The worked examples of docs/adding.md and README, run as they stand there."""

import re
from datetime import UTC, date, datetime
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType

import pytest
import yaml

from claimwire.assess.article import assess_article
from claimwire.assess.checks import CHECKS
from claimwire.assess.known import Known
from claimwire.catalog import DATA
from claimwire.catalog.feeds import load_feeds
from claimwire.catalog.lexicons import load_lexicons
from claimwire.catalog.registers import load_registers
from claimwire.catalog.subscriptions import Subscription
from claimwire.detect.engine import Detector
from claimwire.digest.compose import compose_digest
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import SINKS, Outlets
from claimwire.errors import ParseError
from claimwire.model import Act, Article, Category, Claim
from claimwire.parse import FORMATS, parse_entries
from claimwire.settings import Settings
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate

ROOT = Path(__file__).resolve().parents[1]


def blocks(page: str, language: str = "yaml") -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (ROOT / page).read_text(encoding="utf-8"), re.DOTALL)


def module(name: str, tmp_path: Path) -> ModuleType:
    """The Python example that defines this name, as the module that a reader would save."""
    path = tmp_path / f"{name}.py"
    path.write_text(
        next(block for block in blocks("docs/adding.md", "python") if f"def {name}(" in block), encoding="utf-8"
    )
    spec = spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


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
        folder = tmp_path / key
        folder.mkdir()
        root = copy_of_data(folder, "feeds")
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


def test_a_register_row_is_one_block(tmp_path):
    example = next(block for block in blocks("docs/adding.md") if "quotas:" in block)
    root = copy_of_data(tmp_path, "registers")
    quotas = root / "registers" / "quotas.yml"
    text = quotas.read_text(encoding="utf-8")
    quotas.unlink()
    quotas.write_text(text + example.removeprefix("quotas:\n"), encoding="utf-8")
    assert len(load_registers(root).quotas) == len(load_registers().quotas) + 1


def test_a_wire_format_is_one_module(tmp_path, monkeypatch):
    monkeypatch.setitem(FORMATS, "memo", module("recognises", tmp_path))
    [entry] = parse_entries(b"MEMO 7\nEmbargo on tin\nThe council halted all sales of tin.\nNobody objected.\n")
    assert (entry.guid, entry.format, entry.title) == ("7", "memo", "Embargo on tin")
    assert entry.text == "The council halted all sales of tin.\nNobody objected."
    with pytest.raises(ParseError):
        parse_entries(b"MEMO ")


def test_a_sink_is_one_module(tmp_path, monkeypatch):
    monkeypatch.setitem(SINKS, "printer", module("open_printer", tmp_path).open_printer)
    engine, now = open_engine(f"sqlite:///{tmp_path}/warehouse.db"), datetime(2026, 11, 24, 7, tzinfo=UTC)
    migrate(engine)
    floor = Subscription(key="floor", title="Floor", deliver={"printer": ("first-floor",)})
    settings = Settings(var_dir=tmp_path)
    for _ in range(2):
        with engine.connect() as connection:
            digest = compose_digest(connection, floor, now.date(), now, settings)
        send_digest(engine, floor, digest, Outlets(settings), lambda: now)
    engine.dispose()
    spool = (tmp_path / "spool.txt").read_text(encoding="utf-8")
    assert spool.startswith("To first-floor\nClaims of Tuesday 24 November 2026\n")
    assert spool.count("\f") == 1, "told once, however often it is sent"


def test_a_check_is_one_module(tmp_path, monkeypatch):
    monkeypatch.setitem(CHECKS, "breach_to_come", module("breach_to_come", tmp_path).breach_to_come)
    article = Article("1", "", "", "en", datetime(2026, 11, 24, tzinfo=UTC))

    def found(day: str) -> list[str]:
        claim = Claim(Category.SANCTION, Act.VIOLATE, "They broke it.", "text", 0, 14, event_date=day)
        [assessed] = assess_article(article, [claim], load_registers(), Known(), date(2026, 11, 24))
        return [finding.message for finding in assessed.findings if finding.check == "breach_to_come"]

    assert found("2026-11-23") == []
    assert found("2026-12-01") == ["a breach on 2026-12-01 is told on 2026-11-24"]
