from __future__ import annotations

import pytest

from tests.fakes.databases import ENGINES, Engine


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> Engine:
    """Name the engine a test runs on."""
    chosen: Engine = request.param
    return chosen
