"""The API against inputs made from its own description: whatever comes, it answers, and never with a 5xx."""

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable

from .conftest import REVIEWERS, serving
from .wires import NOW, WIRES, Wire

schemathesis = pytest.importorskip("schemathesis", reason="no schemathesis: install the test group")

EXAMPLES = int(os.environ.get("CLAIMWIRE_TEST_EXAMPLES", "40"))


@pytest.fixture(scope="module")
def description(tmp_path_factory):
    from claimwire.review.app import create_app
    from claimwire.warehouse.engine import open_engine
    from claimwire.warehouse.migrate import migrate

    engine = open_engine(f"sqlite:///{tmp_path_factory.mktemp('api') / 'warehouse.db'}")
    migrate(engine)
    wire = Wire(engine)
    for sample in WIRES:
        wire.add(sample)
    app = create_app(engine, reviewer=lambda: REVIEWERS["olga"], clock=lambda: NOW)
    with serving(app) as address:
        yield schemathesis.openapi.from_url(f"{address}/api/openapi.json")
    engine.dispose()


@pytest.mark.slow
def test_no_input_makes_the_api_fail(description):
    operations = [found.ok() for found in description.get_all_operations()]
    assert len(operations) > 12
    for operation in operations:
        for mode in schemathesis.GenerationMode:
            check_operation(operation, mode)


def check_operation(operation, mode):
    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case):
        answer = case.call(timeout=30)
        assert answer.status_code < 500, f"{case.method} {case.path}: {answer.text[:300]}"

    try:
        holds()
    except Unsatisfiable:  # there is no wrong input for an operation that takes none
        assert mode is schemathesis.GenerationMode.NEGATIVE
