"""The founding article, through a feed on a real server, to its claims in the warehouse."""

from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path

import pytest
import yaml
from sqlalchemy import func, select

from claimwire import pipeline
from claimwire.catalog import DATA
from claimwire.settings import Settings
from claimwire.warehouse.tables import articles, decisions, flagged_items

from ..fetch.site import Site, serving

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed" / "article.txt"
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
PUBLISHED = datetime(2018, 7, 12, 18, 36, tzinfo=UTC)

pytestmark = pytest.mark.gold


@pytest.fixture
def settings(warehouse, tmp_path) -> Settings:
    """A catalogue with one feed on loopback, and the packaged lexicons and registers."""
    data = tmp_path / "data"
    data.mkdir()
    for path in DATA.iterdir():
        if path.name != "feeds":
            (data / path.name).symlink_to(path)
    (data / "feeds").mkdir()
    return Settings(
        warehouse_url=warehouse.url.render_as_string(hide_password=False),
        data_dir=data,
        var_dir=tmp_path / "var",
        allowed_hosts=("127.0.0.1",),
    )


def write_feed(settings: Settings, site: Site, text: str) -> None:
    site.say(
        "/feed",
        (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Dépêches</title><item>'
            "<title>Trump publie une lettre de Kim</title><guid isPermaLink='false'>founding</guid>"
            f"<link>{site.url('/page')}</link><pubDate>{format_datetime(PUBLISHED)}</pubDate>"
            f"<description>{escape(text)}</description></item></channel></rss>"
        ).encode(),
    )
    block = {
        "publisher": "Dépêches",
        "kind": "agency",
        "source": "a test",
        "boilerplate": ["Le contenu suivant a été fourni par des partenaires externes…", "Ce contenu a été publié le…"],
        "feeds": [{"key": "wire", "url": site.url(), "language": "fr", "content": "full"}],
    }
    (settings.data_dir / "feeds" / "wire.yml").write_text(yaml.safe_dump(block, allow_unicode=True), encoding="utf-8")


def run_once(settings: Settings) -> None:
    for bundle in pipeline.plan_collection(settings, NOW, ["wire"]):
        pipeline.collect_feeds(settings, NOW, bundle)
    for batch in pipeline.plan_detection(settings, NOW):
        pipeline.detect_articles(settings, NOW, batch)


@pytest.mark.skipif(not SEED.exists(), reason="the founding article is in ../shared, which is not here")
def test_the_founding_article_gives_its_claims_every_role_right_and_no_other(settings, warehouse):
    with serving() as site:
        write_feed(settings, site, SEED.read_text(encoding="utf-8"))
        run_once(settings)
        with warehouse.connect() as connection:
            rows = [dict(row) for row in connection.execute(select(flagged_items)).mappings()]
        run_once(settings)
        with warehouse.connect() as connection:
            again = [dict(row) for row in connection.execute(select(flagged_items)).mappings()]
            assert connection.scalar(select(func.count()).select_from(articles)) == 1
            assert connection.scalar(select(func.count()).select_from(decisions)) == 0

    assert again == rows, "the second run changed something"
    told = {(row["category"], row["act"]): row for row in rows}
    assert set(told) == {("un_request", "request"), ("trade_quota", "violate"), ("trade_quota", "impose")}
    assert len(rows) == 3

    request = told["un_request", "request"]
    assert (request["actor"], request["addressee"], request["target"]) == (["US"], ["UN"], ["KP"])
    assert (request["measure"], request["commodity"], request["modality"]) == ("export_ban", ["oil"], "asserted")
    assert str(request["event_from"]) == str(request["event_to"]) == "2018-07-12"
    assert request["asked"]

    breach = told["trade_quota", "violate"]
    assert (breach["actor"], breach["target"], breach["measure"]) == (["KP"], ["KP"], "quota")
    assert (breach["modality"], breach["attribution"]) == ("alleged", "US")
    assert (str(breach["period_from"]), str(breach["period_to"])) == ("2018-01-01", "2018-12-31")
    assert breach["commodity"] == ["oil"]

    quota = told["trade_quota", "impose"]
    assert (quota["target"], quota["measure"], quota["modality"]) == (["KP"], "quota", "asserted")
    assert (str(quota["event_from"]), str(quota["event_to"])) == ("2017-10-01", "2017-12-31")
    for row in rows:
        assert row["evidence"].startswith("Les Etats-Unis ont en outre demandé jeudi")
        assert row["language"] == "fr"
