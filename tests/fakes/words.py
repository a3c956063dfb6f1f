"""The words of the path over a database, for a runner of a test's own tools."""

from __future__ import annotations

import time
from pathlib import Path

from graph.flight import Flight
from graph.records import Clock
from graph.stores.cache import StoredCache
from graph.stores.circuits import StoredCircuits
from graph.stores.database import Database
from tools.path.admission import Admission
from tools.path.authority import Authority
from tools.path.breakers import Breakers
from tools.path.halts import Halts
from tools.path.pace import Pace
from tools.path.words import Words


def words(database: Database, clock: Clock = time.time, *, policies: Path | None = None) -> Words:
    """Return the real words; back-off and re-opening take the shortest time there is."""
    return Words(
        authority=Authority(policies, clock=clock),
        cache=StoredCache(database, clock),
        flight=Flight(),
        breakers=Breakers(StoredCircuits(database), clock=clock, chance=lambda: 0.0),
        admission=Admission(at_once=64, per_run=16, clock=time.monotonic),
        pace=Pace(clock=clock),
        halts=Halts(),
        chance=lambda: 0.0,
    )
