"""What a digest tells: news once, changes once, and on a quiet day how quiet it was."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, update

from claimwire.catalog.subscriptions import Subscription
from claimwire.digest.compose import Digest, compose_digest
from claimwire.digest.preview import plain_text
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.settings import Settings
from claimwire.warehouse.tables import decisions, digests, flagged_items, quota_figures, regimes

from .conftest import DAY, NOW, a_subscription, add_item, add_quota, add_step, add_thread

TO_FILE = a_subscription(deliver={"file": ["desk"]})
NEXT_DAY = DAY + timedelta(days=1)


def text_of(store: Engine, settings: Settings, subscription: Subscription = TO_FILE, **when: Any) -> str:
    return plain_text(composed(store, settings, subscription, **when).stored)


def composed(
    store: Engine, settings: Settings, subscription: Subscription = TO_FILE, day: date = DAY, now: datetime = NOW
) -> Digest:
    with store.connect() as connection:
        return compose_digest(connection, subscription, day, now, settings)


def sent(store: Engine, settings: Settings, subscription: Subscription = TO_FILE, **when: Any) -> Digest:
    digest = composed(store, settings, subscription, **when)
    send_digest(store, subscription, digest, Outlets(settings), lambda: NOW)
    return digest


def change(store: Engine, item_id: int, at: datetime, **values: Any) -> None:
    with store.begin() as connection:
        connection.execute(update(flagged_items).where(flagged_items.c.id == item_id).values(changed_at=at, **values))


def tomorrow(store: Engine, settings: Settings, subscription: Subscription = TO_FILE) -> str:
    return text_of(store, settings, subscription, day=NEXT_DAY, now=NOW + timedelta(days=1))


def test_the_subject_says_the_news(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection)
    assert composed(store, settings).stored.subject == "1 new: US asks UN to halt oil exports to North Korea"


def test_in_french(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection)
    digest = composed(store, settings, a_subscription(language="fr"))
    assert digest.stored.subject == (
        "1 nouvelle : États-Unis → ONU : demande, arrêt des exportations (pétrole) vers : Corée du Nord"
    )


def test_no_item_twice(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection)
    sent(store, settings)
    assert "All quiet: no new claims" in tomorrow(store, settings)


def test_the_same_day_again_is_the_same_bytes(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection)
    first = sent(store, settings)
    with store.begin() as connection:
        add_item(connection, target=["RU"])
    assert composed(store, settings).stored.message == first.stored.message


def test_an_item_that_was_committed_late_is_told_the_next_day(store: Engine, settings: Settings) -> None:
    sent(store, settings)
    with store.begin() as connection:
        add_item(connection, flagged_at=NOW - timedelta(minutes=5))
    assert "US asks UN" in tomorrow(store, settings)


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"review_status": "withdrawn"}, "Item of Friday 20 Nov: withdrawn — the agency killed the story"),
        ({"review_status": "rejected"}, "Item of Friday 20 Nov: refused by the desk — do not use"),
        ({"review_status": "corrected", "target": ["RU"]}, "Item of Friday 20 Nov: corrected by the desk"),
        ({"review_status": "source_changed"}, "Item of Friday 20 Nov: the publisher changed the text"),
        ({"target": ["RU"]}, "Item of Friday 20 Nov: details of the claim changed"),
    ],
)
def test_what_changed_is_told_once(store: Engine, settings: Settings, values: dict[str, Any], told: str) -> None:
    with store.begin() as connection:
        item_id = add_item(connection)
    sent(store, settings)
    change(store, item_id, NOW + timedelta(hours=2), **values)
    assert told in tomorrow(store, settings)
    sent(store, settings, day=NEXT_DAY, now=NOW + timedelta(days=1))
    day_after = text_of(store, settings, day=DAY + timedelta(days=2), now=NOW + timedelta(days=2))
    assert "Changed since" not in day_after


@pytest.mark.parametrize(
    ("stage", "told"),
    [
        ("adopted", "this matter: adopted"),
        ("refused", "this matter: blocked"),
        ("held", "this matter: put on hold"),
    ],
)
def test_what_became_of_a_request_is_told_once(store: Engine, settings: Settings, stage: str, told: str) -> None:
    with store.begin() as connection:
        thread = add_thread(connection, "oil", status="in_force")
        for on, earlier in ((DAY - timedelta(days=300), "adopted"), (DAY, "asked"), (DAY, "broken")):
            add_step(connection, thread, earlier, on)
        add_item(connection, thread_id=thread)
        add_item(connection, thread_id=thread, publisher="Another")
        add_item(connection, thread_id=thread, act="violate", category="trade_quota", measure="quota")
    assert "0 days: US asks UN" in plain_text(sent(store, settings).stored)
    with store.begin() as connection:
        add_step(connection, thread, stage, NEXT_DAY)
    text = tomorrow(store, settings)
    assert text.count(told) == 1
    assert ("1 day: US asks UN" in text) == (stage == "held")
    sent(store, settings, day=NEXT_DAY, now=NOW + timedelta(days=1))
    assert "Changed since" not in text_of(store, settings, day=DAY + timedelta(days=2), now=NOW + timedelta(days=2))


def test_many_changes_are_counted(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        ids = [add_item(connection, target=[f"T{number}"]) for number in range(20)]
    sent(store, settings)
    for item_id in ids:
        change(store, item_id, NOW + timedelta(hours=1), review_status="rejected")
    text = tomorrow(store, settings)
    assert text.count("refused by the desk") == 12
    assert "- …: and 8 more" in text


def test_a_reassessment_that_shows_no_difference_is_no_change(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        item_id = add_item(connection)
    sent(store, settings)
    change(store, item_id, NOW + timedelta(hours=2), priority=12.0, score=0.7)
    assert "Changed since" not in tomorrow(store, settings)


def test_items_of_one_thread_are_one_matter(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        thread = add_thread(connection, "oil")
        for publisher in ("The Wire", "Another", "A third"):
            add_item(connection, thread_id=thread, publisher=publisher)
        add_item(connection, thread_id=thread, act="violate", category="trade_quota", measure="quota", actor=["KP"])
    text = text_of(store, settings)
    assert "4 new in 1 matter" in text
    assert text.count("## ") == 1
    assert "3 publishers" in text
    assert "+ North Korea exceeds oil quota" in text
    assert "… and 2 more" in text


def test_one_step_is_told_once_by_the_kind_of_claim_that_the_codebook_puts_first(
    store: Engine, settings: Settings
) -> None:
    with store.begin() as connection:
        step = {"thread_id": add_thread(connection, "oil"), "step_key": "oil/asked/2026-11-19"}
        add_item(connection, **step, category="sanction", addressee=[], priority=90.0)
        add_item(connection, **step, category="un_request", priority=75.0)
    text = text_of(store, settings)
    assert "## US asks UN to halt oil exports to North Korea" in text
    assert "… and 1 more" in text


def test_filters_score_and_states(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(connection, target=["RU"])
        add_item(connection, target=["IR"], score=0.3)
        add_item(connection, target=["CU"], review_status="rejected")
        add_item(connection, target=["KP"], commodity=["coal"])
    wishes = a_subscription(filter={"target": ["RU", "IR", "CU"]}, minimum_score=0.5)
    assert composed(store, settings, wishes).stored.subject == "1 new: US asks UN to halt oil exports to Russia"
    coal = a_subscription(filter={"commodity": ["coal"], "category": ["un_request"]})
    assert composed(store, settings, coal).stored.subject == "1 new: US asks UN to halt coal exports to North Korea"


def test_open_requests_and_their_age(store: Engine, settings: Settings) -> None:
    steps = {
        "KP": [(7, "asked"), (7, "adopted"), (30, "refused")],  # refused before it was asked anew
        "RU": [(9, "asked"), (3, "refused")],
        "IR": [(9, "asked"), (3, "held")],
        "SY": [(9, "asked"), (3, "asked"), (3, "refused")],  # news of the refusal tells the request again
        "CU": [(800, "asked")],
        "BY": [(5, "broken")],
    }
    with store.begin() as connection:
        for target, told in steps.items():
            thread = add_thread(connection, target, status="in_force")
            add_item(connection, thread_id=thread, target=[target])
            for days, stage in told:
                add_step(connection, thread, stage, DAY - timedelta(days=days))
    text = text_of(store, settings)
    section = text[text.index("OPEN REQUESTS") : text.index("SILENT FEEDS")]
    assert [line for line in section.splitlines() if line.startswith(("- ", "    on hold", "    open"))] == [
        "- 9 days: US asks UN to halt oil exports to Iran",
        "    on hold, since 11 Nov 2026",
        "- 7 days: US asks UN to halt oil exports to North Korea",
        "    open, since 13 Nov 2026",
    ]


def test_breaches_stand_against_their_caps_and_the_official_figures(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        cap = add_quota(connection)
        broken = {"category": "trade_quota", "act": "violate", "measure": "quota", "quota_id": cap}
        add_item(connection, **broken, share_of_quota=1.52, modality="alleged", attribution="US")
        add_item(connection, **broken, share_of_quota=1.2, share_of_quota_low=1.1, share_of_quota_high=1.4)
        add_item(connection, **broken, share_of_quota=9.0, modality="denied", attribution="KP")
        kept = {"category": "trade_quota", "act": "in_force", "measure": "quota", "quota_id": cap}
        add_item(connection, **kept, share_of_quota=0.4, attribution="RU")
        add_item(connection, **kept, share_of_quota=1.1, attribution="CN")
        figure = {"quota_id": cap, "kind": "reported", "source": "ours", "unit": "bbl", "value": 50000}
        period = {"period_from": date(2026, 1, 1), "period_to": date(2026, 1, 31)}
        connection.execute(insert(quota_figures).values(figure | period))
    digest = composed(store, settings)
    text = plain_text(digest.stored)
    section = text[text.index("ALLEGED") : text.index("SILENT")]
    assert [line for line in section.splitlines() if line.startswith("- ")] == [
        "- CAP-REF: 152%, alleged by US",
        "- CAP-REF: 110%–140%, alleged",
        "- CAP-REF: 110%, alleged by China",
        "- CAP-REF: 10%, reported",
    ]
    assert b"Content-Type: image/png" in digest.stored.message


def test_the_calendar_of_two_weeks(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        add_item(
            connection,
            act="impose",
            category="sanction",
            measure="asset_freeze",
            actor=["EU"],
            addressee=[],
            target=["BY"],
            modality="planned",
            event_from=DAY + timedelta(days=3),
        )
        add_item(connection, act="propose", measure="embargo", category="sanction", event_from=DAY + timedelta(days=20))
        for days, name in ((13, "Committee of ours"), (14, "Committee too late")):
            regime = {"id": name, "body": "UN", "name": name, "source": "ours", "loaded_at": NOW}
            connection.execute(insert(regimes).values(regime | {"expires_on": DAY + timedelta(days=days)}))
    text = text_of(store, settings)
    section = text[text.index("NEXT 14 DAYS") :]
    assert "Mon 23 Nov: EU: new asset freeze on Belarus (planned)" in section
    assert "Thu 3 Dec: Committee of ours: expires" in section
    assert "too late" not in section
    assert "embargo" not in section


def test_silent_feeds_and_a_quiet_day(store: Engine, settings: Settings) -> None:
    digest = composed(store, settings)
    assert digest.is_quiet
    assert digest.stored.subject == "All quiet: no new claims, 1 of 2 feeds read"
    assert "mute: Mute\n    last read 17 Nov 2026 07:00 — mute: 503 from mute.example" in plain_text(digest.stored)


def test_a_quiet_day_of_which_no_word_is_wanted(store: Engine, settings: Settings) -> None:
    silent = a_subscription(when_quiet="nothing", deliver={"file": ["desk"]})
    sent(store, settings, silent)
    assert not (settings.var_dir / "digests").exists()
    with store.connect() as connection:
        assert connection.scalar(select(digests.c.window_to)) == NOW


def test_precision_counts_the_last_verdict_and_forgets_what_was_undone(store: Engine, settings: Settings) -> None:
    with store.begin() as connection:
        ids = [add_item(connection) for _ in range(4)]
        verdicts = [("confirm", 0), ("reject", 0), ("confirm", 0), ("correct", 1), ("reject", 2), ("confirm", 3)]
        for version, (action, item) in enumerate(verdicts):
            verdict = {"item_id": ids[item], "decided_at": NOW - timedelta(days=2), "reviewer": "ann", "action": action}
            connection.execute(insert(decisions).values(verdict | {"before": {}, "after": {}, "item_version": version}))
        undo = {"item_id": ids[3], "decided_at": NOW - timedelta(days=1), "reviewer": "ann", "action": "undo"}
        connection.execute(
            insert(decisions).values(undo | {"before": {}, "after": {}, "item_version": 9, "undoes_id": 6})
        )
    line = "67% (2 of 3 reviewed items were rightly flagged, 1 of them"
    assert line in " ".join(text_of(store, settings).split())
