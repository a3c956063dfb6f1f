"""Define the events of a run: small, ready for JSON, safe to show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.records import Outcome, Phase
from graph.untrusted import Untrusted


@dataclass(frozen=True, slots=True, kw_only=True)
class PhaseStarted:
    """Announce that the run entered a phase."""

    phase: Phase
    type: str = field(default="phase_started", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indexing:
    """Announce how many documents are indexed; `total` counts only those that changed.

    `part` names what is read of one just now, where that takes long, such as `page 3 of 9 of scan.pdf`.
    """

    done: int
    total: int
    part: str = ""
    type: str = field(default="indexing", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """Announce the lines of inquiry: their questions and the worst case in micro-dollars."""

    questions: tuple[str, ...]
    estimate: int
    type: str = field(default="planned", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallStarted:
    """Announce a call that is about to be made."""

    task: str
    tool: str
    purpose: str
    type: str = field(default="call_started", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallFinished:
    """Announce how a call ended, after how many seconds and for how many micro-dollars."""

    task: str
    tool: str
    outcome: Outcome
    seconds: float
    cost: int
    found: int
    detail: str
    replayed: bool
    cached: bool = False
    attempts: int = 0
    type: str = field(default="call_finished", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class CallRetried:
    """Announce that a call is made again after so many seconds, and why; `attempt` counts from 2."""

    task: str
    tool: str
    attempt: int
    seconds: float
    reason: str
    type: str = field(default="call_retried", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """Announce a piece of what a model writes as it arrives: untrusted, and not checked yet."""

    text: Untrusted
    type: str = field(default="written", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """Announce in one line something that a person should know at once."""

    text: str
    type: str = field(default="noted", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """Announce that a person must decide; `question` is the value of the interrupt.

    `more` is how many questions wait behind this one.
    """

    kind: str
    question: dict[str, object]
    more: int = 0
    type: str = field(default="waiting", init=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finished:
    """Announce the report, as JSON of schema `attest.report/2`."""

    report: dict[str, object]
    type: str = field(default="finished", init=False)


Event = (
    PhaseStarted
    | Indexing
    | Planned
    | CallStarted
    | CallFinished
    | CallRetried
    | Written
    | Noted
    | Waiting
    | Finished
)
Announce = Callable[[Event], None]
