"""`claimwire bench`: how fast detection is on this machine, on texts that it is given."""

import json
import time
from collections.abc import Callable
from pathlib import Path

import click


@click.command()
@click.argument("articles", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=3.0, show_default=True, help="How long to measure each figure.")
def bench(articles: Path, seconds: float) -> None:
    """Articles a second, through the gate and through everything, for the articles of a JSON lines file.

    `make bench` in a checkout measures ratios against named rivals in the same run.
    """
    from claimwire.commands.jsonl import article_of, read_rows
    from claimwire.detect.engine import load_detector

    begun = time.perf_counter()
    detector = load_detector()
    click.echo(f"start-up      {time.perf_counter() - begun:8.2f} s")
    with articles.open("rb") as lines:
        loaded = [article_of(row) for row in read_rows(lines, articles.name)]
    texts = [f"{article.title}\n{article.text}" for article in loaded]
    closed = [detector.is_closed(text) for text in texts]
    rate = _rate(lambda: [detector.is_closed(text) for text in texts], len(texts), seconds)
    click.echo(f"gate          {rate:8,.0f} articles/s, closed for {sum(closed)} of {len(texts)}")
    open_ones = [article for article, is_closed in zip(loaded, closed, strict=True) if not is_closed]
    if open_ones:
        rate = _rate(lambda: [detector.detect(article) for article in open_ones], len(open_ones), seconds)
        size = sum(len(article.text) for article in open_ones) / len(open_ones)
        click.echo(f"everything    {rate:8,.0f} articles/s of {size:,.0f} characters on average, gate open")
    click.echo(json.dumps({"engine": detector.engine_version, "lexicons": detector.lexicon_version}))


def _rate(work: Callable[[], object], number: int, seconds: float) -> float:
    begun, rounds = time.perf_counter(), 0
    while time.perf_counter() - begun < seconds:
        work()
        rounds += 1
    return rounds * number / (time.perf_counter() - begun)
