"""Put the world together: settings → stores, tools, models → graph. The only module that does."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
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
from graph.history import RunRow
from graph.options import Options
from graph.ports import Services
from graph.records import Run, Status
from graph.serde import serializer
from graph.settings import Settings
from graph.state import Answer, Ask, ResearchState
from graph.stores.calls import StoredCalls
from graph.stores.checkpoints import GroupCommitSaver
from graph.stores.database import Database
from graph.stores.evidence import StoredEvidence
from graph.stores.index import StoredIndex
from graph.stores.lease import lease
from graph.stores.memory import StoredMemory
from graph.stores.migrations import MIGRATIONS
from graph.stores.runs import StoredRuns
from graph.untrusted import Untrusted
from guards.approval import read_decision
from tools.documents.refresh import Refresh
from tools.documents.search import Search
from tools.lexicon import terms
from tools.models.extractive.judge import ExtractiveJudge
from tools.models.extractive.planner import ExtractivePlanner
from tools.models.extractive.reader import ExtractiveReader
from tools.models.extractive.writer import ExtractiveWriter
from tools.runner import Runner

Compiled = CompiledStateGraph[ResearchState, None, Ask, Answer]
Replace = Callable[[Services], Services]
Events = AsyncGenerator[Event, None]

RECURSION_LIMIT = 100
LOCKS = "locks"


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
            events = self._continue(run_id) if known else self._drive(run_id, ask)
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

    async def pending(self, run_id: str) -> dict[str, Any] | None:
        """Return what a run waits for a person to decide, or None."""
        snapshot = await self.graph.aget_state(_config(run_id))
        return snapshot.interrupts[0].value if snapshot.interrupts else None

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
        async with aclosing(self._drive(run_id, _input(row, snapshot, decision))) as events:
            async for event in events:
                yield event

    async def _row(self, run_id: str) -> RunRow:
        row = await self._runs.get(run_id)
        if row is None:
            raise Refused(f"there is no run {run_id}: see attest runs")
        return row

    async def _drive(self, run_id: str, payload: Ask | Command[Any] | None) -> Events:
        heard: asyncio.Queue[Event | None] = asyncio.Queue()
        running = asyncio.create_task(self._carried_out(run_id, payload, heard.put_nowait))
        running.add_done_callback(lambda _: heard.put_nowait(None))
        try:
            while (event := await heard.get()) is not None:
                yield event
            yield await running
        finally:
            await _stopped(running)

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
    try:
        made = services(settings, database)
        made = adapt(made) if adapt else made
        saver = GroupCommitSaver(database, serde=serializer())
        yield App(
            build(made).compile(checkpointer=saver),
            made,
            settings.database.parent / LOCKS,
        )
    finally:
        await database.close()


def services(settings: Settings, database: Database) -> Services:
    """Make everything the nodes work with; nothing is opened before it is used."""
    clock = time.time
    evidence, index = StoredEvidence(database), StoredIndex(database, terms)
    calls = StoredCalls(database, clock)
    tools = (Refresh(evidence=evidence, index=index, clock=clock), Search(index=index))
    return Services(
        planner=ExtractivePlanner(),
        reader=ExtractiveReader(),
        judge=ExtractiveJudge(),
        writer=ExtractiveWriter(),
        toolbox=Runner(tools, calls=calls, clock=clock),
        evidence=evidence,
        runs=StoredRuns(database, clock),
        calls=calls,
        memory=StoredMemory(database),
        clock=clock,
        defaults=Options(docs=settings.docs, budget=settings.budget),
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
