"""Define the state of the graph: `Ask` goes in, `ResearchState` is kept, `Answer` comes out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from typing_extensions import TypedDict

from graph.decided import Decided
from graph.definition import Definition
from graph.history import Recollection
from graph.immutable import Frozen
from graph.rating import Rating
from graph.records import (
    Branch,
    Call,
    Claim,
    Crossed,
    Draft,
    Outcome,
    Passage,
    Phase,
    Plan,
    Run,
    Task,
    Unknown,
    Verdict,
)

T = TypeVar("T", bound=Hashable)


def join(left: tuple[T, ...], right: tuple[T, ...]) -> tuple[T, ...]:
    """Append what is not there yet, in order: joining the same update twice changes nothing."""
    return tuple(dict.fromkeys((*left, *right)))


def join_calls(left: tuple[Call, ...], right: tuple[Call, ...]) -> tuple[Call, ...]:
    """Append calls; a later record of the same task replaces the earlier."""
    return tuple({call.task: call for call in (*left, *right)}.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Frozen):
    """Hold a call for a person: why, what it may cost in micro-dollars, and what they decided.

    `definition` is what they are shown of its tool, and approve.
    """

    branch: str
    task: Task
    reason: str
    estimate: int = 0
    definition: Definition | None = None

    @property
    def decided(self) -> bool:
        """Tell whether a person approved or rejected it."""
        return self.task.approved or bool(self.task.rejected)


def join_held(left: tuple[Held, ...], right: tuple[Held, ...]) -> tuple[Held, ...]:
    """Append calls that are held; a decision about a task stays while its tool is the same."""
    joined: dict[str, Held] = {}
    for held in (*left, *right):
        before = joined.get(held.task.id)
        if before is None or held.decided or not before.decided or held.definition != before.definition:
            joined[held.task.id] = held
    return tuple(joined.values())


def enter(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    """Keep the first time each phase was entered, in seconds since the epoch."""
    return {**right, **left}


class Ask(TypedDict, total=False):
    """Ask a question; `options` are those of `graph.options.Options`, as JSON."""

    question: str
    options: dict[str, Any]


class Answer(TypedDict, total=False):
    """Return the report, as JSON of schema `attest.report/2`."""

    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchState(Frozen):
    """Hold the facts of a run. Evidence is held by reference: ids and offsets, never its text."""

    question: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    run: Run | None = None
    phase: Phase = Phase.INITIALIZING
    entered: Annotated[dict[str, float], enter] = field(default_factory=dict)
    recalled: tuple[Recollection, ...] = ()
    plan: Plan | None = None
    calls: Annotated[tuple[Call, ...], join_calls] = ()
    held: Annotated[tuple[Held, ...], join_held] = ()
    passages: Annotated[tuple[Passage, ...], join] = ()
    evidence: tuple[Passage, ...] = ()
    claims: Annotated[tuple[Claim, ...], join] = ()
    verdicts: Annotated[tuple[Verdict, ...], join] = ()
    ratings: Annotated[tuple[Rating, ...], join] = ()
    draft: Draft | None = None
    unknowns: Annotated[tuple[Unknown, ...], join] = ()
    crossed: Annotated[tuple[Crossed, ...], join] = ()
    decisions: Annotated[tuple[Decided, ...], join] = ()
    refusal: str = ""
    report: dict[str, Any] = field(default_factory=dict)


class Update(TypedDict, total=False):
    """Change part of the state; a key that a node leaves out keeps its value."""

    question: str
    run: Run
    phase: Phase
    entered: dict[str, float]
    recalled: tuple[Recollection, ...]
    plan: Plan
    calls: tuple[Call, ...]
    held: tuple[Held, ...]
    passages: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    ratings: tuple[Rating, ...]
    draft: Draft
    unknowns: tuple[Unknown, ...]
    crossed: tuple[Crossed, ...]
    decisions: tuple[Decided, ...]
    refusal: str
    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation(Frozen):
    """Send one branch to be investigated, for the first time or again.

    `known` are the calls it made before; `ruled` are those of them that a person decided about since.
    """

    run: Run
    branch: Branch
    known: tuple[Call, ...] = ()
    ruled: tuple[Task, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking(Frozen):
    """Send one held call of a run to the person who may release it."""

    held: Held
    run: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Frozen):
    """Send the passages found for one root question to be read."""

    run: Run
    root: str
    question: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checking(Frozen):
    """Send the claims that answer one root question to be checked."""

    run: Run
    root: str
    question: str
    claims: tuple[Claim, ...]


def admitted(state: ResearchState) -> Run:
    """Return the run of a state that passed `guard_request`."""
    if state.run is None:
        raise TypeError("the run was not admitted: guard_request comes first")
    return state.run


def planned(state: ResearchState) -> Plan:
    """Return the plan of a state that passed `plan`."""
    if state.plan is None:
        raise TypeError("there is no plan yet: plan comes first")
    return state.plan


def roots(plan: Plan) -> tuple[Branch, ...]:
    """Return the branches that ask the person's own questions, without their follow-ups."""
    return tuple(branch for branch in plan.branches if branch.id == branch.root)


def is_stopped(state: ResearchState) -> bool:
    """Tell whether a person or the deadline ended the run."""
    return any(call.outcome is Outcome.STOPPED for call in state.calls)


def waiting(state: ResearchState) -> tuple[Held, ...]:
    """Return the calls a person must still decide about; a run that was stopped asks nobody."""
    return () if is_stopped(state) else tuple(held for held in state.held if not held.decided)


def unasked(state: ResearchState) -> tuple[Branch, ...]:
    """Return the branches not investigated, or not to the end because a call was held."""
    asked = {call.branch for call in state.calls}
    kept = {call.branch for call in state.calls if call.outcome is Outcome.HELD}
    return tuple(b for b in planned(state).branches if b.id not in asked or b.id in kept)
