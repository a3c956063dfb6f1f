"""Play the roles and stores that nodes are called with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from graph.events import Event
from graph.history import Recollection, RunRow
from graph.options import Options
from graph.reading import Excerpt, Lead
from graph.records import (
    Argument,
    Branch,
    Call,
    Claim,
    Draft,
    Outcome,
    Passage,
    Plan,
    Run,
    Section,
    Status,
    Task,
    Unknown,
    Verdict,
)
from graph.state import ResearchState
from tests.tools.models.roles.scripted import whole

RUN = Run(id="r1", question="What is rye?", options=Options(docs=("/docs",)), started=1.0)
TEXT = "Rye is a grass."
PASSAGE = Passage(span=whole(TEXT), score=1.0, branch="b1")
CLAIM = Claim(id="c1", root="b1", spans=(whole(TEXT),), relevance=0.9)
TASK = Task(id="t1", tool="web", purpose="look", arguments={"query": Argument(value="rye")})
BRANCH = Branch(id="b1", root="b1", question=Argument(value=RUN.question), tasks=(TASK,))
PLAN = Plan(branches=(BRANCH,))
NOW = 5.0


def clock() -> float:
    """Return one moment."""
    return NOW


def state(**more: object) -> ResearchState:
    """Return the state of a run that was admitted and planned."""
    return replace(ResearchState(question=RUN.question, run=RUN, plan=PLAN), **more)  # type: ignore[arg-type]


class Heard(list[Event]):
    """Keep the events that a node announces."""

    def __call__(self, event: Event) -> None:
        self.append(event)


class Roles:
    """Answer for planner, reader, judge and writer with what a test gives."""

    def __init__(
        self, *, plan: Plan = PLAN, claims: Sequence[Claim] = (), verdicts: Sequence[Verdict] = ()
    ) -> None:
        self._plan, self._claims, self._verdicts = plan, tuple(claims), tuple(verdicts)
        self.read_texts: list[str] = []

    async def plan(self, run: Run) -> Plan:
        return self._plan

    async def follow(self, run: Run, branch: Branch, leads: Sequence[Argument]) -> tuple[Branch, ...]:
        return ()

    async def leads(self, run: Run, question: str, excerpts: Sequence[Excerpt]) -> tuple[Lead, ...]:
        return ()

    async def read(
        self, run: Run, root: str, question: str, excerpts: Sequence[Excerpt]
    ) -> tuple[Claim, ...]:
        self.read_texts += [excerpt.text.reveal() for excerpt in excerpts]
        return self._claims

    def left_out(self, run: Run, root: str) -> tuple[Unknown, ...]:
        return (Unknown(kind="left_out", detail=root),)

    async def judge(
        self, run: Run, question: str, claims: Sequence[tuple[Claim, Excerpt]]
    ) -> tuple[Verdict, ...]:
        self.read_texts += [excerpt.text.reveal() for _, excerpt in claims]
        return self._verdicts

    async def write(
        self, run: Run, branches: Sequence[Branch], claims: Sequence[Claim], verdicts: Sequence[Verdict]
    ) -> Draft:
        return Draft(sections=(Section(root="b1", claims=tuple(c.id for c in claims)),))


class Earlier:
    """Remember one earlier run."""

    async def recall(self, run: Run) -> tuple[Recollection, ...]:
        return (Recollection(run="r0", question=run.question, finished=0.0, status="answered"),)


class Rows:
    """Keep the rows of accepted runs."""

    def __init__(self) -> None:
        self.accepted: list[Run] = []

    async def accept(self, run: Run) -> Run:
        self.accepted.append(run)
        return run

    async def mark(self, run_id: str, status: Status) -> None:
        raise NotImplementedError

    async def reopen(self, run_id: str, options: Options) -> None:
        raise NotImplementedError

    async def get(self, run_id: str) -> RunRow | None:
        raise NotImplementedError

    async def asked_by(self, asker: str, limit: int, before: tuple[float, str] | None = None) -> list[RunRow]:
        raise NotImplementedError

    async def tally(self) -> Mapping[Status, int]:
        raise NotImplementedError

    async def check(self) -> None:
        raise NotImplementedError


def call(task: str, outcome: Outcome = Outcome.DONE, *, branch: str = "b1", detail: str = "") -> Call:
    """Return a finished call."""
    return Call(
        task=task,
        branch=branch,
        tool="web",
        outcome=outcome,
        started=1.0,
        ended=2.0,
        attempts=1,
        detail=detail,
    )
