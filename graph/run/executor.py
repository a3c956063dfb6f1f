"""Execute the graph of a run to its next stop, and pass its events on."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any, TypeVar

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph
from langgraph.types import Command
from langsmith.run_helpers import tracing_context

from graph.events import Announce, Event, Finished, Waiting
from graph.ports import RunCancellation, Runs
from graph.records import Run, Status
from graph.run.event_sink import listening
from graph.run.interrupts import waiting_for
from graph.state import Answer, Ask, ResearchState
from graph.stores.leases.leases import Leases
from guards.outages import BY_A_PERSON

Compiled = CompiledStateGraph[ResearchState, None, Ask, Answer]
Events = AsyncGenerator[Event, None]
Traced = Callable[[str, RunnableConfig], AbstractContextManager[RunnableConfig]]
"""Trace the run of an id while it is executed with a config, or with the config it returns."""

T = TypeVar("T")

RECURSION_LIMIT = 100
STOP_SECONDS = 0.4
"""How often a run checks whether another process asked it to stop, in seconds."""


@contextmanager
def untraced(_: str, config: RunnableConfig) -> Iterator[RunnableConfig]:
    """Trace nothing: LANGSMITH_TRACING in the environment would send the run with every word."""
    with tracing_context(enabled=False):
        yield config


class Executor:
    """Execute runs of a compiled graph that this process holds."""

    def __init__(
        self, compiled: Compiled, runs: Runs, cancellation: RunCancellation, leases: Leases, traced: Traced
    ) -> None:
        self._graph = compiled
        self._runs, self._cancellation, self._leases = runs, cancellation, leases
        self._traced = traced

    def stop(self, run_id: str) -> None:
        """End a run that this process works on within a second, with a report on what it has."""
        self._cancellation.stop(run_id, BY_A_PERSON)

    async def execute(self, run: Run, payload: Ask | Command[Any] | None, *, stopped: bool = False) -> Events:
        """Execute a run from a payload, or from where it stands; the last event is Finished or Waiting.

        A run that is `stopped` starts no call. Raises Unavailable when this process may no longer work on it.
        """
        queue: asyncio.Queue[Event | None] = asyncio.Queue()
        self._cancellation.begin(run.id, run.options.deadline)
        if stopped:
            self.stop(run.id)
        running = asyncio.create_task(self._invoke(run.id, payload, queue.put_nowait))
        watching = asyncio.create_task(self._watch(run.id))
        watching.add_done_callback(lambda _: _failure(watching) and running.cancel())
        running.add_done_callback(lambda _: queue.put_nowait(None))
        try:
            while (event := await queue.get()) is not None:
                yield event
            yield await _outcome(running, watching)
        finally:
            await _stopped(watching)
            await _stopped(running)
            self._cancellation.end(run.id)

    async def _watch(self, run_id: str) -> None:
        """Stop a run when another process asks for it; raises Unavailable when it is not held any more."""
        while not await self._leases.stop_requested(run_id):  # noqa: ASYNC110 - another process sets no event
            await asyncio.sleep(STOP_SECONDS)
        self.stop(run_id)

    async def _invoke(
        self, run_id: str, payload: Ask | Command[Any] | None, listener: Announce
    ) -> Finished | Waiting:
        with listening(listener), self._traced(run_id, config_of(run_id)) as config:
            ended = await self._graph.ainvoke(payload, config, durability="sync")
        if open_ := ended.get("__interrupt__"):
            await self._runs.mark(run_id, Status.WAITING)
            return waiting_for(open_)
        return Finished(report=ended["report"])


def config_of(run_id: str) -> RunnableConfig:
    """Return the config that identifies a run to LangGraph."""
    return {"configurable": {"thread_id": run_id}, "recursion_limit": RECURSION_LIMIT}


async def _outcome(running: asyncio.Task[T], watching: asyncio.Task[None]) -> T:
    """Return how a run ended, or raise why this process may no longer work on it."""
    try:
        return await running
    except asyncio.CancelledError:
        if lost := _failure(watching):
            raise lost from None
        raise


def _failure(ended: asyncio.Task[None]) -> BaseException | None:
    return ended.exception() if ended.done() and not ended.cancelled() else None


async def _stopped(running: asyncio.Task[Any]) -> None:
    """Cancel a task whose listener is gone; one that ended stays as it is."""
    if running.cancel():
        await asyncio.wait([running])
        running.cancelled() or running.exception()
