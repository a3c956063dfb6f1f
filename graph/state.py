"""What flows through the graph: `Ask` goes in, `ResearchState` is carried, `Answer` comes out."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from typing_extensions import TypedDict

from graph.frozen import Frozen
from graph.history import Recollection
from graph.records import (
    Branch,
    Call,
    Claim,
    Crossed,
    Draft,
    Passage,
    Phase,
    Plan,
    Run,
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


def enter(left: dict[str, float], right: dict[str, float]) -> dict[str, float]:
    """Keep the first moment each phase was entered, in seconds since the epoch."""
    return {**right, **left}


class Ask(TypedDict, total=False):
    """Ask a question; `options` are the knobs of `graph.options.Options` as JSON."""

    question: str
    options: dict[str, Any]


class Answer(TypedDict, total=False):
    """Return the report, as JSON of schema `attest.report/1`."""

    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchState(Frozen):
    """Carry the facts of a run. Evidence is held by reference: ids and offsets, never its text."""

    question: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    run: Run | None = None
    phase: Phase = Phase.INITIALIZING
    entered: Annotated[dict[str, float], enter] = field(default_factory=dict)
    recalled: tuple[Recollection, ...] = ()
    plan: Plan | None = None
    calls: Annotated[tuple[Call, ...], join_calls] = ()
    passages: Annotated[tuple[Passage, ...], join] = ()
    evidence: tuple[Passage, ...] = ()
    claims: Annotated[tuple[Claim, ...], join] = ()
    verdicts: Annotated[tuple[Verdict, ...], join] = ()
    draft: Draft | None = None
    unknowns: Annotated[tuple[Unknown, ...], join] = ()
    crossed: Annotated[tuple[Crossed, ...], join] = ()
    refusal: str = ""
    report: dict[str, Any] = field(default_factory=dict)


class Update(TypedDict, total=False):
    """Change part of the state; what a node leaves out stays."""

    question: str
    run: Run
    phase: Phase
    entered: dict[str, float]
    recalled: tuple[Recollection, ...]
    plan: Plan
    calls: tuple[Call, ...]
    passages: tuple[Passage, ...]
    evidence: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    draft: Draft
    unknowns: tuple[Unknown, ...]
    crossed: tuple[Crossed, ...]
    refusal: str
    report: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Investigation(Frozen):
    """Send one branch to be investigated."""

    run: Run
    branch: Branch


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
