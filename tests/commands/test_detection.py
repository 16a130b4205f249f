"""`detect --jsonl`, `evaluate`, `explain` and `lint` from the outside."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from claimwire.cli import main

OPEN = {"id": 7, "lang": "en", "title": "EU extends sanctions on Iran", "text": "", "published_at": "2018-07-12"}
CLOSED = {"id": "b", "title": "Team wins", "text": "They won the cup.", "lang": "en", "published_at": None}


def _run(*arguments: str, stdin: str = "") -> Result:
    return CliRunner().invoke(main, list(arguments), input=stdin)


def test_lines_come_out_in_order_with_the_contract_s_keys() -> None:
    result = _run("detect", "--jsonl", stdin="\n".join(map(json.dumps, [OPEN, CLOSED, OPEN])) + "\n\n")
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["id"] for row in rows] == [7, "b", 7]
    assert [row["lang"] for row in rows] == ["en", "en", "en"]
    assert rows[1]["claims"] == []
    claim = rows[0]["claims"][0]
    keys = {"category", "act", "actor", "addressee", "target", "measure", "asked", "commodity", "quantity", "period"}
    keys |= {
        "event_date",
        "modality",
        "attribution",
        "evidence",
        "field",
        "start",
        "end",
        "score",
        "rules",
        "quantities",
    }
    assert keys <= set(claim)
    assert (claim["category"], claim["evidence"], claim["field"]) == ("sanction", OPEN["title"], "title")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{broken", "-:1: not JSON"),
        ("[1]", "-:1: not an article"),
        (json.dumps({"title": "x"}), "-:1: not an article"),
    ],
)
def test_a_bad_line_is_told_and_stops_no_other(line: str, told: str) -> None:
    result = _run("detect", "--jsonl", stdin=f"{line}\n{json.dumps(OPEN)}")
    bad, good = map(json.loads, result.stdout.splitlines())
    assert told in bad["error"].replace("<stdin>", "-")
    assert (bad["id"], bad["claims"]) == (None, [])
    assert good["claims"]
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("stated", ["2018-07", "2018", "yesterday", "", 0, "2018-07-12T23:00:00+09:00", "20180712"])
def test_a_date_that_is_none_stops_nothing(stated: object) -> None:
    result = _run("detect", "--jsonl", stdin=json.dumps(OPEN | {"published_at": stated}))
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["claims"]


def test_a_file_without_jsonl_is_wrong_usage(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text("{}")
    assert _run("detect", str(tmp_path / "a.jsonl")).exit_code == 2


def test_evaluate_scores_labelled_articles(tmp_path: Path) -> None:
    label = {"quote": "extends sanctions", "category": "sanction", "act": "extend", "measure": "sanctions"}
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in [OPEN | {"claims": [label]}, CLOSED | {"claims": []}]))
    figures = json.loads(_run("evaluate", str(gold), "--json", "--by", "lang").stdout)
    assert figures["all"]["flag"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "n": 1}
    assert figures["en"]["claim"]["f1"] == 1.0
    table = _run("evaluate", str(gold), "--misses", "3").stdout
    assert "flag       P 1.000  R 1.000  F1 1.000  n 1" in table


def test_evaluate_says_what_an_article_lacks_to_be_scored(tmp_path: Path) -> None:
    gold = tmp_path / "unlabelled.jsonl"
    gold.write_text(json.dumps(OPEN))
    result = _run("evaluate", str(gold))
    assert result.exit_code == 1
    assert "has no list of claims" in result.output


def test_explain_shows_concepts_trials_and_claims() -> None:
    result = _run(
        "explain", "--lang", "en", "--date", "2018-07-13", "--text", "The EU extended its [bold]sanctions on Iran."
    )
    assert result.exit_code == 0, result.output
    for told in ("gate open", "[bold]sanctions", "measure", "extend", "trade_quota", "claim  category sanction"):
        assert told in result.stdout


def test_explain_says_where_the_gate_is_closed() -> None:
    assert "gate closed" in _run("explain", "--text", "The team won the cup.").stdout


def test_lint_finds_nothing_in_our_own_lexicons_but_untested_phrases() -> None:
    result = _run("lint", "en", "--untested")
    assert result.exit_code == 0, result.output
    assert "0 faults" in result.stderr
    assert _run("lint", "tlh").exit_code == 1


def test_lint_finds_faults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from claimwire.catalog import DATA

    (tmp_path / "lexicons").mkdir()
    (tmp_path / "claims.yml").write_bytes((DATA / "claims.yml").read_bytes())
    (tmp_path / "lexicons" / "xx.yml").write_text(
        "language: xx\nname: X\nscript: Latin\nconcepts:\n"
        "  sanctions: sanktio, sanktio\n  embargo: kielto, sanktio\nstates: {FI: Suomi, 'NO': suomi}\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("CLAIMWIRE_DATA_DIR", str(tmp_path))
    result = _run("lint")
    assert result.exit_code == 1
    assert "xx.yml: embargo: 'sanktio' is sanctions too, which wins" in result.stdout
    assert "xx.yml: sanctions: 'sanktio' stands there twice" in result.stdout
    assert "xx.yml: state.NO: 'suomi' is state.FI too, which wins" in result.stdout
