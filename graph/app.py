"""Put the world together: settings → stores, tools, models → graph. The only module that does."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, aclosing, asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command, Interrupt, StateSnapshot

from graph.announcing import listening
from graph.build import build
from graph.collector import spare_what_stays
from graph.errors import Refused
from graph.events import Announce, Event, Finished, Waiting
from graph.flight import Flight
from graph.history import RunRow
from graph.options import Options
from graph.ports import Services
from graph.records import Clock, Run, Status
from graph.serde import serializer
from graph.settings import Settings
from graph.state import Answer, Ask, ResearchState
from graph.stores.cache import StoredCache
from graph.stores.calls import StoredCalls
from graph.stores.checkpoints import GroupCommitSaver
from graph.stores.circuits import StoredCircuits
from graph.stores.database import Database
from graph.stores.evidence import StoredEvidence
from graph.stores.halts import LOCKS, requested
from graph.stores.index import StoredIndex
from graph.stores.lease import lease
from graph.stores.memory import StoredMemory
from graph.stores.migrations import MIGRATIONS
from graph.stores.runs import StoredRuns
from graph.timeline import History
from graph.tool import Tool, ToolState
from graph.untrusted import Untrusted
from guards.approval import read_decision
from tools.lexicon import terms
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.reader import ExtractiveReader
from tools.models.extractive.writer import ExtractiveWriter
from tools.path.admission import Admission
from tools.path.authority import Authority
from tools.path.breakers import Breakers
from tools.path.halts import Halts
from tools.path.pace import Pace
from tools.path.words import Words
from tools.registry import Registry, Shelf, registry
from tools.runner import Runner

Compiled = CompiledStateGraph[ResearchState, None, Ask, Answer]
Replace = Callable[[Services], Services]
Events = AsyncGenerator[Event, None]

RECURSION_LIMIT = 100
STOP_SECONDS = 0.2
"""How often a run looks whether another process asked it to stop."""
BY_A_PERSON = "a person stopped it"


class App:
    """Run research and answer for it; `open_app` makes one."""

    def __init__(self, compiled: Compiled, services: Services, locks: Path) -> None:
        self.graph = compiled
        self.services = services
        self._runs = services.runs
        self._locks = locks

    async def run(self, question: str, options: Options, *, run_id: str | None = None) -> Events:
        """Research a question; the last event is Finished or Waiting.

        A run id accepted before continues that run. Raises Refused when it asked something else, or when
        another process works on it.
        """
        run_id, known = run_id or new_run_id(self.services.clock()), run_id is not None
        asked = Run(id=run_id, question=question, options=options, started=self.services.clock())
        run = await self._runs.accept(asked)
        if run.question != question:
            raise Refused(f"run {run_id} asked another question: choose another --run-id or leave it out")
        ask = Ask(question=question, options=asdict(run.options))
        with lease(self._locks, run_id):
            events = self._continue(run_id) if known else self._drive(run, ask)
            async with aclosing(events):
                async for event in events:
                    yield event

    async def resume(self, run_id: str, decision: Mapping[str, Any] | None = None) -> Events:
        """Continue a run where it stopped; `decision` answers what it waits for, else it waits on.

        Raises Refused when there is no such run, when another process works on it, or when the decision
        does not fit.
        """
        with lease(self._locks, run_id):
            async with aclosing(self._continue(run_id, decision)) as events:
                async for event in events:
                    yield event

    def stop(self, run_id: str) -> None:
        """End a run that is under way here within a second, with a report on what it has."""
        self.services.halts.stop(run_id, BY_A_PERSON)

    async def pending(self, run_id: str) -> dict[str, Any] | None:
        """Return what a run waits for a person to decide, or None."""
        snapshot = await self.graph.aget_state(_config(run_id))
        return snapshot.interrupts[0].value if snapshot.interrupts else None

    async def history(self, run_id: str) -> History:
        """Return what was planned and called for a run, and when; raises Refused for an unknown run."""
        row = await self._row(run_id)
        values = (await self.graph.aget_state(_config(run_id))).values
        known = {call.task: call for call in values.get("calls", ())}
        made = known | {c.task: c for c in await self.services.calls.made(run_id) if c.task not in known}
        return History(
            plan=values.get("plan"),
            calls=tuple(made.values()),
            entered=values.get("entered", {}),
            ended=row.updated if row.report is not None else None,
        )

    async def tools(self) -> tuple[ToolState, ...]:
        """Return how each tool of this installation stands."""
        return await self.services.toolbox.states()

    async def texts(self, ids: list[str]) -> Mapping[str, Untrusted]:
        """Return the stored texts of sources by id."""
        return await self.services.evidence.texts(ids)

    async def _continue(self, run_id: str, decision: Mapping[str, Any] | None = None) -> Events:
        row = await self._row(run_id)
        if row.report is not None:
            yield Finished(report=row.report)
            return
        snapshot = await self.graph.aget_state(_config(run_id))
        if snapshot.interrupts and decision is None:
            yield _waiting(snapshot.interrupts[0])
            return
        await self._runs.mark(run_id, Status.RUNNING)
        run = Run(id=row.id, question=row.question, options=row.options, started=row.created)
        async with aclosing(self._drive(run, _input(row, snapshot, decision))) as events:
            async for event in events:
                yield event

    async def _row(self, run_id: str) -> RunRow:
        row = await self._runs.get(run_id)
        if row is None:
            raise Refused(f"there is no run {run_id}: see attest runs")
        return row

    async def _drive(self, run: Run, payload: Ask | Command[Any] | None) -> Events:
        heard: asyncio.Queue[Event | None] = asyncio.Queue()
        self.services.halts.begin(run.id, run.options.deadline)
        running = asyncio.create_task(self._carried_out(run.id, payload, heard.put_nowait))
        watching = asyncio.create_task(self._watch(run.id))
        running.add_done_callback(lambda _: heard.put_nowait(None))
        try:
            while (event := await heard.get()) is not None:
                yield event
            yield await running
        finally:
            await _stopped(watching)
            await _stopped(running)
            self.services.halts.end(run.id)

    async def _watch(self, run_id: str) -> None:
        """Stop a run when another process asks for it."""
        while not requested(self._locks, run_id):  # noqa: ASYNC110 - a file of another process sets no event
            await asyncio.sleep(STOP_SECONDS)
        self.stop(run_id)

    async def _carried_out(
        self, run_id: str, payload: Ask | Command[Any] | None, listener: Announce
    ) -> Finished | Waiting:
        with listening(listener):
            ended = await self.graph.ainvoke(payload, _config(run_id), durability="sync")
        if interrupts := ended.get("__interrupt__"):
            await self._runs.mark(run_id, Status.WAITING)
            return _waiting(interrupts[0])
        return Finished(report=ended["report"])


@asynccontextmanager
async def open_app(settings: Settings, adapt: Replace | None = None) -> AsyncIterator[App]:
    """Open the stores and yield the application; `adapt` may exchange services before they are wired."""
    spare_what_stays()
    database = Database(settings.database, migrations=MIGRATIONS)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(database.close)
        remote = await stack.enter_async_context(_remote(settings)) if settings.mcp else ()
        tools = gathered(settings, database, remote)
        stack.push_async_callback(tools.close)
        made = services(settings, database, tools)
        stack.push_async_callback(made.toolbox.close)
        made = adapt(made) if adapt else made
        saver = GroupCommitSaver(database, serde=serializer())
        yield App(build(made).compile(checkpointer=saver), made, settings.database.parent / LOCKS)


def _remote(settings: Settings) -> AbstractAsyncContextManager[tuple[Tool, ...]]:
    """Connect to the MCP servers that the operator named."""
    from tools.mcp.servers import connected  # noqa: PLC0415  # half a second that others need not wait for

    return connected(settings.mcp or Path(), environ=settings.values, clock=time.time)


def gathered(settings: Settings, database: Database, remote: Sequence[Tool] = ()) -> Registry:
    """Make the tools over their stores; nothing is opened before it is used."""
    shelf = Shelf(evidence=StoredEvidence(database), index=StoredIndex(database, terms))
    return registry(settings, shelf, time.time, remote)


def services(settings: Settings, database: Database, tools: Registry) -> Services:
    """Make everything the nodes work with; nothing is opened before it is used."""
    clock = time.time
    calls, words = StoredCalls(database, clock), _words(settings, database, clock)
    runner = Runner(tools.tools, calls=calls, clock=clock, words=words, lacking=tools.lacking)
    return Services(
        planner=ExtractivePlanner(runner.specs()),
        reader=ExtractiveReader(),
        judge=ExtractiveJudge(),
        writer=ExtractiveWriter(),
        toolbox=runner,
        evidence=StoredEvidence(database),
        runs=StoredRuns(database, clock),
        calls=calls,
        memory=StoredMemory(database),
        halts=words.halts,
        clock=clock,
        defaults=Options(
            docs=settings.docs, budget=settings.budget, sources=settings.sources, role=settings.role
        ),
    )


def _words(settings: Settings, database: Database, clock: Clock) -> Words:
    chance = secrets.SystemRandom().random
    return Words(
        authority=Authority(settings.policies, clock=clock),
        cache=StoredCache(database, clock),
        flight=Flight(),
        breakers=Breakers(StoredCircuits(database), clock=clock, chance=chance),
        admission=Admission(
            at_once=settings.calls_at_once, per_run=settings.run_calls_at_once, clock=time.monotonic
        ),
        pace=Pace(clock=clock),
        halts=Halts(),
        chance=chance,
    )


def new_run_id(now: float) -> str:
    """Return an id that sorts by time and does not repeat."""
    return f"{time.strftime('%Y%m%d-%H%M%S', time.gmtime(now))}-{secrets.token_hex(3)}"


def _config(run_id: str) -> RunnableConfig:
    return {"configurable": {"thread_id": run_id}, "recursion_limit": RECURSION_LIMIT}


def _input(
    row: RunRow, snapshot: StateSnapshot, decision: Mapping[str, Any] | None
) -> Ask | Command[Any] | None:
    if snapshot.interrupts and decision is not None:
        read_decision(decision)
        return Command(resume={snapshot.interrupts[0].id: dict(decision)})
    if decision is not None:
        raise Refused(f"run {row.id} waits for no decision: resume it without one")
    if snapshot.next:
        return None
    return Ask(question=row.question, options=asdict(row.options))


def _waiting(interrupt: Interrupt) -> Waiting:
    return Waiting(kind=str(interrupt.value["kind"]), question=interrupt.value)


async def _stopped(running: asyncio.Task[Any]) -> None:
    """Stop a run whose listener went away; one that ended is left as it is."""
    if running.cancel():
        await asyncio.wait([running])
        running.cancelled() or running.exception()
