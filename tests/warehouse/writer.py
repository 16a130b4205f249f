"""A writer process of the tests: loads articles and items until it is done or killed.

    python writer.py URL FEED COUNT [BATCH]

Says each batch on standard output once it is committed.
"""

import sys
from datetime import UTC, datetime

from claimwire.assess.assessment import Assessment
from claimwire.model import Act, Article, Category, Claim, Measure
from claimwire.warehouse.articles import Versions, load_articles, read_unread
from claimwire.warehouse.engine import open_engine
from claimwire.warehouse.items import Flagged, load_items
from claimwire.warehouse.writing import in_batches, write

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
EVIDENCE = "A cap was broken, it said."


def main(url: str, feed_key: str, count: str, batch: str = "20") -> None:
    engine = open_engine(url)
    made = (_article(feed_key, number) for number in range(int(count)))
    for articles in in_batches(made, int(batch)):
        write(engine, lambda connection, articles=articles: _load(connection, articles))
        print(articles[-1].guid, flush=True)


def _article(feed_key: str, number: int) -> Article:
    text = f"Story {number} of {feed_key}. {EVIDENCE}"
    return Article("", f"Title {number}", text, "en", NOON, guid=f"g{number}", feed_key=feed_key, publisher=feed_key)


def _load(connection, articles) -> None:
    load_articles(connection, articles, NOON)
    guids = {article.guid for article in articles}
    feed_key = articles[0].feed_key
    claim = Claim(Category.TRADE_QUOTA, Act.VIOLATE, EVIDENCE, "text", 0, 26, target=("KP",), measure=Measure.QUOTA)
    assessment = Assessment(thread_key="KP/petroleum", step_key="KP/petroleum/broken/1", stage="broken")
    unread = [
        pair for pair in read_unread(connection, NOON, 10_000) if pair[1].guid in guids and pair[1].feed_key == feed_key
    ]
    batch = [Flagged(row_id, article, (claim,), (assessment,)) for row_id, article in unread]
    load_items(connection, batch, Versions("1", "1"), NOON)


if __name__ == "__main__":
    main(*sys.argv[1:])
