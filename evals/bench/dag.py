"""Measure a plan of dependent calls against its critical path."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from evals.bench.whole_product import least, opened, report_of
from graph.events import Announce
from graph.records import Argument, Branch, Plan, Result, Run, Task
from graph.tool import ToolSpec
from tools.search_results import FoundItem, sources_of

SHORT, LONG = 0.5, 1.0
NEEDS: dict[str, tuple[float, tuple[str, ...]]] = {
    "a": (SHORT, ()),
    "b": (LONG, ()),
    "c": (LONG, ("a",)),
    "d": (SHORT, ("a", "b")),
    "e": (LONG, ("c",)),
    "f": (SHORT, ("d",)),
    "g": (SHORT, ("e", "f")),
    "h": (LONG, ("b",)),
}
"""Eight calls: how long each takes in seconds, and which it waits for."""


def critical_seconds() -> float:
    """Return how long the longest chain of calls takes, in seconds."""
    ends: dict[str, float] = {}
    for name, (seconds, needs) in NEEDS.items():
        ends[name] = seconds + max((ends[need] for need in needs), default=0.0)
    return max(ends.values())


class SleepArguments(BaseModel, frozen=True):
    """Give the seconds to sleep, and a name."""

    query: str
    seconds: float


class Sleeping:
    """Sleep, then find one source."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="sleeping", version="1", purpose="take its time", arguments=SleepArguments
    )

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002 - a tool takes what its protocol gives
        """Return a source after the seconds asked for."""
        asked = SleepArguments.model_validate(arguments)
        await asyncio.sleep(asked.seconds)
        text = f"The answer to {asked.query} in {run.id}."
        return sources_of(
            asked.query, [FoundItem(title=asked.query, url="https://example.org/", text=text)], 0.0
        )


class DagPlanner:
    """Plan the eight calls, whatever is asked."""

    async def plan(self, run: Run) -> Plan:
        """Put the calls into one line of inquiry."""
        tasks = tuple(_task(name, seconds, needs) for name, (seconds, needs) in NEEDS.items())
        asked = Argument(value=run.question)
        return Plan(branches=(Branch(id="b1", root="b1", question=asked, tasks=tasks),))

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:  # noqa: ARG002 - a role takes what its protocol gives
        """Follow nothing."""
        return ()


def _task(name: str, seconds: float, needs: tuple[str, ...]) -> Task:
    arguments = {"query": Argument(value=f"call {name}"), "seconds": Argument(value=seconds)}
    return Task(id=name, tool=Sleeping.spec.name, purpose="take its time", arguments=arguments, needs=needs)


async def wall_ratio() -> float:
    """Return the seconds of a run, from question to report, over those of its critical path."""
    with tempfile.TemporaryDirectory() as home:
        async with opened(Path(home), lambda made: least(made, DagPlanner(), Sleeping())) as app:
            started = time.perf_counter()
            await report_of(app, "How long does it take?", "r1")
            return (time.perf_counter() - started) / critical_seconds()
