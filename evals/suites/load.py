"""Measure what a run costs beside a plain LangGraph graph that does the same: `python -m evals load`.

Both call eight tools of 200 ms that return 20 KB each, write checkpoints durably before every next step
(WAL, synchronous FULL) and run in one process in turn, so only ratios are claimed; the plain graph is the
floor, 1.0, and profits from the product's settings of the garbage collector. One at a time, the tools' own
200 ms bound the runs a second of both: that ratio has no target.
"""

from __future__ import annotations

import asyncio
import gc
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evals.bench.bare_langgraph import bare_graph
from evals.bench.made_pages import PageTool, look_up, write_pages
from evals.bench.minimal_roles import SplittingPlanner
from evals.bench.whole_product import least, opened
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.events import Finished
from graph.options import Mode, Options
from graph.ports import Services
from graph.run.gc_tuning import tune_gc

AT_ONCE = 100
IN_TURN = 10
ROUNDS = 4
TOOLS = 8
_WARM = "warm"

Ask = Callable[[str, str], Awaitable[int]]
"""Run a question under an id and return how many pages its answer rests on."""
Open = Callable[[Path, Mapping[str, str]], AbstractAsyncContextManager[Ask]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contender:
    """Open one of the graphs over a folder; `joint` parts the pages of its question."""

    name: str
    open: Open
    joint: str

    def question(self, run: str) -> str:
        """Ask for the pages of a run."""
        return f"{self.joint} ".join(_names(run)) + "?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """Hold what one run cost: CPU in milliseconds, disk in kilobytes; and how many were done a second."""

    cpu: float
    rate: float
    disk: float


Round = Mapping[str, Figures]


async def measure(setup: Setup) -> SuiteResult:
    """Run all graphs in turn, one run at a time and many at once, and compare them round by round."""
    tune_gc()
    most = min(setup.limit or AT_ONCE, AT_ONCE)
    pages = write_pages(name for run in _runs(max(most, IN_TURN)) for name in _names(run))
    metrics: list[Metric] = []
    cases: list[Mapping[str, object]] = []
    for at_once in dict.fromkeys((1, most)):
        rounds = [await _round(number, at_once, pages) for number in range(ROUNDS)]
        metrics += _metrics(f"at {at_once}", rounds)
        cases += _cases(at_once, rounds)
        setup.say(f"{at_once} at once: {ROUNDS} rounds of {len(CONTENDERS)} graphs")
    date = datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds")
    data = f"{TOOLS} tools of 200 ms and 20 KB a run, medians of {ROUNDS} rounds"
    return SuiteResult(suite="load", data=data, date=date, metrics=tuple(metrics), cases=tuple(cases))


@asynccontextmanager
async def _bare(home: Path, pages: Mapping[str, str]) -> AsyncIterator[Ask]:
    async with bare_graph(home / "bare.db", lambda name: look_up(pages, name)) as answer:

        async def ask(run: str, question: str) -> int:
            return len((await answer(run, question)).splitlines())

        yield ask


@asynccontextmanager
async def _ours(home: Path, pages: Mapping[str, str]) -> AsyncIterator[Ask]:
    async with opened(home, lambda services: _least(services, pages)) as app:

        async def ask(run: str, question: str) -> int:  # noqa: ARG001 - the product names its runs itself
            ending = [event async for event in app.run(question, Options(mode=Mode.QUICK))][-1]
            return len(_claims(ending)) if isinstance(ending, Finished) else 0

        yield ask


def _claims(ending: Finished) -> list[object]:
    claims = ending.report["claims"]
    return claims if isinstance(claims, list) else []


def _least(services: Services, pages: Mapping[str, str]) -> Services:
    tool = PageTool(pages)
    return least(services, SplittingPlanner(tool.spec.name), tool)


BARE = Contender(name="bare", open=_bare, joint="?")
OURS = Contender(name="ours", open=_ours, joint=";")
BRANCHES = Contender(name="ours as 8 branches", open=_ours, joint="?")
CONTENDERS = (BARE, OURS, BRANCHES)


async def _round(number: int, at_once: int, pages: Mapping[str, str]) -> Round:
    """Measure each graph once, every other round in the opposite order."""
    order = CONTENDERS[:: -1 if number % 2 else 1]
    return {contender.name: await _figures(contender, at_once, pages) for contender in order}


async def _figures(contender: Contender, at_once: int, pages: Mapping[str, str]) -> Figures:
    """Measure runs on a new database after one that warms it up; the files are weighed once closed."""
    runs = _runs(IN_TURN if at_once == 1 else at_once)
    with tempfile.TemporaryDirectory() as home:
        async with contender.open(Path(home), {**pages, **write_pages(_names(_WARM))}) as ask:
            await _checked(contender, ask, _WARM)
            gc.collect()
            cpu, wall = time.process_time(), time.perf_counter()
            for first in range(0, len(runs), at_once):
                batch = runs[first : first + at_once]
                await asyncio.gather(*(_checked(contender, ask, run) for run in batch))
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
        disk = _size(Path(home))
    return Figures(cpu=cpu / len(runs) * 1e3, rate=len(runs) / wall, disk=disk / (len(runs) + 1) / 1e3)


def _size(home: Path) -> int:
    """Return the size of the files of a folder, in bytes."""
    return sum(file.stat().st_size for file in home.iterdir())


async def _checked(contender: Contender, ask: Ask, run: str) -> None:
    """Run once; raise RuntimeError when the answer does not rest on every page: that is other work."""
    rests = await ask(run, contender.question(run))
    if rests != TOOLS:
        raise RuntimeError(f"{contender.name}: the answer of {run} rests on {rests} pages of {TOOLS}")


def _runs(count: int) -> list[str]:
    return [f"r{number}" for number in range(count)]


def _names(run: str) -> list[str]:
    return [f"{run} w{number}" for number in range(TOOLS)]


def _metrics(when: str, rounds: Sequence[Round]) -> Iterator[Metric]:
    yield from _compared(OURS, when, rounds, rate=None if when == "at 1" else 1.5, cpu=1.0, disk=0.4)
    yield from _compared(BRANCHES, f"{when} as 8 branches", rounds)


def _compared(
    contender: Contender,
    when: str,
    rounds: Sequence[Round],
    *,
    cpu: float | None = None,
    rate: float | None = None,
    disk: float | None = None,
) -> Iterator[Metric]:
    """Yield the ratios of a graph to the bare one, with the targets they must meet."""
    ours, bare = ([each[name] for each in rounds] for name in (contender.name, BARE.name))
    pairs = list(zip(ours, bare, strict=True))
    yield _metric(f"CPU per run {when} ratio", [o.cpu / b.cpu for o, b in pairs], cpu)
    yield _metric(f"runs/s {when} ratio", [o.rate / b.rate for o, b in pairs], rate, lower_is_better=False)
    yield _metric(f"bytes on disk {when} ratio", [o.disk / b.disk for o, b in pairs], disk)


def _metric(
    name: str, ratios: Sequence[float], target: float | None, *, lower_is_better: bool = True
) -> Metric:
    """Give the median of the rounds; its interval is their least and most."""
    return Metric(
        name=name,
        value=statistics.median(ratios),
        n=len(ratios),
        low=min(ratios),
        high=max(ratios),
        floor=1.0,
        target=target,
        lower_is_better=lower_is_better,
    )


def _cases(at_once: int, rounds: Sequence[Round]) -> Iterator[Mapping[str, object]]:
    for number, figures in enumerate(rounds, start=1):
        for name, cost in figures.items():
            yield {
                "round": number,
                "at once": at_once,
                "graph": name,
                "CPU ms per run": round(cost.cpu, 2),
                "runs/s": round(cost.rate, 2),
                "KB on disk per run": round(cost.disk, 1),
            }
