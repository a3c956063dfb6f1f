"""Run code with the tool, and see its workers from outside."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from pathlib import Path

from graph.options import Options
from graph.records import Result, Run
from tools.compute.python import Python, PythonArguments

RUN = Run(id="r1", question="q", options=Options(), started=0.0)


async def calculate(python: Python, code: str) -> Result:
    return await python.run(PythonArguments(code=code), RUN, lambda _: None)


def cited(result: Result) -> str:
    """Return the words the passage of a calculation points at."""
    (snapshot,), (passage,) = result.snapshots, result.passages
    assert passage.span.source == snapshot.source.id
    return snapshot.text.reveal()[passage.span.start : passage.span.end]


async def value(python: Python, code: str) -> str:
    return cited(await calculate(python, code))


def workers() -> set[int]:
    """Return the interpreters this process started and has not buried."""
    started = {
        int(child)
        for listed in Path("/proc/self/task").glob("*/children")
        for child in listed.read_text().split()
    }
    return {child for child in started if _is_interpreter(child)}


def _is_interpreter(child: int) -> bool:
    """Tell whether a process is an interpreter; one that ended meanwhile is none."""
    with suppress(OSError):
        return b"monty" in Path(f"/proc/{child}/cmdline").read_bytes()
    return False


async def until(running: int) -> None:
    """Wait for that many workers: one ends a moment after its run does."""
    while len(workers()) != running:  # noqa: ASYNC110  # another process tells nobody that it ends
        await asyncio.sleep(0.005)


async def until_busy(ticks: int = 5) -> None:
    """Wait until a worker has calculated for so many ticks of the processor: by then it has read its code."""
    while not any(_ticks(worker) >= ticks for worker in workers()):  # noqa: ASYNC110  # as above
        await asyncio.sleep(0.005)


def _ticks(worker: int) -> int:
    """Return the time a process has calculated: the 14th field of its stat, its name being the second."""
    with suppress(OSError):
        return int(Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()[11])
    return 0
