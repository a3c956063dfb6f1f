"""Measure the breaker of a tool through an outage of its service."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from evals.bench.faulty_service import Faulty, FaultyTool, serving
from evals.bench.whole_product import around, opened
from graph.options import Options
from graph.ports import Services
from graph.records import Argument, Call, Clock, Outcome, Run, Task
from guards.circuit_breaker import BreakerRule, Circuit
from tools.call_pipeline.circuit_breakers import CircuitBreakers
from tools.call_pipeline.runner import Runner
from tools.net.http_client import HttpClient

RULE = BreakerRule(base=1.0, longest=4.0)
"""The product's rule but for its pause, so that an outage can be watched in seconds."""
MOST_CALLS = 40
PATIENCE = 20.0
_PAUSE = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """Hold what an outage cost.

    The breaker opened after `failed` requests and `seconds` (None: never); calls were answered
    again so many seconds after the service was back (None: never).
    """

    failed: int
    seconds: float | None
    recovered: float | None


class NoCircuitStore:
    """Store no breaker."""

    async def load(self) -> Mapping[str, Circuit]:
        """Return none."""
        return {}

    async def save(self, name: str, circuit: Circuit) -> None:
        """Forget it."""


async def outage(clock: Clock) -> Outage:
    """Let a service fail until the breaker opens, mend it, and ask until it answers."""
    client = HttpClient(clock=clock)
    try:
        with tempfile.TemporaryDirectory() as home:
            async with serving(1.0) as service, opened(Path(home)) as app:
                runner = _runner(app.services, FaultyTool(client, service.url, clock))
                watched = await _watch(_Caller(runner, clock()), service)
                await runner.close()
                return watched
    finally:
        await client.close()


def _runner(services: Services, tool: FaultyTool) -> Runner:
    breakers = CircuitBreakers(NoCircuitStore(), services.clock, lambda: 1.0, rule=RULE)
    controls = replace(around(services, tool).controls, breakers=breakers)
    return Runner([tool], calls=services.calls, clock=services.clock, controls=controls)


class _Caller:
    """Ask one question after the other."""

    def __init__(self, runner: Runner, now: float) -> None:
        self._runner = runner
        self._run = Run(id="r1", question="q", options=Options(), started=now)
        self._number = 0

    async def ask(self) -> Call:
        self._number += 1
        asked = {"query": Argument(value=f"question {self._number}")}
        task = Task(id=f"t{self._number}", tool=FaultyTool.spec.name, purpose="ask", arguments=asked)
        return await self._runner.call(self._run, "b1", task, lambda _: None)


async def _watch(caller: _Caller, service: Faulty) -> Outage:
    started = time.perf_counter()
    refused = False
    for _ in range(MOST_CALLS):
        if refused := "breaker open" in (await caller.ask()).detail:
            break
    seconds = time.perf_counter() - started if refused else None
    return Outage(failed=service.asked, seconds=seconds, recovered=await _recovered(caller, service))


async def _recovered(caller: _Caller, service: Faulty) -> float | None:
    service.share, started = 0.0, time.perf_counter()
    while time.perf_counter() - started < PATIENCE:
        if (await caller.ask()).outcome is Outcome.DONE:
            return time.perf_counter() - started
        await asyncio.sleep(_PAUSE)
    return None
