"""Each wire format has a file in `golden/feeds` and beside it, in `.expect.json`, what must be read from it."""

import json
from pathlib import Path
from types import ModuleType

import pytest

import claimwire.parse
from claimwire.commands.parse import entry_to_json
from claimwire.parse import FORMATS, parse_entries

FEEDS = Path(__file__).parent.parent / "golden" / "feeds"
SAMPLES = sorted(path for path in FEEDS.iterdir() if not path.name.endswith(".expect.json"))


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_a_file_gives_the_entries_written_beside_it(path: Path) -> None:
    wanted = json.loads((FEEDS / f"{path.stem}.expect.json").read_text(encoding="utf-8"))
    found = [entry_to_json(entry) for entry in parse_entries(path.read_bytes(), base_url="https://base.example/feed")]
    told = [{key: entry[key] for key in want} for entry, want in zip(found, wanted, strict=True)]
    assert json.loads(json.dumps(told)) == wanted


def test_every_module_beside_the_registry_is_in_it() -> None:
    folder = Path(claimwire.parse.__path__[0])
    assert {path.stem for path in folder.glob("*.py")} - {"__init__"} == set(FORMATS)
    assert all(isinstance(module, ModuleType) for module in FORMATS.values())
