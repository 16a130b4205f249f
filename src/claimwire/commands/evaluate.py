"""`claimwire evaluate`: the figures of the codebook over labelled articles."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import click

from claimwire.errors import ClaimwireError

Figures = dict[str, dict[str, float]]
_GROUPS = ("lang", "category", "act")


@click.command()
@click.argument("gold", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--predictions", type=click.File("rb"), help="Claims as `detect --jsonl` wrote them; else detect now.")
@click.option("--by", type=click.Choice(_GROUPS), help="The figures of each language, category or act too.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of a table.")
@click.option("--misses", type=int, default=0, metavar="N", help="Show N articles flagged wrongly or missed.")
def evaluate(gold: Path, predictions: BinaryIO | None, by: str | None, misses: int, *, is_json: bool) -> None:
    """Score detection against the labelled articles of GOLD."""
    from claimwire.commands.jsonl import read_rows

    articles = _read(gold)
    if predictions:
        found = {str(row["id"]): row.get("claims", []) for row in read_rows(predictions, predictions.name)}
    else:
        found = _detect(articles)
    results = {"all": _figures(articles, found)} | dict(_grouped(articles, found, by))
    if is_json:
        click.echo(json.dumps(results, indent=1))
        return
    for title, figures in results.items():
        click.echo(_table(title, figures))
    for line in _misses(articles, found, misses):
        click.echo(line)


def evaluate_file(gold: Path) -> Figures:
    """The figures of detection as it is over a file of labelled articles."""
    articles = _read(gold)
    return _figures(articles, _detect(articles))


def _read(gold: Path) -> list[dict[str, Any]]:
    from claimwire.commands.jsonl import read_rows

    with gold.open("rb") as lines:
        rows = [row | {"id": str(row["id"])} for row in read_rows(lines, gold.name)]
    unlabelled = next((row["id"] for row in rows if not isinstance(row.get("claims"), list)), None)
    if unlabelled is not None:
        raise ClaimwireError(f"{gold.name}: {unlabelled} has no list of claims, so there is nothing to score against")
    return rows


def _detect(articles: list[dict[str, Any]]) -> dict[str, Any]:
    from claimwire.commands.detect import answer
    from claimwire.detect.engine import load_detector
    from claimwire.settings import read_settings

    detector = load_detector(read_settings().data_dir)
    return {article["id"]: answer(detector, article)["claims"] for article in articles}


def _figures(articles: list[Any], found: dict[str, Any], keep: Callable[[Any], bool] = lambda _claim: True) -> Figures:
    from claimwire.detect.evaluation import evaluate as score

    return score(articles, found, keep)


def _grouped(articles: list[Any], found: dict[str, Any], by: str | None) -> Iterator[tuple[str, Figures]]:
    if by == "lang":
        for language in sorted({article["lang"] for article in articles}):
            yield language, _figures([article for article in articles if article["lang"] == language], found)
    elif by:
        for value in sorted({claim[by] for article in articles for claim in article["claims"]}):
            yield value, _figures(articles, found, lambda claim, value=value: claim.get(by) == value)  # type: ignore[misc]


def _table(title: str, figures: Figures) -> str:
    lines = [title]
    for name, row in figures.items():
        if "f1" in row:
            lines.append(f"  {name:10} P {row['p']:.3f}  R {row['r']:.3f}  F1 {row['f1']:.3f}  n {row['n']:.0f}")
        else:
            lines.append(f"  {name:10} accuracy {row['accuracy']:.3f}  n {row['n']:.0f}")
    return "\n".join(lines)


def _misses(articles: list[Any], found: dict[str, Any], most: int) -> list[str]:
    lines = []
    for article in articles:
        claims = found.get(article["id"], [])
        if bool(article["claims"]) != bool(claims):
            shown = [claim["quote"] for claim in article["claims"]] or [claim["evidence"] for claim in claims]
            verdict = "MISSED" if article["claims"] else "WRONG "
            lines.append(f"{verdict} {article['id']} | {article['title'][:70]} | {shown[:2]}")
    return lines[:most]
