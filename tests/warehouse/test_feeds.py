from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select

from claimwire.catalog.feeds import Feed
from claimwire.fetch.schedule import first_state
from claimwire.fetch.state import FeedState
from claimwire.model import Outcome, Response
from claimwire.warehouse.feeds import STATE, Fetch, load_catalogue, read_states, save_fetch
from claimwire.warehouse.outages import Suspicion, forgive_outage
from claimwire.warehouse.tables import feeds, fetches

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)
NETWORK = (Outcome.DNS_FAILED, Outcome.UNREACHABLE)


def a_feed(key: str, **given: Any) -> Feed:
    facts = {"publisher": "Wire", "kind": "agency", "source": "test", "language": "en"}
    return Feed.model_validate(facts | {"key": key, "url": f"https://{key}.example/feed"} | given)


CATALOGUE = [a_feed(f"wire-{number}") for number in range(4)]


@pytest.fixture
def stocked(warehouse: Engine) -> Engine:
    with warehouse.begin() as connection:
        load_catalogue(connection, CATALOGUE)
    return warehouse


def save(engine: Engine, key: str, outcome: Outcome, state: FeedState, weight: float = 0.0) -> None:
    with engine.begin() as connection:
        response = Response(key, outcome, NOW, message=f"feed {key}: {outcome}")
        save_fetch(connection, Fetch(response, asdict(state), entries=3, dispositions={"loaded": 3}, weight=weight))


def states(engine: Engine) -> dict[str, FeedState]:
    with engine.connect() as connection:
        return {key: FeedState(**row) for key, row in read_states(connection).items()}


def test_a_feed_state_has_one_field_a_column() -> None:
    assert set(asdict(FeedState())) == set(STATE)


def test_new_feeds_start_with_the_interval_of_the_catalogue(stocked: Engine) -> None:
    assert states(stocked)["wire-0"] == first_state(CATALOGUE[0])


def test_loading_the_catalogue_again_keeps_the_state_of_polling(stocked: Engine) -> None:
    state = FeedState(interval_seconds=321.0, next_poll_at=NOW, etag='"1"', failures=0.5, last_good_at=NOW)
    save(stocked, "wire-1", Outcome.TIMED_OUT, state)
    with stocked.begin() as connection:
        assert load_catalogue(connection, CATALOGUE) == 4
    assert states(stocked)["wire-1"] == state


def test_a_feed_that_left_the_catalogue_is_switched_off_and_its_row_stays(stocked: Engine) -> None:
    with stocked.begin() as connection:
        assert load_catalogue(connection, CATALOGUE[1:]) == 3
        rows = connection.execute(select(feeds.c.feed_key, feeds.c.is_enabled))
        enabled = {row.feed_key: row.is_enabled for row in rows}
    assert enabled == {"wire-0": False, "wire-1": True, "wire-2": True, "wire-3": True}


def test_a_fetch_is_noted_with_what_its_entries_became(stocked: Engine) -> None:
    save(stocked, "wire-2", Outcome.NEW, FeedState(message="feed wire-2: 3 new"))
    with stocked.connect() as connection:
        row = connection.execute(select(fetches)).mappings().one()
    assert (row["feed_key"], row["outcome"], row["fetched_at"]) == ("wire-2", "new", NOW)
    assert (row["message"], row["entries"], row["dispositions"]) == ("feed wire-2: 3 new", 3, {"loaded": 3})


def suspicion() -> Suspicion:
    return Suspicion(NOW, NETWORK, NOW + timedelta(minutes=5), quarantine_failures=8)


def test_when_every_host_fails_nobody_is_blamed(stocked: Engine) -> None:
    for number, failures in enumerate((0.5, 2.5, 8.25, 9.0)):
        state = FeedState(failures=failures, failed_runs=3, state="quarantined" if failures >= 8 else "active")
        save(stocked, f"wire-{number}", NETWORK[number % 2], state, weight=0.5)
    with stocked.begin() as connection:
        assert forgive_outage(connection, suspicion()) == 4
        outcomes = set(connection.execute(select(fetches.c.outcome)).scalars())
    found = states(stocked)
    assert outcomes == {"network_down"}
    assert [found[f"wire-{number}"].failures for number in range(4)] == [0.0, 2.0, 7.75, 8.5]
    assert [found[f"wire-{number}"].state for number in range(4)] == ["active", "active", "active", "quarantined"]
    assert {state.failed_runs for state in found.values()} == {2}
    assert {state.next_poll_at for state in found.values()} == {NOW + timedelta(minutes=5)}
    with stocked.begin() as connection:
        forgive_outage(connection, suspicion())
    assert states(stocked)["wire-1"].failures == 2.0, "forgiving twice forgives once"


def test_feeds_that_were_not_even_tried_do_not_hide_an_outage(stocked: Engine) -> None:
    for number in range(3):
        save(stocked, f"wire-{number}", Outcome.UNREACHABLE, FeedState(failures=1), weight=0.5)
    save(stocked, "wire-3", Outcome.NETWORK_DOWN, FeedState())
    with stocked.begin() as connection:
        assert forgive_outage(connection, suspicion()) == 3


def test_one_host_that_answers_proves_that_the_network_is_up(stocked: Engine) -> None:
    for number in range(3):
        save(stocked, f"wire-{number}", Outcome.UNREACHABLE, FeedState(failures=1), weight=0.5)
    save(stocked, "wire-3", Outcome.HTTP_ERROR, FeedState(failures=1), weight=1.0)
    with stocked.begin() as connection:
        assert forgive_outage(connection, suspicion()) == 0
    assert states(stocked)["wire-0"].failures == 1


def test_two_hosts_that_are_down_prove_nothing(stocked: Engine) -> None:
    for number in range(2):
        save(stocked, f"wire-{number}", Outcome.UNREACHABLE, FeedState(failures=1), weight=0.5)
    with stocked.begin() as connection:
        assert forgive_outage(connection, suspicion()) == 0


def test_fetches_of_earlier_rounds_do_not_count(stocked: Engine) -> None:
    for number in range(4):
        save(stocked, f"wire-{number}", Outcome.UNREACHABLE, FeedState(failures=1), weight=0.5)
    later = replace(suspicion(), since=NOW + timedelta(seconds=1))
    with stocked.begin() as connection:
        assert forgive_outage(connection, later) == 0
