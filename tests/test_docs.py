"""What the documents name exists: commands, make targets, files, pictures, settings."""

import re
import shlex
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import text as sql

from claimwire.cli import COMMANDS, main
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.migrate import migrate

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_that_a_page_names_exists(page):
    text = page.read_text(encoding="utf-8")
    named = set(re.findall(r"`claimwire ([a-z]+)", text)) | set(
        re.findall(r"^ {4}claimwire ([a-z]+)", text, re.MULTILINE)
    )
    assert named - set(COMMANDS) == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_option_that_a_page_names_exists(page):
    """`claimwire feeds check KEY --timeout 3`: a command, perhaps one of its own, and options that it takes."""
    lines = re.findall(
        r"`claimwire ([a-z][^`]*)`|^(?:\$| {4}) ?claimwire ([a-z].*)$", page.read_text("utf-8"), re.MULTILINE
    )
    for first, *words in (shlex.split(one or other, comments=True) for one, other in lines):
        command = main.get_command(None, first)
        if isinstance(command, click.Group) and words:
            assert words[0] in command.commands, f"claimwire {first} {words[0]}"
            command = command.commands[words.pop(0)]
        known = {"--help"}.union(*([*each.opts, *each.secondary_opts] for each in command.params))
        assert [word for word in words if word.startswith("--") and word not in known] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_bench_that_a_page_names_exists_and_takes_its_options(page):
    for name, rest in re.findall(r"python -m (bench[.a-z_]*)([^`\n]*)", page.read_text("utf-8")):
        module = ROOT / name.replace(".", "/")
        path = module / "__main__.py" if module.is_dir() else module.with_suffix(".py")
        source = path.read_text("utf-8")
        options = re.findall(r"--([a-z]+)", rest)
        assert [each for each in options if f'"--{each}"' not in source and f" {each}=(" not in source] == []


def test_the_example_of_readme_comes_out_as_it_says():
    page = (ROOT / "README.md").read_text("utf-8")
    [line] = re.findall(r"^\$ claimwire (.*)$", page, re.MULTILINE)
    told = CliRunner().invoke(main, shlex.split(line), catch_exceptions=False)
    assert told.exit_code == 0
    claim = " ".join(told.output[told.output.index("claim  category") :].split())
    assert "category un_request act request actor US addressee UN target KP measure export_ban" in claim
    assert "commodity oil event_date 2018-07-12 modality asserted" in claim


def test_the_queries_of_readme_run(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path}/warehouse.db")
    migrate(engine)
    queries = re.findall(r"```sql\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert queries
    with engine.connect() as connection:
        for query in queries:
            assert connection.execute(sql(query)).all() == []
    engine.dispose()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_that_a_page_names_exists(page):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"`make ([a-z]+)`", page.read_text(encoding="utf-8")))
    assert named - targets == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page):
    links = re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_setting_stands_in_the_operators_page():
    source = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py"))
    read = set(re.findall(r"[\"'](CLAIMWIRE_[A-Z_]+)[\"']", source))
    told = set(re.findall(r"`(CLAIMWIRE_[A-Z_]+)`", (ROOT / "docs/operators.md").read_text(encoding="utf-8")))
    assert read - told == set()


def test_every_outcome_and_disposition_is_explained():
    from claimwire.model import Disposition, Outcome

    text = (ROOT / "docs/outcomes.md").read_text(encoding="utf-8")
    assert [str(name) for name in (*Outcome, *Disposition) if f"`{name}`" not in text] == []
