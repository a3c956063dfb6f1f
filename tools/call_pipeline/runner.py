"""The single path every call takes.

authorise → validate arguments → journal hit? → cache hit? → reserve → breaker → bulkhead → rate limit →
timeout + retry → execute → screen output → store evidence → settle → audit
"""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial

from pydantic import BaseModel

from graph.definition import Definition
from graph.errors import AttestError, Exhausted, Misconfigured, Refused, Unavailable, Unusable
from graph.events import Announce, CallStarted, Noted
from graph.ports import Calls
from graph.records import Call, Clock, Outcome, Result, Run, Task
from graph.tool import Hold, Tool, ToolSpec, ToolState
from tools.call_pipeline.attempt import Attempt, call_key, finished, priced, retried, shared
from tools.call_pipeline.bulkhead import Seat
from tools.call_pipeline.controls import Words
from tools.call_pipeline.result_validation import screened
from tools.call_pipeline.retry import persistently
from tools.call_pipeline.tool_definitions import define, renewed

DOMAIN_AT_ONCE = 4
_LOG = logging.getLogger(__name__)


class Runner:
    """Make calls: each tool is known by its name, each completed call is made once for a run."""

    def __init__(
        self,
        tools: Iterable[Tool],
        *,
        calls: Calls,
        clock: Clock,
        words: Words,
        lacking: Sequence[ToolState] = (),
    ) -> None:
        self._tools = {tool.spec.name: tool for tool in tools}
        self._lacking = tuple(lacking)
        self._calls = calls
        self._clock = clock
        self.words = words

    def specs(self) -> tuple[ToolSpec, ...]:
        """Return the descriptions of all tools."""
        return tuple(tool.spec for tool in self._tools.values())

    def around(self, tools: Iterable[Tool]) -> Runner:
        """Return a runner of other tools along the same path."""
        return Runner(tools, calls=self._calls, clock=self._clock, words=self.words)

    async def states(self) -> tuple[ToolState, ...]:
        """Return how each tool stands, those that lack a setting included."""
        circuits, tally = await self.words.breakers.states(), await self._calls.tally()
        ready = []
        for name, tool in self._tools.items():
            calls, done = tally.get(name, (0, 0))
            until = circuits[name].until if name in circuits else 0.0
            ready.append(ToolState(spec=tool.spec, open_until=until, calls=calls, done=done))
        return (*ready, *self._lacking)

    async def close(self) -> None:
        """Write what the breakers know."""
        await self.words.breakers.close()

    async def hold(self, run: Run, task: Task) -> Hold | None:
        """Say why a call must wait for a person, if it must."""
        await renewed(self._tools.get(task.tool))
        return self.words.authority.hold(run, priced(self._spec(task.tool), task), task)

    async def define(self, tools: Sequence[str]) -> tuple[Definition, ...]:
        """Say what tools are now, as a person is shown them; an unknown one is left out."""
        known = [self._tools[tool] for tool in tools if tool in self._tools]
        await asyncio.gather(*map(renewed, known))
        return tuple(define(tool.spec) for tool in known)

    async def call(self, run: Run, branch: str, task: Task, announce: Announce) -> Call:
        """Make one call, or replay it when this run completed it before; a failure is a Call too.

        How it came by its texts is in the books, and not in the call that is returned.

        Raises Misconfigured when there is no such tool, or when the run cannot do without it.
        """
        await renewed(self._tools.get(task.tool))
        spec, now = self._spec(task.tool), self._clock()
        attempt = Attempt(
            run=run, branch=branch, task=task, spec=spec, announce=announce, started=now, price=spec.price
        )
        announce(CallStarted(task=task.id, tool=task.tool, purpose=task.purpose))
        call = await self._along(attempt)
        announce(finished(call))
        return replace(call, sources=()) if call.sources else call

    async def _along(self, attempt: Attempt) -> Call:
        try:
            self._authorise(attempt)
            arguments = attempt.arguments()
            if attempt.spec.worst:  # asked again: only now is known what it may cost
                attempt.price = attempt.spec.worst(arguments)
                self._authorise(attempt)
        except Refused as refused:
            return await self._close(attempt, "", self._ended(attempt, Outcome.DENIED, refused))
        key = call_key(attempt.spec, arguments)
        if replayed := await self._calls.replay(attempt.run, attempt.branch, attempt.task, key):
            return replayed
        if changed := self.words.authority.changed(attempt.spec, attempt.task):
            return await self._close(attempt, "", self._ended(attempt, Outcome.DENIED, changed))
        return await self._once(attempt, key, arguments)

    def _spec(self, tool: str) -> ToolSpec:
        if tool not in self._tools:
            raise Misconfigured(f"there is no tool {tool!r}; there are: {', '.join(sorted(self._tools))}")
        return self._tools[tool].spec

    def _authorise(self, attempt: Attempt) -> None:
        self.words.authority.check(attempt.run, attempt.priced(), attempt.task)

    async def _once(self, attempt: Attempt, key: str, arguments: BaseModel) -> Call:
        """Let equal calls that are made together be one; a result that may be cached serves other runs."""
        mine = attempt.run.id
        flight = key if _cacheable(attempt.spec) else f"{mine}/{key}"
        while True:
            try:
                make = partial(self._made, attempt, key, arguments)
                (led_by, call), led = await self._joined(mine, flight, make)
            except Exhausted as stopped:
                return await self._close(attempt, "", self._ended(attempt, Outcome.STOPPED, stopped))
            if led:
                return call
            same = replace(shared(call, attempt), started=attempt.started, ended=self._clock())
            if led_by == mine:
                return replace(same, replayed=True)
            if call.outcome in {Outcome.DONE, Outcome.FAILED}:
                return await self._close(attempt, key, replace(same, cached=True))

    async def _joined(
        self, run: str, flight: str, make: Callable[[], Awaitable[tuple[str, Call]]]
    ) -> tuple[tuple[str, Call], bool]:
        """End the wait for somebody else's call with the run; one's own is ended where it is made."""
        if not self.words.flight.flies(flight):
            return await self.words.flight.join(flight, make)
        async with self.words.halts.bounded(run):
            return await self.words.flight.join(flight, make)

    async def _made(self, attempt: Attempt, key: str, arguments: BaseModel) -> tuple[str, Call]:
        """Return whose call it was, and how it ended."""
        spec = attempt.spec
        if _cacheable(spec) and (hit := await self.words.cache.get(key)):
            hit = replace(shared(hit, attempt), started=attempt.started, ended=self._clock())
            return attempt.run.id, await self._close(attempt, key, hit)
        try:
            await self._reserve(attempt, key)
        except Exhausted as exhausted:
            skipped = self._ended(attempt, Outcome.SKIPPED, exhausted)
            return attempt.run.id, await self._close(attempt, key, skipped)
        return attempt.run.id, await self._carried_out(attempt, key, arguments)

    async def _reserve(self, attempt: Attempt, key: str) -> None:
        spec = attempt.spec
        nearly = await self._calls.reserve(attempt.run, spec.name, key, attempt.price, spec.model)
        for near in nearly:
            _LOG.warning("%s", near)
            attempt.announce(Noted(text=str(near)))

    async def _carried_out(self, attempt: Attempt, key: str, arguments: BaseModel) -> Call:
        spec = attempt.spec
        try:
            result = screened(await self._executed(attempt, arguments), attempt.priced())
            attempt.owed = result.cost
        except Exhausted as stopped:
            call = self._ended(attempt, Outcome.STOPPED, stopped)
        except TimeoutError:
            slow = Unavailable(f"{spec.name} gave no answer within {spec.timeout:g} s")
            call = self._ended(attempt, Outcome.FAILED, slow)
        except Refused as refused:
            call = self._ended(attempt, Outcome.DENIED, refused)
        except AttestError as error:
            call = self._ended(attempt, Outcome.FAILED, error)
            if spec.essential and isinstance(error, Misconfigured):
                await self._close(attempt, key, call)
                raise
        except Exception as error:  # noqa: BLE001 - a fault in one tool must not take its siblings with it
            _LOG.exception("%s failed in a way it does not know", spec.name)
            unknown = Unusable(f"{spec.name} failed unexpectedly ({type(error).__name__})")
            call = self._ended(attempt, Outcome.FAILED, unknown)
        else:
            return await self._close(attempt, key, self._done(attempt, result), result)
        return await self._close(attempt, key, call)

    async def _executed(self, attempt: Attempt, arguments: BaseModel) -> Result:
        """Ask until there is an answer, the patience of the tool ends or the run must."""
        spec = attempt.spec
        async with self.words.halts.bounded(attempt.run.id), asyncio.timeout(spec.patience):
            return await persistently(
                lambda _: self._tried(attempt, arguments),
                attempts=spec.attempts,
                patience=spec.patience,
                chance=self.words.chance,
                retry_timeouts=not attempt.price,
                announce=partial(retried, attempt),
            )

    async def _tried(self, attempt: Attempt, arguments: BaseModel) -> Result:
        """Ask once; what a paid service may have billed without an answer is owed, and not asked again."""
        try:
            return await self._admitted(attempt, arguments)
        except Unavailable as error:
            if not attempt.owed:
                raise
            raise Unusable(f"{error}; it may have been billed, so it was not asked again") from error

    async def _admitted(self, attempt: Attempt, arguments: BaseModel) -> Result:
        spec, words = attempt.spec, self.words
        domain = spec.domain(arguments) if spec.domain else ""
        name = f"domain:{domain}" if domain else spec.name
        async with (
            self._watched(name),
            words.admission.admitted(_seat(attempt, domain)) as waited,
        ):
            attempt.waited += waited + await words.pace.wait(spec.name, spec.rate)
            attempt.attempts += 1
            with words.breakers.asking(name):
                return await self._asked(attempt, arguments)

    @asynccontextmanager
    async def _watched(self, name: str) -> AsyncIterator[None]:
        """Ask the breaker before, and tell it afterwards how the service did."""
        breakers = self.words.breakers
        try:
            epoch = await breakers.let_through(name)
        except Unavailable as shut:  # nobody waits for it: what can stand in is asked at once
            raise Unavailable(str(shut), retry_after=math.inf) from None
        try:
            yield
        except (Unavailable, TimeoutError) as error:
            wait = error.retry_after if isinstance(error, Unavailable) else None
            breakers.record(name, ok=False, retry_after=wait, epoch=epoch)
            raise
        except AttestError:
            breakers.record(name, ok=True, epoch=epoch)
            raise
        except BaseException:
            breakers.abandon(name, epoch=epoch)
            raise
        breakers.record(name, ok=True, epoch=epoch)

    async def _asked(self, attempt: Attempt, arguments: BaseModel) -> Result:
        spec, attempt.owed = attempt.spec, attempt.price
        try:
            async with asyncio.timeout(spec.timeout):
                result = await self._tools[spec.name].run(arguments, attempt.run, attempt.announce)
        except AttestError as error:
            attempt.owed = attempt.price if getattr(error, "reached", False) else error.cost
            raise
        return result

    def _done(self, attempt: Attempt, result: Result) -> Call:
        passages = tuple(replace(passage, branch=attempt.branch) for passage in result.passages)
        call = attempt.ended(Outcome.DONE, self._clock(), detail=result.detail)
        sources = (*(snapshot.source for snapshot in result.snapshots), *result.sources)
        known = replace(call, passages=passages, found=len(passages), sources=sources)
        return replace(known, unknowns=result.skipped, tokens=result.tokens)

    def _ended(self, attempt: Attempt, outcome: Outcome, error: AttestError) -> Call:
        call = attempt.ended(outcome, self._clock(), detail=str(error), fault=type(error).__name__)
        return replace(call, tokens=error.tokens)

    async def _close(self, attempt: Attempt, key: str, call: Call, result: Result | None = None) -> Call:
        await self._calls.end(attempt.run, key, call, result.snapshots if result else ())
        if result and _cacheable(attempt.spec):
            await self.words.cache.put(key, call, attempt.spec.ttl)
        return call


def _cacheable(spec: ToolSpec) -> bool:
    return spec.deterministic and spec.effects == "read" and spec.ttl > 0


def _seat(attempt: Attempt, domain: str) -> Seat:
    return Seat(
        run=attempt.run.id,
        priority=attempt.run.options.priority,
        tool=attempt.spec.name,
        at_once=attempt.spec.at_once,
        domain=domain,
        domain_at_once=DOMAIN_AT_ONCE,
    )
