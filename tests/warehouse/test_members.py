"""Lists of values as one parameter: the right rows, and on PostgreSQL by the index."""

import numpy as np
import pytest
from sqlalchemy import Engine, text

from claimwire.warehouse.bulk import insert_numbers
from claimwire.warehouse.members import look_up
from claimwire.warehouse.tables import story_bands


def test_looks_up_what_is_there_and_nothing_else(warehouse: Engine) -> None:
    with warehouse.begin() as connection:
        insert_numbers(connection, story_bands, np.array([(3, 1), (3, 2), (2**60, 1), (5, 9)]))
        found = connection.execute(look_up(story_bands, [3, 2**60, 77], connection)).all()
        assert connection.execute(look_up(story_bands, [], connection)).all() == []
    assert sorted(map(tuple, found)) == [(3, 1), (3, 2), (2**60, 1)]


@pytest.mark.parametrize("warehouse", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
def test_a_young_table_is_sought_in_its_index(warehouse: Engine) -> None:
    """Before autovacuum has seen it the planner takes any list for most of it: a batch took six seconds."""
    with warehouse.begin() as connection:
        insert_numbers(connection, story_bands, np.array([(band, 1) for band in range(20_000)]))
        query = look_up(story_bands, list(range(0, 20_000, 5)), connection)
        literal = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {literal}".replace(":", r"\:"))))
    assert "on story_bands" in plan
    assert "Seq Scan" not in plan
