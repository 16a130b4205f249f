"""The life of a digest on SQLite and on PostgreSQL: told, delivered, changed, told again."""

from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Engine, insert, select, update

from claimwire.digest.compose import compose_digest, due_digests
from claimwire.digest.preview import plain_text
from claimwire.digest.send import send_digest
from claimwire.digest.sinks import Outlets
from claimwire.settings import Settings
from claimwire.warehouse.digests import find_digest
from claimwire.warehouse.tables import deliveries, flagged_items, quota_figures, regimes

from .conftest import DAY, NOW, a_subscription, add_feeds, add_item, add_quota, add_step, add_thread


def test_two_days(warehouse: Engine, settings: Settings) -> None:
    subscription = a_subscription(filter={"target": ["KP"]}, deliver={"file": ["desk"], "atom": ["desk"]})
    add_feeds(warehouse)
    with warehouse.begin() as connection:
        cap = add_quota(connection)
        thread = add_thread(connection, "oil", quota_id=cap)
        add_step(connection, thread, "asked", DAY)
        broken = {"act": "violate", "category": "trade_quota", "measure": "quota", "actor": ["KP"]}
        asked = add_item(connection, thread_id=thread)
        add_item(connection, thread_id=thread, quota_id=cap, share_of_quota=1.5, attribution="US", **broken)
        add_item(connection, target=["RU"])
        add_item(connection, modality="planned", event_from=DAY + timedelta(days=2))
        figure = {"quota_id": cap, "kind": "reported", "source": "ours", "unit": "bbl", "value": 50000}
        period = {"period_from": date(2026, 1, 1), "period_to": date(2026, 1, 31)}
        connection.execute(insert(quota_figures).values(figure | period))
        regime = {"id": "R", "body": "UN", "name": "Panel", "source": "ours", "loaded_at": NOW, "expires_on": DAY}
        connection.execute(insert(regimes).values(regime))

    def run(day: date) -> str:
        now = NOW + (day - DAY)
        with warehouse.connect() as connection:
            digest = compose_digest(connection, subscription, day, now, settings)
        send_digest(warehouse, subscription, digest, Outlets(settings), lambda: now)
        return plain_text(digest.stored)

    first = run(DAY)
    for told in ("3 new in 2 matters", "OPEN REQUESTS", "150%, alleged by US", "10%, reported", "Panel: expires"):
        assert told in first
    with warehouse.begin() as connection:
        assert set(connection.scalars(select(deliveries.c.state))) == {"sent"}
        assert due_digests(connection, [subscription], NOW, NOW + timedelta(hours=1)) == []
        values = {"review_status": "withdrawn", "changed_at": NOW + timedelta(hours=1)}
        connection.execute(update(flagged_items).where(flagged_items.c.id == asked).values(values))
    second = run(DAY + timedelta(days=1))
    assert "Item of Friday 20 Nov: withdrawn — the agency killed the story" in second
    assert "1 changed" in second
    with warehouse.connect() as connection:
        stored = find_digest(connection, "desk", DAY, "daily", 0)
    assert stored is not None
    assert plain_text(replace(stored)) == first


def test_a_second_try_of_a_digest_stores_nothing_twice(warehouse: Engine, settings: Settings) -> None:
    subscription = a_subscription(deliver={"file": ["desk"]})
    add_feeds(warehouse)
    with warehouse.begin() as connection:
        add_item(connection)
        digest = compose_digest(connection, subscription, DAY, NOW, settings)
    for _ in range(2):
        send_digest(warehouse, subscription, digest, Outlets(settings), lambda: NOW)
    with warehouse.connect() as connection:
        assert connection.scalars(select(deliveries.c.state)).all() == ["sent"]
