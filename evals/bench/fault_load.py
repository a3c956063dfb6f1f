"""Run many questions at once on a service that fails now and then, and count how the runs end."""

from __future__ import annotations

import asyncio
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench.faulty_service import FaultyTool, serving
from evals.bench.minimal_roles import SplittingPlanner
from evals.bench.whole_product import least, opened, report_of
from graph.records import Clock, Status
from tools.net.http_client import HttpClient

CALLS = 8
_LOST = frozenset({"unavailable", "call_failed", "call_skipped", "stopped"})
_OWN = ("Faulty.answer", "Breakers._save")
"""Tasks that belong to the service and to the open application, not to a run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FaultResult:
    """Count how runs ended: by status, by reported loss, and those answered or labelled.

    Count also unhandled errors and tasks that were left running.
    """

    runs: int
    statuses: Mapping[str, int]
    lost: Mapping[str, int]
    labelled: int
    unhandled: int
    leaked: int
    requests: int


async def fare(runs: int, share: float, clock: Clock) -> FaultResult:
    """Ask `runs` questions of eight calls each at once, of a service that fails for a share of requests."""
    loop, unhandled = asyncio.get_running_loop(), Counter[str]()
    loop.set_exception_handler(lambda _, context: unhandled.update([str(context["message"])]))
    client = HttpClient(clock=clock)
    try:
        async with serving(share) as service:
            endings, leaked = await _at_once(runs, FaultyTool(client, service.url, clock))
    finally:
        await client.close()
        loop.set_exception_handler(None)
    reports = [ending for ending in endings if isinstance(ending, dict)]
    return FaultResult(
        runs=runs,
        statuses=Counter(str(report["status"]) for report in reports),
        lost=Counter(kind for report in reports for kind in _kinds(report) & _LOST),
        labelled=sum(map(_is_labelled, reports)),
        unhandled=unhandled.total() + len(endings) - len(reports),
        leaked=leaked,
        requests=service.asked,
    )


async def _at_once(runs: int, tool: FaultyTool) -> tuple[list[Any], int]:
    planner = SplittingPlanner(tool.spec.name)
    before = asyncio.all_tasks()
    with tempfile.TemporaryDirectory() as home:
        async with opened(Path(home), lambda made: least(made, planner, tool)) as app:
            questions = {f"r{n}": "; ".join(f"part {m} of r{n}" for m in range(CALLS)) for n in range(runs)}
            asking = [report_of(app, f"{question}?", run) for run, question in questions.items()]
            endings = await asyncio.gather(*asking, return_exceptions=True)
            left = {task for task in asyncio.all_tasks() - before if not _is_own(task)}
    return list(endings), len(left)


def _is_own(task: asyncio.Task[Any]) -> bool:
    return any(name in repr(task.get_coro()) for name in _OWN)


def _is_labelled(report: Mapping[str, Any]) -> bool:
    """Return whether a run answered, or reports what it lacks."""
    return report["status"] == Status.ANSWERED or (
        report["status"] != Status.REFUSED and bool(_kinds(report) & _LOST)
    )


def _kinds(report: Mapping[str, Any]) -> set[str]:
    return {unknown["kind"] for unknown in report["unknowns"]}
