"""The controls that all calls of a process share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.ports import Cache
from graph.records import Call
from graph.single_flight import SingleFlight
from tools.call_pipeline.authorization import Authority
from tools.call_pipeline.bulkhead import Bulkhead
from tools.call_pipeline.cancellation import Cancellation
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.pending_call import Trace
from tools.call_pipeline.rate_limiter import RateLimiter


def untraced(tool: str, step: str) -> None:
    """Trace nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Controls:
    """Hold one of each.

    `chance` returns a number in 0..1 for back-off and re-opening. `trace` is told of each step that begins.
    """

    authority: Authority
    cache: Cache
    flight: SingleFlight[tuple[str, Call]]
    breakers: CircuitBreakers
    bulkhead: Bulkhead
    rate_limiter: RateLimiter
    cancellation: Cancellation
    chance: Callable[[], float]
    trace: Trace = untraced
