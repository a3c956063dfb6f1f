"""The words of the path over a database, for a runner of a test's own tools."""

from __future__ import annotations

import time
from pathlib import Path

from graph.records import Clock
from graph.single_flight import SingleFlight
from graph.stores.books.call_cache import StoredCache
from graph.stores.books.stored_circuits import StoredCircuits
from graph.stores.db.database import Database
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.bulkhead import Admission
from tools.call_pipeline.cancellation import Halts
from tools.call_pipeline.circuit_breakers import Breakers
from tools.call_pipeline.controls import Words
from tools.call_pipeline.rate_limiter import Pace


def words(database: Database, clock: Clock = time.time, *, policies: Path | None = None) -> Words:
    """Return the real words; back-off and re-opening take the shortest time there is."""
    return Words(
        authority=Authority(policies, clock=clock),
        cache=StoredCache(database, clock),
        flight=SingleFlight(),
        breakers=Breakers(StoredCircuits(database), clock=clock, chance=lambda: 0.0),
        admission=Admission(at_once=64, per_run=16, clock=time.monotonic),
        pace=Pace(clock=clock),
        halts=Halts(),
        chance=lambda: 0.0,
    )
