"""Names of sanctions lists in the warehouse, and where they occur in flagged items."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import partial

from sqlalchemy import Connection, Engine, delete, func, select

from claimwire.assess.names import ListedName, NameIndex
from claimwire.catalog.lists import Listed
from claimwire.text.fold import fold
from claimwire.warehouse.tables import flagged_items, item_names, list_names
from claimwire.warehouse.writing import Row, add_new, in_batches, write


def load_list(engine: Engine, list_key: str, listed: Iterable[Listed], now: datetime) -> tuple[int, int]:
    """Makes the warehouse say what the list says: new names come in, delisted ones go.

    Returns:
        How many names the list has, and how many of before are no longer on it.
    """
    count = 0
    for batch in in_batches(listed):
        write(engine, partial(_store, list_key=list_key, rows=[_row(list_key, one, now) for one in batch]))
        count += len(batch)
    gone = delete(list_names).where(list_names.c.list_key == list_key, list_names.c.loaded_at < now)
    return count, write(engine, lambda connection: connection.execute(gone).rowcount)


def match_items(connection: Connection, item_ids: Collection[int]) -> int:
    """Finds listed names in the evidence of these items; gives how many stand in `item_names` for them now."""
    index = _index(connection)
    if index is None:
        return 0
    found = 0
    for batch in in_batches(sorted(item_ids)):
        query = select(flagged_items.c.id, flagged_items.c.evidence).where(flagged_items.c.id.in_(batch))
        rows = [
            {
                "item_id": item.id,
                "list_name_id": match.listed.id,
                "text": match.text,
                "match_score": match.score,
                "explanation": match.explanation,
            }
            for item in connection.execute(query)
            for match in index.find(item.evidence)
        ]
        connection.execute(delete(item_names).where(item_names.c.item_id.in_(batch)))
        add_new(connection, item_names, rows)
        found += len(rows)
    return found


def match_all(engine: Engine) -> int:
    """Matches every item anew, after a list was loaded; gives the number of matches."""
    with engine.connect().execution_options(readonly=True) as connection:
        ids = list(connection.scalars(select(flagged_items.c.id).order_by(flagged_items.c.id)))
    return sum(write(engine, partial(match_items, item_ids=batch)) for batch in in_batches(ids))


def _store(connection: Connection, list_key: str, rows: Sequence[Row]) -> None:
    """Names that are there keep their row, since items refer to it, and are stamped as seen."""
    keys = {(row["entry_key"], row["name"]) for row in rows}
    c = list_names.c
    query = select(c.id, c.entry_key, c.name).where(c.list_key == list_key, c.entry_key.in_({key for key, _ in keys}))
    there = {(row.entry_key, row.name): row.id for row in connection.execute(query)}
    seen = [there[key] for key in keys if key in there]
    if seen:
        connection.execute(list_names.update().where(c.id.in_(seen)).values(loaded_at=rows[0]["loaded_at"]))
    add_new(connection, list_names, [row for row in rows if (row["entry_key"], row["name"]) not in there])


def _row(list_key: str, one: Listed, now: datetime) -> Row:
    return {
        "list_key": list_key,
        "entry_key": one.entry_key[:120],
        "name": one.name,
        "name_folded": fold(one.name),
        "kind": one.kind,
        "imo": one.imo,
        "programme": one.programme,
        "loaded_at": now,
    }


def _index(connection: Connection) -> NameIndex | None:
    """The index of all names, kept for as long as no list changes; None where none was loaded."""
    state = select(func.count(), func.max(list_names.c.loaded_at)).select_from(list_names)
    count, newest = connection.execute(state).one()
    if not count:
        return None
    key = (connection.engine.url.render_as_string(), count, newest)
    if key not in _INDEXES:
        c = list_names.c
        query = select(c.id, c.name, c.list_key, c.entry_key, c.kind, c.imo)
        _INDEXES.clear()  # one at a time: a list of 300,000 names takes 200 MB
        _INDEXES[key] = NameIndex.of(ListedName(*row) for row in connection.execute(query))
    return _INDEXES[key]


_INDEXES: dict[tuple[str, int, datetime], NameIndex] = {}
