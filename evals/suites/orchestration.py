"""Measure how calls are orchestrated: `python -m evals orchestration`.

A plan of dependent calls against its critical path, many runs at once on a service that fails now and then,
the breaker through an outage, and what the path of a call costs by itself.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from evals.bench.dag import critical_seconds, wall_ratio
from evals.bench.fault_load import CALLS, FaultResult, fare
from evals.bench.outage import Outage, outage
from evals.bench.overhead import overhead
from evals.intervals import wilson
from evals.result import Metric, SuiteResult
from evals.suite import Setup
from graph.records import Status
from graph.run.gc_tuning import tune_gc
from guards.circuit_breaker import DEFAULT

ROUNDS = 8
RUNS = 100
OUTAGES = 8
COSTED = 400
FAULTY = 0.1
SEQUENTIAL = 6.0
"""What the eight calls take one after the other, in seconds: the floor of the wall time."""


async def measure(setup: Setup) -> SuiteResult:
    """Measure all four, each on fresh databases."""
    tune_gc()
    ratios = [await wall_ratio() for _ in range(_at_most(setup, ROUNDS))]
    setup.say(f"{len(ratios)} runs of dependent calls")
    fared = await fare(_at_most(setup, RUNS), FAULTY, setup.clock)
    setup.say(f"{fared.runs} runs under faults")
    outages = [await outage(setup.clock) for _ in range(_at_most(setup, OUTAGES))]
    setup.say(f"{len(outages)} outages")
    costs = [await overhead(_at_most(setup, COSTED), at_once) for at_once in (CALLS, 1)]
    return SuiteResult(
        suite="orchestration",
        data=f"{fared.runs} runs of {CALLS} calls at once, {FAULTY:.0%} of requests fail",
        date=datetime.fromtimestamp(setup.clock(), UTC).isoformat(timespec="seconds"),
        metrics=(_wall(ratios), *_faults(fared), *_outages(outages), *_costs(*costs)),
        cases=tuple(_cases(fared, outages)),
    )


def _at_most(setup: Setup, most: int) -> int:
    return min(setup.limit or most, most)


def _wall(ratios: Sequence[float]) -> Metric:
    return _median("wall over critical path", ratios, target=1.10, floor=SEQUENTIAL / critical_seconds())


def _costs(together: Sequence[float], alone: Sequence[float]) -> Iterator[Metric]:
    """Give the cost of calls as a run makes them, eight together, and of one that shares no commit."""
    yield _median(f"CPU ms of the path per call, {CALLS} together", together, target=1.0)
    yield _median("CPU ms of the path per call, alone", alone)


def _median(
    name: str, values: Sequence[float], *, target: float | None = None, floor: float | None = None
) -> Metric:
    """Give a median; its interval holds the middle nine tenths of the values."""
    ordered = sorted(values)
    tail = len(ordered) // 20
    return Metric(
        name=name,
        value=statistics.median(ordered),
        n=len(ordered),
        low=ordered[tail],
        high=ordered[-1 - tail],
        floor=floor,
        target=target,
        lower_is_better=True,
    )


def _faults(fared: FaultResult) -> Iterator[Metric]:
    untried = (1 - FAULTY) ** CALLS
    yield _rate("runs complete or labelled partial", fared.labelled, fared.runs, target=1.0)
    yield _rate("runs complete", fared.statuses.get(Status.ANSWERED, 0), fared.runs, floor=untried)
    for name, count in (("unhandled errors", fared.unhandled), ("leaked tasks", fared.leaked)):
        yield Metric(
            name=name, value=count, n=fared.runs, low=count, high=count, target=0.0, lower_is_better=True
        )


def _outages(outages: Sequence[Outage]) -> Iterator[Metric]:
    n = len(outages)
    opened = sum(o.seconds is not None and o.seconds <= DEFAULT.window for o in outages)
    yield _rate("outages that opened the breaker within its window", opened, n, target=1.0)
    recovered = sum(o.recovered is not None for o in outages)
    yield _rate("outages it recovered from", recovered, n, target=1.0)


def _rate(name: str, hits: int, n: int, *, target: float | None = None, floor: float | None = None) -> Metric:
    low, high = wilson(hits, n)
    return Metric(name=name, value=hits / n, n=n, low=low, high=high, floor=floor, target=target)


def _cases(fared: FaultResult, outages: Sequence[Outage]) -> Iterator[Mapping[str, object]]:
    yield {"under faults": dict(fared.statuses), "lost": dict(fared.lost), "requests": fared.requests}
    for number, seen in enumerate(outages, start=1):
        yield {"outage": number, **asdict(seen)}
