"""The words of the path that are shared by all calls of a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.ports import Cache
from graph.records import Call
from graph.single_flight import SingleFlight
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.bulkhead import Admission
from tools.call_pipeline.cancellation import Halts
from tools.call_pipeline.circuit_breakers import Breakers
from tools.call_pipeline.rate_limiter import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Hold one of each; `chance` returns a number in 0..1 for back-off and re-opening."""

    authority: Authority
    cache: Cache
    flight: SingleFlight[tuple[str, Call]]
    breakers: Breakers
    admission: Admission
    pace: Pace
    halts: Halts
    chance: Callable[[], float]
