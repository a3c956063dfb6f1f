"""The single path every call takes.

authorise → validate arguments → journal hit? → reserve → timeout → execute → screen output →
store evidence → settle → audit
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pydantic import BaseModel, ValidationError

from graph.errors import AttestError, Exhausted, Misconfigured, Refused
from graph.events import Announce, CallFinished, CallStarted
from graph.ports import Calls
from graph.records import Call, Clock, Outcome, Result, Run, Task
from graph.tool import Tool, ToolSpec
from guards.policy import is_call_allowed


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """Name one call on its way along the path; `started` in seconds since the epoch."""

    run: Run
    branch: str
    task: Task
    spec: ToolSpec
    started: float

    def ended(self, outcome: Outcome, now: float, *, cost: int = 0, detail: str = "") -> Call:
        """Record how the call ended."""
        return Call(
            task=self.task.id,
            branch=self.branch,
            tool=self.spec.name,
            outcome=outcome,
            started=self.started,
            ended=now,
            cost=cost,
            detail=detail,
        )


class Runner:
    """Make calls: each tool is known by its name, each completed call is made once for a run."""

    def __init__(self, tools: Iterable[Tool], *, calls: Calls, clock: Clock) -> None:
        self._tools = {tool.spec.name: tool for tool in tools}
        self._calls = calls
        self._clock = clock

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the descriptions of all tools."""
        return tuple(tool.spec for tool in self._tools.values())

    async def call(self, run: Run, branch: str, task: Task, announce: Announce) -> Call:
        """Make one call, or replay it when this run completed it before; a failure is a Call too.

        Raises Misconfigured: what an operator must mend ends the run, which can be resumed.
        """
        attempt = Attempt(
            run=run, branch=branch, task=task, spec=self._spec(task.tool), started=self._clock()
        )
        announce(CallStarted(task=task.id, tool=task.tool, purpose=task.purpose))
        call = await self._along(attempt, announce)
        announce(_finished(call))
        return call

    async def _along(self, attempt: Attempt, announce: Announce) -> Call:
        try:
            self._authorise(attempt)
            arguments = _validate(attempt)
        except Refused as refused:
            return await self._close(
                attempt, "", attempt.ended(Outcome.DENIED, self._clock(), detail=str(refused))
            )
        key = call_key(attempt.spec, arguments)
        try:
            done = await self._calls.begin(attempt.run, attempt.branch, attempt.task, key, attempt.spec.price)
        except Exhausted as exhausted:
            return await self._close(
                attempt, key, attempt.ended(Outcome.SKIPPED, self._clock(), detail=str(exhausted))
            )
        return done or await self._execute(attempt, key, arguments, announce)

    def _spec(self, tool: str) -> ToolSpec:
        if tool not in self._tools:
            raise Misconfigured(f"there is no tool {tool!r}; there are: {', '.join(sorted(self._tools))}")
        return self._tools[tool].spec

    def _authorise(self, attempt: Attempt) -> None:
        spec, arguments = attempt.spec, attempt.task.arguments.values()
        decision = is_call_allowed(spec.name, spec.effects, arguments, approved=False)
        if not decision.allowed:
            raise Refused(decision.reason)

    async def _execute(self, attempt: Attempt, key: str, arguments: BaseModel, announce: Announce) -> Call:
        spec = attempt.spec
        try:
            async with asyncio.timeout(spec.timeout):
                result = await self._tools[spec.name].run(arguments, attempt.run, announce)
        except TimeoutError:
            detail = f"no answer within {spec.timeout:g} s"
            call = attempt.ended(Outcome.FAILED, self._clock(), cost=spec.price, detail=detail)
            return await self._close(attempt, key, call)
        except Misconfigured:
            await self._close(
                attempt, key, attempt.ended(Outcome.FAILED, self._clock(), detail="misconfigured")
            )
            raise
        except AttestError as error:
            return await self._close(
                attempt, key, attempt.ended(Outcome.FAILED, self._clock(), detail=str(error))
            )
        return await self._close(attempt, key, self._screened(attempt, result), result)

    def _screened(self, attempt: Attempt, result: Result) -> Call:
        call = attempt.ended(Outcome.DONE, self._clock(), cost=result.cost, detail=result.detail)
        passages = tuple(replace(passage, branch=attempt.branch) for passage in result.passages)
        return replace(call, passages=passages, unknowns=result.skipped)

    async def _close(self, attempt: Attempt, key: str, call: Call, result: Result | None = None) -> Call:
        await self._calls.end(attempt.run, key, call, result.snapshots if result else ())
        return call


def call_key(spec: ToolSpec, arguments: BaseModel) -> str:
    """Name a call by tool, version and normalised arguments: equal calls have equal keys."""
    body = json.dumps([spec.name, spec.version, arguments.model_dump(mode="json")], sort_keys=True)
    return hashlib.sha256(body.encode()).hexdigest()


def _validate(attempt: Attempt) -> BaseModel:
    values = {name: argument.value for name, argument in attempt.task.arguments.items()}
    try:
        return attempt.spec.arguments.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "arguments"
        raise Refused(f"{attempt.spec.name} {where}: {first['msg']}") from None


def _finished(call: Call) -> CallFinished:
    return CallFinished(
        task=call.task,
        tool=call.tool,
        outcome=call.outcome,
        seconds=round(call.ended - call.started, 4),
        cost=call.cost,
        found=len(call.passages),
        detail=call.detail,
        replayed=call.replayed,
    )
