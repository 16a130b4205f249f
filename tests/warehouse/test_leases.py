import threading
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine

from claimwire.warehouse.leases import ASK_AGAIN, HostLeases

NOW = datetime(2026, 11, 24, 6, 0, tzinfo=UTC)


def test_a_host_is_leased_to_one_holder_at_a_time(warehouse: Engine) -> None:
    mine, theirs = HostLeases(warehouse, "mine"), HostLeases(warehouse, "theirs")
    assert mine.take("wire.example", NOW) is None
    assert theirs.take("wire.example", NOW) == NOW + ASK_AGAIN
    assert theirs.take("other.example", NOW) is None


def test_a_host_given_back_rests_for_everybody(warehouse: Engine) -> None:
    mine, theirs = HostLeases(warehouse, "mine"), HostLeases(warehouse, "theirs")
    mine.take("wire.example", NOW)
    rested_at = NOW + timedelta(seconds=5)
    mine.give_back("wire.example", rested_at)
    assert mine.take("wire.example", NOW + timedelta(seconds=4)) == rested_at
    assert theirs.take("wire.example", NOW + timedelta(seconds=4)) == rested_at
    assert theirs.take("wire.example", rested_at) is None


def test_the_lease_of_a_holder_who_died_runs_out(warehouse: Engine) -> None:
    dead, alive = HostLeases(warehouse, "dead"), HostLeases(warehouse, "alive")
    dead.take("wire.example", NOW)
    assert alive.take("wire.example", NOW + timedelta(seconds=119)) is not None
    assert alive.take("wire.example", NOW + timedelta(seconds=120)) is None


def test_a_lease_that_went_to_another_cannot_be_given_back(warehouse: Engine) -> None:
    slow, quick = HostLeases(warehouse, "slow"), HostLeases(warehouse, "quick")
    slow.take("wire.example", NOW)
    late = NOW + timedelta(seconds=130)
    quick.take("wire.example", late)
    slow.give_back("wire.example", late)
    assert slow.take("wire.example", late) is not None


def test_of_many_who_ask_at_once_one_gets_it(warehouse: Engine) -> None:
    got: list[str] = []
    start = threading.Barrier(6)

    def ask(name: str) -> None:
        leases = HostLeases(warehouse, name)
        start.wait()
        if leases.take("wire.example", NOW) is None:
            got.append(name)

    askers = [threading.Thread(target=ask, args=(f"worker-{number}",)) for number in range(6)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()
    assert len(got) == 1
