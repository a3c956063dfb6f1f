"""The words of the path that are shared by all calls of a process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.flight import Flight
from graph.ports import Cache
from graph.records import Call
from tools.path.admission import Admission
from tools.path.authority import Authority
from tools.path.breakers import Breakers
from tools.path.halts import Halts
from tools.path.pace import Pace


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Hold one of each; `chance` returns a number in 0..1 for back-off and re-opening."""

    authority: Authority
    cache: Cache
    flight: Flight[tuple[str, Call]]
    breakers: Breakers
    admission: Admission
    pace: Pace
    halts: Halts
    chance: Callable[[], float]
