"""Keep a run going when even the extractive engine fails: with one search, or with its sources alone."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from graph.errors import Misconfigured
from graph.ports import Judge, Planner, Reader, Writer
from graph.reading import Excerpt, Lead
from graph.records import Argument, Branch, Claim, Draft, Plan, Run, Unknown, Verdict
from guards.outages import EMERGENCY
from tools.models.extractive.planner import ExtractivePlanner

_LOG = logging.getLogger(__name__)


class EmergencyPlanner:
    """Plan by `planner`; where it fails by `engine`, and where that fails search for the question itself."""

    def __init__(self, planner: Planner, engine: ExtractivePlanner) -> None:
        self._planner = planner
        self._engine = engine

    async def plan(self, run: Run) -> Plan:
        """Split the question of a run; where all fail, return one line of inquiry named `emergency`."""
        for planner in (self._planner, self._engine):
            with _surviving("planner"):
                return await planner.plan(run)
        asked = Argument(value=run.question)
        with _surviving("planner"):
            tasks = self._engine.tasks(EMERGENCY, [asked], run.options)
            return Plan(branches=(Branch(id=EMERGENCY, root=EMERGENCY, question=asked, tasks=tasks),))
        return Plan(branches=())

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        """Turn names into follow-ups; none where that fails."""
        with _surviving("planner"):
            return await self._planner.follow(run, branch, leads)
        return ()


class EmergencyReader:
    """Read by `reader`; where it fails, claim nothing and say so."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lost: dict[tuple[str, str], Unknown] = {}

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        """Point at names to follow; none where that fails."""
        with _surviving("reader"):
            return await self._reader.leads(run, question, excerpts)
        return ()

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        """Take claims out of the excerpts; none where that fails."""
        with _surviving("reader"):
            return await self._reader.read(run, root, question, excerpts)
        self._lost[run.id, root] = Unknown(kind=EMERGENCY, detail=f"reader: it failed unexpectedly on {root}")
        return ()

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        """Name what the last reading had no room for, or that it failed."""
        lost = self._lost.pop((run.id, root), None)
        return (*self._reader.left_out(run, root), *((lost,) if lost else ()))


class EmergencyJudge:
    """Judge by `judge`; where it fails, no claim has a verdict."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge

    async def judge(
        self, run: Run, question: str, claims: Sequence[tuple[Claim, Excerpt]]
    ) -> tuple[Verdict, ...]:
        """Say for each claim whether it is supported; of none where that fails."""
        with _surviving("judge"):
            return await self._judge.judge(run, question, claims)
        return ()


class EmergencyWriter:
    """Write by `writer`; where it fails, the draft has no section at all."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def write(
        self, run: Run, branches: Sequence[Branch], claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> Draft:
        """Compose the answer; an empty draft where that fails."""
        with _surviving("writer"):
            return await self._writer.write(run, branches, claims, verdicts)
        return Draft(sections=())


@contextmanager
def _surviving(role: str) -> Iterator[None]:
    """Go on after the body fails, unless an operator must act; log the failure."""
    try:
        yield
    except Misconfigured:
        raise
    except Exception as error:  # noqa: BLE001 - a fault in an engine must not lose the sources that were found
        _LOG.error("the %s failed (%s): the run goes on without it", role, type(error).__name__)
