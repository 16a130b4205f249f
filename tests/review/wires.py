"""What the desk shows in tests: own sentences in several scripts, and hostile ones, in a small warehouse."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Engine, insert

from claimwire.warehouse.tables import (
    articles,
    feeds,
    flagged_items,
    item_codes,
    quota_figures,
    quotas,
    stories,
    threads,
)

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)

# (language, publisher, headline, sentence, category, act, measure, actor, target, commodity, marked words)
# fmt: off
WIRES: list[tuple[Any, ...]] = [
    ("fr", "Agence du Lac", "Pétrole : Washington saisit l'ONU",
     "Washington a demandé mercredi à l'ONU l'arrêt des livraisons de pétrole à Pyongyang.",
     "un_request", "request", "export_ban", ["US"], ["KP"], ["oil"],
     [
         ("Washington", "actor", "the United States", "US"),
         ("demandé", "act", "request: asks", "request"),
         ("l'ONU", "addressee", "the United Nations", "UN"),
         ("pétrole", "commodity", "oil", "oil"),
         ("Pyongyang", "target", "North Korea", "KP"),
     ]),
    ("en", "Harbour Daily", "Pyongyang far over its fuel cap, letter says",
     "North Korea has taken in 620,000 barrels of refined fuel this year against a cap of 500,000, the letter says.",
     "trade_quota", "violate", "quota", ["KP"], ["KP"], ["refined_petroleum"],
     [
         ("North Korea", "actor", "North Korea", "KP"),
         ("620,000 barrels", "quantity", "620,000 bbl", ""),
         ("refined fuel", "commodity", "refined petroleum", "refined_petroleum"),
         ("cap", "measure", "quota", "quota"),
         ("this year", "period", "2026", ""),
         ("the letter", "attribution", "a letter", ""),
     ]),
    ("fa", "خبرگزاری نمونه", "تحریم‌های تازه",
     "اتحادیه اروپا روز سه‌شنبه تحریم‌های تازه‌ای علیه ایران وضع کرد.",
     "sanction", "impose", "sanctions", ["EU"], ["IR"], [],
     [
         ("اتحادیه اروپا", "actor", "the European Union", "EU"),
         ("تحریم‌های", "measure", "sanctions", "sanctions"),
         ("ایران", "target", "Iran", "IR"),
         ("وضع کرد", "act", "impose: imposed", "impose"),
     ]),
    ("zh", "样本通讯社", "加征关税",
     "美国星期一宣布对中国电动汽车加征关税。",
     "trade_restriction", "impose", "tariff", ["US"], ["CN"], ["vehicles"],
     [
         ("美国", "actor", "the United States", "US"),
         ("中国", "target", "China", "CN"),
         ("加征", "act", "impose: adds a levy", "impose"),
         ("关税", "measure", "tariff", "tariff"),
     ]),
    ("ar", "وكالة عينة", "حظر السلاح",
     "مدد مجلس الأمن حظر السلاح المفروض على ليبيا سنة أخرى.",
     "sanction", "extend", "arms_embargo", ["UN"], ["LY"], ["arms"],
     [
         ("مجلس الأمن", "actor", "the Security Council", "UN"),
         ("حظر السلاح", "measure", "arms embargo", "arms_embargo"),
         ("ليبيا", "target", "Libya", "LY"),
     ]),
    ("ru", "Пример", "Ответные меры",
     "Москва может запретить вывоз удобрений, заявил чиновник.",
     "trade_restriction", "impose", "export_ban", ["RU"], [], ["other:fertiliser"],
     [
         ("Москва", "actor", "Russia", "RU"),
         ("может", "hedge", "may", ""),
         ("запретить", "act", "ban", "impose"),
     ]),
]
# fmt: on

HOSTILE = [
    ("<script>document.title='owned'</script>", "javascript:alert(1)"),
    ('"><img src=x onerror="document.title=\'owned\'">', "data:text/html,<script>1</script>"),
    ("Sanctions \u202eDNAB\u202c and \u2066isolates\u2069 {{ 7*7 }} {% raise %}", 'https://example.org/" onclick="x'),
    ("A" * 1_000_000, "http://example.org/long"),
]


BEFORE = "…\n"
"""What stands before the sentence in its article."""


def marks_of(evidence: str, words: list[tuple[str, str, str, str]]) -> list[dict[str, Any]]:
    """The marked words that stand in the sentence, with offsets into the article."""
    return [
        {"start": start, "end": start + len(word), "role": role, "gloss": gloss, "code": code}
        for word, role, gloss, code in words
        if (start := len(BEFORE) + evidence.find(word)) >= len(BEFORE)
    ]


def item_row(wire: tuple[Any, ...], number: int) -> dict[str, Any]:
    """A row of `flagged_items` that says what the wire says."""
    language, publisher, headline, evidence, category, act, measure, actor, target, commodity, _ = wire
    return {
        "item_key": f"key-{number}",
        "flagged_at": NOW - timedelta(minutes=number),
        "category": category,
        "act": act,
        "actor": actor,
        "addressee": ["UN"] if category == "un_request" else [],
        "target": target,
        "measure": measure,
        "commodity": commodity,
        "modality": "asserted",
        "evidence": evidence,
        "evidence_field": "text",
        "evidence_start": len(BEFORE),
        "rules": ["frame." + act],
        "headline": headline,
        "url": "https://example.org/a",
        "publisher": publisher,
        "feed_key": "sample",
        "language": language,
        "published_at": NOW - timedelta(hours=number),
        "score": 0.9,
        "priority": 50.0,
        "priority_reasons": ["the UN is asked"],
        "changed_at": NOW,
        "engine_version": "test-1",
        "lexicon_version": "test-1",
    }


def article_row(item: dict[str, Any], number: int) -> dict[str, Any]:
    """The article that an item stands in."""
    return {
        "feed_key": "sample",
        "guid": f"guid-{number}",
        "publisher": item["publisher"],
        "url": item["url"],
        "title": item["headline"],
        "text": BEFORE + item["evidence"] + "\n…",
        "language": item["language"],
        "published_at": item["published_at"],
        "content_sha256": "0" * 64,
        "fetched_at": NOW,
    }


class Wire:
    """Fills a warehouse through its tables."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self._numbers = engine, itertools.count(1)
        with engine.begin() as connection:
            row = {"feed_key": "sample", "publisher": "Sample", "url": "https://example.org/rss"}
            connection.execute(insert(feeds).values(row))

    def add(self, wire: tuple[Any, ...] = WIRES[0], **changed: Any) -> int:
        """One item with its article; gives its id. `changed` has columns of the item, told otherwise than the wire."""
        number = next(self._numbers)
        row = item_row(wire, number)
        row |= {key: changed.pop(key) for key in ("evidence", "headline", "url") if key in changed}
        row |= {
            "marks": marks_of(row["evidence"], wire[-1]),
            "evidence_end": row["evidence_start"] + len(row["evidence"]),
        }
        with self.engine.begin() as connection:
            if "article_id" not in changed:
                article = article_row(row, number) | {"story_id": changed.get("story_id")}
                changed["article_id"] = connection.execute(
                    insert(articles).values(article).returning(articles.c.id)
                ).scalar_one()
            row |= changed
            item_id = connection.execute(insert(flagged_items).values(row).returning(flagged_items.c.id)).scalar_one()
            codes = [
                {"role": role, "code": code, "item_id": item_id}
                for role in ("actor", "addressee", "target", "commodity")
                for code in row[role]
            ]
            if codes:
                connection.execute(insert(item_codes), codes)
        return item_id

    def add_story(self, carriers: int = 3) -> int:
        """A story; gives its id."""
        with self.engine.begin() as connection:
            row = {
                "first_feed_key": "sample",
                "first_publisher": "Agence du Lac",
                "carriers": carriers,
                "origin": "Agence du Lac",
            }
            return connection.execute(insert(stories).values(row).returning(stories.c.id)).scalar_one()

    def add_thread(self, title: str = "Refined fuel for North Korea") -> int:
        """A thread; gives its id."""
        with self.engine.begin() as connection:
            row = {"thread_key": title, "title": title, "status": "open", "opened_at": NOW, "changed_at": NOW}
            return connection.execute(insert(threads).values(row).returning(threads.c.id)).scalar_one()

    def add_cap(self) -> str:
        """A cap with one reported figure; gives its id."""
        with self.engine.begin() as connection:
            connection.execute(
                insert(quotas).values(
                    id="SAMPLE-CAP",
                    body="UN",
                    instrument="resolution 1",
                    target=["KP"],
                    commodity=["refined_petroleum"],
                    measure="cap on refined fuel",
                    limit_value=500_000,
                    limit_unit="bbl",
                    limit_bbl=500_000,
                    limit_text="500,000 barrels",
                    period="calendar year",
                    source="test",
                    confidence="high",
                    loaded_at=NOW,
                )
            )
            connection.execute(
                insert(quota_figures).values(
                    quota_id="SAMPLE-CAP",
                    period_from=NOW.date().replace(month=1, day=1),
                    period_to=NOW.date(),
                    supplier="",
                    value=106_000,
                    unit="bbl",
                    value_bbl=106_000,
                    kind="reported",
                    source="test",
                )
            )
        return "SAMPLE-CAP"

    def fill(self) -> list[int]:
        """All the sample sentences, in a story, a thread and under a cap, and the hostile ones; gives their ids."""
        story, thread, cap = self.add_story(), self.add_thread(), self.add_cap()
        ids = []
        for number, wire in enumerate(WIRES):
            more: dict[str, Any] = {"priority": 90.0 - number}
            if number < 2:
                more |= {"thread_id": thread}
            if wire[4] == "trade_quota":
                more |= {
                    "quota_id": cap,
                    "share_of_quota": 1.24,
                    "share_of_quota_low": 1.2,
                    "share_of_quota_high": 1.3,
                    "quantity": "620,000 barrels",
                    "attribution": "the letter",
                    "modality": "alleged",
                    "findings": [{"check": "over_cap", "message": "124 % of the cap of 500,000 barrels"}],
                }
            ids.append(self.add(wire, **more))
        ids += [self.add(WIRES[0], story_id=story, publisher=name, priority=70.0 + n) for n, name in enumerate("XYZ")]
        ids += [
            self.add(WIRES[0], evidence=text[:2000], headline=text, url=url, priority=40.0) for text, url in HOSTILE
        ]
        return ids
