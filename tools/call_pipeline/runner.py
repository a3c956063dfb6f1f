"""The call pipeline: the steps of every call, in their order, and who takes a call through them.

authorise → validate arguments → journal hit? → confirm approval → join equal calls → cache hit? → reserve →
retry (breaker → bulkhead → rate limit → timeout → execute) → screen output → store evidence → settle → audit
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.definition import Definition
from graph.errors import Misconfigured
from graph.events import Announce
from graph.ports import Calls
from graph.records import Call, Clock, Run, Task
from graph.tool import Hold, Tool, ToolSpec, ToolState
from tools.call_pipeline.controls import Controls
from tools.call_pipeline.pending_call import PendingCall, finished, started, with_price
from tools.call_pipeline.settlement import CarryOut, Settlement
from tools.call_pipeline.steps.admission_steps import (
    Authorise,
    AuthorisePrice,
    ConfirmApproval,
    Reserve,
    ValidateArguments,
)
from tools.call_pipeline.steps.attempt_steps import (
    EnterBulkhead,
    Execute,
    KeepRate,
    LimitTime,
    PassBreaker,
    Retry,
)
from tools.call_pipeline.steps.reuse_steps import CacheHit, JoinEqualCalls, JournalHit
from tools.call_pipeline.steps.step import Proceed, chained
from tools.call_pipeline.tool_definitions import define_tool, renew_tool


class Runner:
    """Make calls: each tool is known by its name, each completed call is made once for a run."""

    def __init__(
        self,
        tools: Iterable[Tool],
        *,
        calls: Calls,
        clock: Clock,
        controls: Controls,
        lacking: Sequence[ToolState] = (),
    ) -> None:
        self._tools = {tool.spec.name: tool for tool in tools}
        self._lacking = tuple(lacking)
        self._calls = calls
        self._clock = clock
        self.controls = controls

    @property
    def controls(self) -> Controls:
        """Return the controls; setting others counts for the calls that begin afterwards."""
        return self._controls

    @controls.setter
    def controls(self, controls: Controls) -> None:
        self._controls = controls
        self._take = self._pipeline(self._calls, self._clock, controls)

    def _pipeline(self, calls: Calls, clock: Clock, controls: Controls) -> Proceed:
        """Return the steps of a call; read from top to bottom, they are the sentence above."""
        settlement = Settlement(calls, controls.cache, clock)
        return chained(
            (
                Authorise(controls.authority, settlement),
                ValidateArguments(settlement),
                AuthorisePrice(controls.authority, settlement),
                JournalHit(calls),
                ConfirmApproval(controls.authority, settlement),
                JoinEqualCalls(controls.flight, controls.cancellation, settlement, clock),
                CacheHit(controls.cache, settlement, clock),
                Reserve(calls, settlement),
            ),
            CarryOut(
                Retry(
                    PassBreaker(controls.breakers),
                    EnterBulkhead(controls.bulkhead),
                    KeepRate(controls.rate_limiter),
                    LimitTime(),
                    execute=Execute(self._tools, controls.breakers),
                    cancellation=controls.cancellation,
                    chance=controls.chance,
                ),
                settlement,
            ),
        )

    async def call(self, run: Run, branch: str, task: Task, announce: Announce) -> Call:
        """Make one call, or replay it when this run completed it before; a failure is a Call too.

        The books hold how the call came by its texts; the returned call does not.

        Raises Misconfigured when there is no such tool, or when the run cannot do without it.
        """
        await renew_tool(self._tools.get(task.tool))
        spec = self._spec(task.tool)
        pending = PendingCall(
            run=run,
            branch=branch,
            task=task,
            spec=spec,
            announce=announce,
            trace=self.controls.trace,
            started=self._clock(),
            price=spec.price,
        )
        announce(started(pending))
        call = await self._take(pending)
        announce(finished(call))
        return replace(call, sources=()) if call.sources else call

    async def hold(self, run: Run, task: Task) -> Hold | None:
        """Say why a call must wait for a person, if it must."""
        await renew_tool(self._tools.get(task.tool))
        return self.controls.authority.hold(run, with_price(self._spec(task.tool), task), task)

    async def define(self, tools: Sequence[str]) -> tuple[Definition, ...]:
        """Say what tools are now, as a person is shown them; an unknown one is left out."""
        known = [self._tools[tool] for tool in tools if tool in self._tools]
        await asyncio.gather(*map(renew_tool, known))
        return tuple(define_tool(tool.spec) for tool in known)

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the descriptions of all tools."""
        return tuple(tool.spec for tool in self._tools.values())

    def with_tools(self, tools: Iterable[Tool]) -> Runner:
        """Return a runner of other tools through the same pipeline."""
        return Runner(tools, calls=self._calls, clock=self._clock, controls=self.controls)

    async def states(self) -> tuple[ToolState, ...]:
        """Return the state of each tool, those that lack a setting included."""
        circuits, tally = await self.controls.breakers.states(), await self._calls.tally()
        ready = []
        for name, tool in self._tools.items():
            calls, done = tally.get(name, (0, 0))
            until = circuits[name].until if name in circuits else 0.0
            ready.append(ToolState(spec=tool.spec, open_until=until, calls=calls, done=done))
        return (*ready, *self._lacking)

    async def close(self) -> None:
        """Write the states of the breakers that are not written yet."""
        await self.controls.breakers.close()

    def _spec(self, tool: str) -> ToolSpec:
        if tool not in self._tools:
            raise Misconfigured(f"there is no tool {tool!r}; there are: {', '.join(sorted(self._tools))}")
        return self._tools[tool].spec
