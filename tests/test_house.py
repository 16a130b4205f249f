"""The rules of the house, held by a test: sizes, words, registries, and that knowledge lies in data, not in Python."""

import ast
import importlib
import pkgutil
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
ALL = [
    *SOURCES,
    *(path for name in ("bench", "dags", "plugins", "tests") for path in sorted((ROOT / name).rglob("*.py"))),
]
WORDS_NOT_USED = re.compile(r"(^|_)(util|utils|helper|helpers|manager|common|event|events|hitlist)(_|$)")
EVENT_FIELDS = {"event_date", "event_from", "event_to"}  # the codebook's own


def functions(path: Path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def test_no_file_is_longer_than_three_hundred_lines():
    too_long = {
        str(path.relative_to(ROOT)): n
        for path in ALL
        if (n := len(path.read_text(encoding="utf-8").splitlines())) > 300
    }
    assert too_long == {}


def test_no_function_is_longer_than_forty_five_lines():
    too_long = {
        f"{path.relative_to(ROOT)}:{node.name}": n
        for path in ALL
        if "migrations" not in path.parts
        for node in functions(path)
        if (n := (node.end_lineno or 0) - node.lineno + 1) > 45
    }
    assert too_long == {}


def test_modules_are_named_by_what_they_hold():
    assert [str(path) for path in SOURCES if WORDS_NOT_USED.search(path.stem)] == []


def test_no_language_publisher_or_country_is_named_in_python():
    """Names of languages, states and publishers belong into data; docstrings may tell of them."""
    names = set()
    for path in (ROOT / "src/claimwire/data/lexicons").glob("*.yml"):
        names.add(yaml.safe_load(path.read_text(encoding="utf-8"))["name"])
    for path in (ROOT / "src/claimwire/data/feeds").glob("*.yml"):
        names.add(yaml.safe_load(path.read_text(encoding="utf-8"))["publisher"])
    names |= {"Korea", "Russia", "China", "Iran", "Washington", "Moscow", "Pyongyang", "Brussels"}
    names -= {"Persian", "English"}  # a calendar, and the language of glosses
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(names)))})\b")
    found = []
    for path in SOURCES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
                found += [f"{path.name}:{node.lineno}: {name}" for name in pattern.findall(node.value)]
    assert found == []


@pytest.mark.parametrize(
    ("package", "registry", "apart"),
    [
        ("claimwire.parse", "FORMATS", {"reading"}),
        ("claimwire.digest.sinks", "SINKS", {"port", "posting"}),
        ("claimwire.assess.checks", "CHECKS", set()),
    ],
)
def test_every_sibling_module_is_in_its_registry(package, registry, apart):
    module = importlib.import_module(package)
    values = getattr(module, registry).values()
    registered = {getattr(value, "__module__", value.__name__).rsplit(".", 1)[-1] for value in values}
    siblings = {info.name for info in pkgutil.iter_modules(module.__path__)} - apart
    assert siblings == registered


def test_every_command_is_in_the_list_and_says_what_it_does():
    from claimwire.cli import COMMANDS, main

    for name in COMMANDS:
        command = main.get_command(None, name)
        assert command is not None
        assert command.name == name
        assert command.help, f"claimwire {name} says nothing of itself"


def test_every_error_of_ours_stands_in_the_drawing():
    from claimwire import errors

    names = {name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, Exception)}
    assert {name for name in names if name not in errors.__doc__} == set()


def test_constraints_hold_versions_only():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line and not re.match(r"^[A-Za-z0-9._-]+==[^\s;@/]+( ;.*)?$", line)] == []


def test_every_dependency_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = list(project["project"]["dependencies"])
    for group in (*project["project"]["optional-dependencies"].values(), *project["dependency-groups"].values()):
        wanted += [each for each in group if isinstance(each, str) and not each.startswith("claimwire")]
    pinned = {
        line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    names = {re.split(r"[\[<>=!;\s~]", each, maxsplit=1)[0].lower().replace("_", "-") for each in wanted}
    assert names - pinned == set()
