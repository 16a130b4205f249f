"""Today's engine over stored articles: a dry run changes nothing, an applied one keeps what reviewers decided."""

import csv
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import delete, func, select, update

from claimwire import pipeline
from claimwire.archive.rescan import plan_rescan, report_rescan, rescan_partition
from claimwire.archive.verdict import summarise
from claimwire.model import Article
from claimwire.settings import Settings
from claimwire.warehouse.articles import load_articles
from claimwire.warehouse.decisions import Verdict, decide
from claimwire.warehouse.tables import articles, decisions, feeds, flagged_items, rescan_changes

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ASK = "The delegation asked the UN Security Council on Monday to halt all oil sales to North Korea."
CAP = "The council capped imports of refined oil to North Korea at 500,000 barrels a year, its report said."


@pytest.fixture
def settings(warehouse, tmp_path) -> Settings:
    """Four articles in two languages' columns, three days apart, read and flagged by today's engine."""
    settings = Settings(warehouse_url=warehouse.url.render_as_string(hide_password=False), var_dir=tmp_path / "var")
    found = [
        Article(
            id=f"{n}",
            guid=f"{n}",
            title=f"Dispatch {n}",
            text=f"{text} Port number {n} was closed.",
            language="en",
            published_at=NOW - timedelta(days=3 * n),
            feed_key="wire",
            publisher="Wire",
        )
        for n, text in enumerate([ASK, CAP, ASK, "The harbour opened again."])
    ]
    with warehouse.begin() as connection:
        connection.execute(feeds.insert().values(feed_key="wire", publisher="Wire", url="https://w/"))
        load_articles(connection, found, NOW)
    for batch in pipeline.plan_detection(settings, NOW):
        pipeline.detect_articles(settings, NOW, batch)
    return settings


def items(warehouse) -> dict[str, dict]:
    with warehouse.connect() as connection:
        rows = connection.execute(select(flagged_items).order_by(flagged_items.c.id)).mappings()
        return {row["item_key"]: dict(row) for row in rows}


def rescan(settings, at, **params) -> dict[str, int]:
    parts = plan_rescan(settings, at, params)
    keys = [rescan_partition(settings, at, part, params) for part in parts]
    return dict(report_rescan(settings, at, keys).went_out)


def age(warehouse, key_of_lost: str, key_of_changed: str) -> None:
    """As an older engine would have left it: one claim not found, one with another act, one that is no more."""
    with warehouse.begin() as connection:
        old = {"engine_version": "old", "lexicon_version": "old"}
        connection.execute(update(flagged_items).values(**old))
        connection.execute(update(flagged_items).where(flagged_items.c.item_key == key_of_changed).values(asked="old"))
        connection.execute(
            update(flagged_items).where(flagged_items.c.item_key == key_of_lost).values(item_key="no-longer-found")
        )


def test_the_same_engine_finds_nothing_to_change(settings):
    assert rescan(settings, NOW, dry_run=True) == {}


def test_a_dry_run_tells_gained_lost_and_changed_and_changes_nothing(settings, warehouse):
    first, *_, last = items(warehouse)
    age(warehouse, key_of_lost=first, key_of_changed=last)
    before = items(warehouse)

    counts = rescan(settings, NOW, dry_run=True)

    assert counts == {"gained": 1, "lost": 1, "changed": 1}
    assert items(warehouse) == before
    (report,) = (settings.var_dir / "reports").glob("rescan-*.csv")
    with report.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["change"] for row in rows) == ["changed", "gained", "lost"]
    changed = next(row for row in rows if row["change"] == "changed")
    assert "'asked': 'old'" in changed["before"]


def test_applying_stamps_the_versions_and_keeps_decisions(settings, warehouse):
    before = items(warehouse)
    first, *_, last = before
    with warehouse.begin() as connection:
        decide(connection, Verdict(before[last]["id"], 0, "confirm", "ann"), (), NOW)
    age(warehouse, key_of_lost=first, key_of_changed=last)

    rescan(settings, NOW, dry_run=False)

    after = items(warehouse)
    assert first in after, "what was gained is flagged"
    unreviewed = [row for row in after.values() if row["review_status"] == "new"]
    assert unreviewed
    assert all("old" not in {row["engine_version"], row["lexicon_version"]} for row in unreviewed)
    assert (after[last]["review_status"], after[last]["reviewer"]) == ("confirmed", "ann")
    assert after[last]["asked"] == "old", "what was reviewed stays as the reviewer saw it"
    with warehouse.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(decisions)) == 1
    assert rescan(settings, NOW + timedelta(hours=1), dry_run=True).get("gained") is None, "twice changes nothing"


def test_a_partition_that_is_done_again_counts_once(settings, warehouse):
    with warehouse.begin() as connection:
        connection.execute(delete(flagged_items))
    (part,) = plan_rescan(settings, NOW, {})
    for _ in range(2):
        key = rescan_partition(settings, NOW, part, {"dry_run": True})
    with warehouse.connect() as connection:
        told = connection.scalar(select(func.count()).select_from(rescan_changes))
    assert report_rescan(settings, NOW, [key, key]).went_out["gained"] == told


def test_the_form_narrows_what_is_read(settings, warehouse):
    with warehouse.connect() as connection:
        ids = list(connection.scalars(select(articles.c.id).order_by(articles.c.published_at.desc())))
    day = f"{NOW - timedelta(days=3):%Y-%m-%d}"
    assert plan_rescan(settings, NOW, {"published_from": day, "published_to": day}) == [[ids[1], ids[1]]]
    assert plan_rescan(settings, NOW, {"languages": ["fr"]}) == []
    assert plan_rescan(settings, NOW, {"feeds": ["other"]}) == []
    assert report_rescan(settings, NOW, []).came_in == 0


def change(kind: str, review_status: str = "") -> dict[str, str]:
    return {"change": kind, "language": "en", "category": "sanction", "review_status": review_status}


def test_precision_and_recall_are_those_of_the_reviewed_items():
    rows = [
        *[change("same", "confirmed")] * 6, change("lost", "confirmed"), change("changed", "corrected"),
        change("lost", "rejected"), change("same", "rejected"), *[change("gained")] * 4,
    ]  # fmt: skip
    *_, quality = summarise(rows)
    assert quality == (
        "on 10 reviewed items: precision 0.800 before, 0.875 with today's engine; recall of what was confirmed 0.875"
    )


def test_without_reviews_the_report_says_that_quality_is_not_known():
    assert "not known" in summarise([change("gained")])[-1]
