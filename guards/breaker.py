"""May this service be asked now? A circuit breaker as a value: closed, open or half-open."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Name the states of a breaker."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Circuit:
    """Hold the state of one breaker; times in seconds since the epoch."""

    state: State = State.CLOSED
    since: float = 0.0
    until: float = 0.0
    trips: int = 0
