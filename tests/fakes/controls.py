"""The controls of the call pipeline over a database, for a runner of a test's own tools."""

from __future__ import annotations

import time
from pathlib import Path

from graph.records import Clock
from graph.single_flight import SingleFlight
from graph.stores.books.call_cache import StoredCache
from graph.stores.books.stored_circuits import StoredCircuits
from graph.stores.db.database import Database
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.bulkhead import Bulkhead
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.controls import Controls
from tools.call_pipeline.rate_limiter import RateLimiter


def controls(database: Database, clock: Clock = time.time, *, policies: Path | None = None) -> Controls:
    """Return the real controls; back-off and re-opening take the shortest time there is."""
    return Controls(
        authority=Authority(policies, clock=clock),
        cache=StoredCache(database, clock),
        flight=SingleFlight(),
        breakers=CircuitBreakers(StoredCircuits(database), clock=clock, chance=lambda: 0.0),
        bulkhead=Bulkhead(at_once=64, per_run=16, clock=time.monotonic),
        rate_limiter=RateLimiter(clock=clock),
        cancellation=Cancellation(),
        chance=lambda: 0.0,
    )
