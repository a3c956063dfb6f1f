"""Measure the cost of the call pipeline alone: policy, journal, reservation, breaker, audit."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import ClassVar

from pydantic import BaseModel

from evals.bench.whole_product import around, opened
from graph.events import Announce
from graph.options import Options
from graph.records import Argument, Result, Run, Task
from graph.tool import ToolSpec
from tools.search_results import SearchArguments

WARM = 50


class NoopTool:
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


async def overhead(calls: int, at_once: int) -> list[float]:
    """Return the CPU milliseconds a call of `calls`, made so many together, over those of the tool alone.

    All threads of the process count: the call, the database's writer and what the kernel does for them. One
    value a batch.
    """
    with tempfile.TemporaryDirectory() as home:
        async with opened(Path(home)) as app:
            tool = NoopTool()
            runner = around(app.services, tool)
            run = Run(id="r1", question="q", options=Options(budget=10**9), started=time.time())
            await app.services.runs.accept(run)

            async def by_the_path(number: int) -> None:
                asked = {"query": Argument(value=f"question {number}")}
                task = Task(id=f"t{number}", tool=tool.spec.name, purpose="measure", arguments=asked)
                await runner.call(run, "b1", task, lambda _: None)

            async def alone(number: int) -> None:
                await tool.run(SearchArguments(query=f"question {number}"), run, lambda _: None)

            await _cpu(by_the_path, range(-WARM, 0))
            batches = [range(first, first + at_once) for first in range(0, calls, at_once)]
            bare = [await _cpu(alone, batch) for batch in batches]
            return [await _cpu(by_the_path, batch) - less for batch, less in zip(batches, bare, strict=True)]


async def _cpu(call: Callable[[int], Awaitable[None]], batch: range) -> float:
    await asyncio.sleep(0)
    before = time.process_time()
    await asyncio.gather(*(call(number) for number in batch))
    return (time.process_time() - before) * 1e3 / len(batch)
