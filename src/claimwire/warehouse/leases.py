"""One worker a host at a time, across threads, processes and machines: a row that expires by itself."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, Engine, or_, select, update

from claimwire.warehouse.tables import host_leases
from claimwire.warehouse.writing import insert_into, write

ASK_AGAIN = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class HostLeases:
    """Hands out hosts to one holder (a name that no other process or thread uses).

    Args:
        lease: how long a holder may keep silent before the host is given to another: longer than any request.
    """

    engine: Engine
    holder: str
    lease: timedelta = timedelta(seconds=120)

    def take(self, host: str, now: datetime) -> datetime | None:
        """None where the host is ours now; else when it is worth asking again."""
        c = host_leases.c
        ours = {"holder": self.holder, "leased_until": now + self.lease}
        is_free = or_(c.leased_until.is_(None), c.leased_until <= now, c.holder == self.holder)
        is_rested = or_(c.next_request_at.is_(None), c.next_request_at <= now)

        def work(connection: Connection) -> bool:
            insert = insert_into(connection, host_leases).values(host=host, **ours)
            taken = insert.on_conflict_do_update(index_elements=["host"], set_=ours, where=is_free & is_rested)
            return connection.execute(taken.returning(c.host)).first() is not None

        return None if write(self.engine, work) else self._free_at(host, now)

    def give_back(self, host: str, next_request_at: datetime) -> None:
        """Lets others have the host, though not before a time. Does nothing where the lease has gone to another."""
        c = host_leases.c
        statement = (
            update(host_leases)
            .where(c.host == host, c.holder == self.holder)
            .values(holder="", leased_until=None, next_request_at=next_request_at)
        )
        write(self.engine, lambda connection: connection.execute(statement))

    def _free_at(self, host: str, now: datetime) -> datetime:
        """A rest is known to the second; a visit of somebody else may end any moment."""
        c = host_leases.c
        with self.engine.connect().execution_options(readonly=True) as connection:
            row = connection.execute(select(c.leased_until, c.next_request_at).where(c.host == host)).first()
        leased_until, next_request_at = row or (None, None)
        if next_request_at and next_request_at > now:
            return next_request_at  # type: ignore[no-any-return]
        return min(leased_until or now, now + ASK_AGAIN)
