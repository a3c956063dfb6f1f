"""Measure what the path of a call costs by itself: policy, journal, reservation, breaker, audit and all."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from evals.product import around, opened
from graph.events import Announce
from graph.options import Options
from graph.records import Argument, Result, Run, Task
from graph.tool import ToolSpec
from tools.found import SearchArguments

WARM = 50


class Nothing:
    """Do nothing, for a price."""

    spec: ClassVar[ToolSpec] = ToolSpec(
        name="nothing",
        version="1",
        purpose="do nothing",
        arguments=SearchArguments,
        price=10,
        rate="100000/second",
    )

    async def run(self, arguments: BaseModel, run: Run, announce: Announce) -> Result:  # noqa: ARG002 - a tool takes what its protocol gives
        """Return nothing found."""
        return Result(cost=10)


async def overhead(calls: int) -> list[float]:
    """Return the CPU milliseconds of so many calls, one after the other, over those of the tool alone.

    All threads of the process count: the call, the database's writer and what the kernel does for them.
    """
    with tempfile.TemporaryDirectory() as home:
        async with opened(Path(home)) as app:
            tool = Nothing()
            runner = around(app.services, tool)
            run = Run(id="r1", question="q", options=Options(budget=10**9), started=time.time())
            await app.services.runs.accept(run)

            async def by_the_path(number: int) -> None:
                asked = {"query": Argument(value=f"question {number}")}
                task = Task(id=f"t{number}", tool=tool.spec.name, purpose="measure", arguments=asked)
                await runner.call(run, "b1", task, lambda _: None)

            async def alone(number: int) -> None:
                arguments = SearchArguments(query=f"question {number}")
                await tool.run(arguments, run, lambda _: None)

            for number in range(WARM):
                await by_the_path(-1 - number)
            bare = [await _cpu(alone, number) for number in range(calls)]
            return [await _cpu(by_the_path, number) - bare[number] for number in range(calls)]


async def _cpu(call: Callable[[int], Awaitable[None]], number: int) -> float:
    await asyncio.sleep(0)
    before = time.process_time()
    await call(number)
    return (time.process_time() - before) * 1e3
